import {render} from 'preact'
import {App} from './app'
import '@fontsource-variable/inter/wght.css'
import 'uplot/dist/uPlot.min.css'
import './styles/all.css'

render(<App />, document.getElementById('app')!)
