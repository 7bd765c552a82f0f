export { type ParsedDim, parseDim } from './parse-dim';
export { Dim } from './polynomial';
export { showSymbol } from './print-dim';
