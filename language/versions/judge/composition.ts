/** Compositions that use a brick, with data of the old version's types. */

import { defaultOf } from '../../inference/values';
import type { ModuleDeclaration, Port } from '../../names/declarations';
import { Dim } from '../../types/dim';
import { printType } from '../../types/type';
import { type Consumer, sampleOf, type TextFile, WITNESS } from './consumer';
import type { Pair } from './pair';
import { generalTrials, sizedTrials, type Trial, typeIn } from './trial';

/** The part that is the brick. */
export const PART = 'brick';

export interface Composing {
  /** Keys of the part, such as `train: frozen`. */
  settings?: string[];
  /** What feeds inputs, where it is not a column of the same name: by input. */
  wires?: ReadonlyMap<string, string>;
  /** Other columns of the data, such as `truth: { type: float }`. */
  columns?: string[];
  /** Other parts, other sections of the composition. */
  parts?: string[];
  sections?: string[];
  files?: TextFile[];
  version?: Consumer['version'];
}

/** The sizes that a composition gives the brick: defaults where there are some. */
export function composedSizes({ old, next }: Pair): Trial | undefined {
  const wished = new Map(
    [...old.module.params.values()].flatMap((param): [string, number][] => {
      const value = defaultOf(param);
      return value instanceof Dim && value.constant !== undefined ? [[param.name, value.constant]] : [];
    }),
  );
  const trials = sizedTrials(old.module, next.module);
  const agrees = ({ sizes }: Trial) =>
    [...wished].filter(([name, value]) => sizes.get(name) === value).length;
  const best = Math.max(...trials.map(agrees));
  return trials.find((trial) => agrees(trial) === best);
}

/** Undefined where no data has the types of the brick's inputs. */
export function compositionUsing(pair: Pair, what: Composing): Consumer | undefined {
  const { module } = pair.old;
  const trial = composedSizes(pair);
  if (!trial) return undefined;
  const columns: string[] = [];
  for (const port of module.inputs.values()) {
    const column = columnFor(module, port, trial);
    if (column === undefined) return undefined;
    columns.push(`  ${port.name}: ${column}`);
  }
  const params = [...module.params.values()].flatMap((param) => {
    const size = trial.sizes.get(param.name);
    if (size !== undefined) return [`      ${param.name}: ${size}`];
    return param.default === undefined ? [`      ${param.name}: ${sampleOf(param)}`] : [];
  });
  const wires = [...module.inputs.keys()].map(
    (input) => `      ${input}: ${what.wires?.get(input) ?? `rows.${input}`}`,
  );
  const lines = [
    'kind: model',
    'name: witness-model',
    'version: 1.0.0',
    'data: { rows: witness-data@^1 }',
    'parts:',
    `  ${PART}:`,
    `    module: ${pair.name}`,
    ...(wires.length > 0 ? ['    in:', ...wires] : []),
    ...(params.length > 0 ? ['    params:', ...params] : []),
    ...(what.settings ?? []).map((line) => `    ${line}`),
    ...(what.parts ?? []),
    ...(what.sections ?? []),
  ];
  const data = [
    'kind: dataset',
    'name: witness-data',
    'version: 1.0.0',
    'files: { all: rows.jsonl }',
    'columns:',
    ...columns,
    ...(what.columns ?? []).map((line) => `  ${line}`),
    ...(columns.length + (what.columns?.length ?? 0) === 0 ? ['  row: { type: int }'] : []),
  ];
  const text = (all: string[]) => `${all.join('\n')}\n`;
  return {
    file: WITNESS,
    files: [
      { file: 'witness-data.brique.yaml', text: text(data) },
      { file: WITNESS, text: text(lines) },
      ...(what.files ?? []),
    ],
    ...(what.version ? { version: what.version } : {}),
  };
}

/** A column of that type: its first axis must be free to be the rows. */
function columnFor(module: ModuleDeclaration, port: Port, trial: Trial): string | undefined {
  const written = typeIn(module, port, generalTrials(module)[0]!);
  const type = typeIn(module, port, { ...trial, axes: 0 });
  if (!written || !type) return undefined;
  const isLed = written.lead !== undefined && (written.at ?? 0) === 0;
  if (!isLed && written.dims[0]?.name === undefined) return undefined;
  const dims = isLed ? type.dims : type.dims.slice(1);
  if (dims.some((dim) => dim.constant === undefined)) return undefined;
  if (type.dtype === 'string') return dims.length === 0 ? '{ type: string }' : undefined;
  const { lead: _, at: __, repeats: ___, oneOf: ____, ...plain } = type;
  return `{ type: tensor, of: "${printType({ ...plain, dims })}" }`;
}
