/**
 * Ports that stand for several types are read as each of them in turn: `seq?` as an axis and as none, `1|seq` as seq
 * and as 1, `float` as each of its element types. A brick has to be right in every reading.
 */
import type { ModuleDeclaration, Port } from '../names/declarations';
import { Dim } from '../types/dim';
import type { DType } from '../types/dtype';
import { isOptional, optionalSymbol, type TensorType, withAxes } from '../types/type';

export interface Reading {
  /** How it differs from the first one: "without `seq`". Empty for the first. */
  text: string;
  without: ReadonlySet<string>;
  single: ReadonlySet<string>;
  elements: ReadonlyMap<string, DType>;
}

/** More readings than this say nothing new in practice. */
const mostReadings = 24;

export function readingsOf(module: ModuleDeclaration): Reading[] {
  let readings: Reading[] = [{ text: '', without: new Set(), single: new Set(), elements: new Map() }];
  const vary = (choices: ((reading: Reading) => Reading)[]) => {
    readings = choices.flatMap((choice) => readings.map(choice)).slice(0, mostReadings);
  };
  const say = ({ text }: Reading, more: string) => (text === '' ? more : `${text}, ${more}`);
  const seen = new Set<string>();
  const isNew = (what: string) => !seen.has(what) && seen.add(what);
  for (const { parsed } of module.inputs.values()) {
    const { type } = parsed;
    if (!type) continue;
    if (type.lead !== undefined && isOptional(type.lead) && isNew(type.lead)) {
      const name = optionalSymbol(type.lead);
      vary([
        (one) => one,
        (one) => ({
          ...one,
          text: say(one, `without \`${name}\``),
          without: new Set([...one.without, name]),
        }),
      ]);
    }
    for (const place of type.repeats ?? []) {
      const key = type.dims[place]!.key;
      if (isNew(`1|${key}`))
        vary([
          (one) => one,
          (one) => ({
            ...one,
            text: say(one, `where \`1|${type.dims[place]}\` is 1`),
            single: new Set([...one.single, key]),
          }),
        ]);
    }
    const { oneOf } = type;
    if (oneOf && isNew(oneOf.name))
      vary(
        oneOf.members.map((dtype, index) => (one) => ({
          ...one,
          text: index === 0 ? one.text : say(one, `where \`${oneOf.name}\` is ${dtype}`),
          elements: new Map([...one.elements, [oneOf.name, dtype]]),
        })),
      );
  }
  return readings;
}

/** The port's type in a reading, with the sizes that ports fix; undefined when it cannot be read. */
export function readPort(
  { parsed }: Port,
  reading: Reading,
  fixed: ReadonlyMap<string, Dim>,
): TensorType | undefined {
  const { type } = parsed;
  if (!type) return undefined;
  const { oneOf, ...plain } = type;
  const dims = type.dims.map((dim, place) =>
    type.repeats?.includes(place) && reading.single.has(dim.key) ? Dim.of(1) : dim.substitute(fixed),
  );
  const element = oneOf && reading.elements.get(oneOf.name);
  const read: TensorType = oneOf && element === undefined ? type : { ...plain, dtype: element ?? type.dtype };
  if (type.lead === undefined || !isOptional(type.lead))
    return withAxes(read, { ...type, dims, repeats: [] });
  const name = optionalSymbol(type.lead);
  const at = type.at ?? 0;
  const middle = reading.without.has(name) ? [] : [Dim.symbol(name).substitute(fixed)];
  return withAxes(read, { dims: [...dims.slice(0, at), ...middle, ...dims.slice(at)] });
}
