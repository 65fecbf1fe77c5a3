import {testSources} from '../sources/suite'

testSources(({isRealTime}) => isRealTime === true, [])
