export { type ParsedDim, parseDim } from './parse-dim';
export { Dim, showSymbol } from './polynomial';
