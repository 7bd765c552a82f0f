/** The type of a port: an element type and a size for each axis, such as `float32[...lead, seq, heads*64]`. */
import type { DType, DTypeClass } from './dtype';
import { Dim } from './polynomial';
import { showSymbol } from './print-dim';

export { type DType, dtypes, isDtype } from './dtype';
export { type NameUse, type ParsedType, parseType, type TypeProblem } from './parse-type';

export interface TensorType {
  dtype: DType;
  /** The element types that `dtype` is one of, while it is not known which. */
  oneOf?: DTypeClass;
  /** The name of any number of axes, or of one or none if it ends with `?`; absent when `dims` are all. */
  lead?: string;
  /** How many of `dims` come before those axes; none when absent. */
  at?: number;
  dims: readonly Dim[];
  /** Places in `dims` whose size may also be 1, to be repeated: `1|seq`. */
  repeats?: readonly number[];
}

/** As people write it; `show` says how a symbol is written. */
export function printType(type: TensorType, show: (symbol: string) => string = showSymbol): string {
  return `${printDtype(type, show)}[${printAxes(type, show).join(', ')}]`;
}

export function printDtype(
  { dtype, oneOf }: TensorType,
  show: (symbol: string) => string = showSymbol,
): string {
  return oneOf ? show(oneOf.name) : dtype;
}

/** Each axis as people write it, the named ones in their place. */
export function printAxes(type: TensorType, show: (symbol: string) => string = showSymbol): string[] {
  const axes = type.dims.map((dim, place) =>
    type.repeats?.includes(place) ? `1|${dim.toString(show)}` : dim.toString(show),
  );
  if (type.lead !== undefined) axes.splice(type.at ?? 0, 0, showLead(type.lead, show));
  return axes;
}

/** `...lead`, `...` or `seq?`. */
export function showLead(lead: string, show: (symbol: string) => string = showSymbol): string {
  const name = show(lead);
  if (isOptional(lead)) return name;
  return name === '_' ? '...' : `...${name}`;
}

/** Whether the name stands for one axis or none. */
export function isOptional(lead: string): boolean {
  return lead.endsWith('?');
}

/** The size of the axis that `seq?` stands for when it is there. */
export function optionalSymbol(lead: string): string {
  return lead.slice(0, -1);
}

/** Puts a size in place of each symbol, and another name in place of the leading axes. */
export function substituteType(
  type: TensorType,
  value: (symbol: string) => Dim,
  rename: (lead: string) => string = (lead) => lead,
): TensorType {
  const symbols = new Set(type.dims.flatMap((dim) => [...dim.symbols()]));
  const values = new Map([...symbols].map((symbol) => [symbol, value(symbol)]));
  return {
    ...type,
    ...(type.lead === undefined ? {} : { lead: rename(type.lead) }),
    dims: type.dims.map((dim) => dim.substitute(values)),
  };
}

export function renameSymbols(type: TensorType, rename: (symbol: string) => string): TensorType {
  return substituteType(type, (symbol) => Dim.symbol(rename(symbol)), rename);
}

export function equalTypes(a: TensorType, b: TensorType): boolean {
  if (a === b) return true;
  return (
    a.dtype === b.dtype &&
    a.lead === b.lead &&
    (a.at ?? 0) === (b.at ?? 0) &&
    a.oneOf?.name === b.oneOf?.name &&
    isSameList(a.oneOf?.members ?? [], b.oneOf?.members ?? []) &&
    isSameList(a.repeats ?? [], b.repeats ?? []) &&
    a.dims.length === b.dims.length &&
    a.dims.every((dim, place) => dim.equals(b.dims[place]!))
  );
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, place) => item === b[place]);
}

/** The number of axes, when it is known. */
export function rankOf(type: TensorType): number | undefined {
  return type.lead === undefined ? type.dims.length : undefined;
}

/** The same type with other axes. */
export function withAxes(
  type: TensorType,
  { dims, lead, at, repeats }: Pick<TensorType, 'dims' | 'lead' | 'at' | 'repeats'>,
): TensorType {
  return {
    dtype: type.dtype,
    ...(type.oneOf ? { oneOf: type.oneOf } : {}),
    ...(lead === undefined ? {} : { lead }),
    ...(lead !== undefined && at ? { at } : {}),
    ...(repeats?.length ? { repeats } : {}),
    dims,
  };
}
