import {testSources} from '../sources/suite'

testSources(({isRealTime}) => isRealTime !== true, ['--virtual-clock'])
