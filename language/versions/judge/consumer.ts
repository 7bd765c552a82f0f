/** Users of a brick, written out as files. */
import type { Finding } from '../../answers/answers';
import { conditionsOn } from '../../inference/instance';
import type { ModuleDeclaration, Param } from '../../names/declarations';
import { toValue } from '../../syntax/path';
import { printType } from '../../types/type';
import type { Side } from './pair';
import { type Trial, typeIn } from './trial';

export interface TextFile {
  file: string;
  text: string;
}

export interface Consumer {
  files: TextFile[];
  /** The one that must show the mistake, and on which of its lines, counted from 0; anywhere without them. */
  file: string;
  lines?: [first: number, last: number];
  /** The versions themselves, where something that stands outside of their text has to be written into it. */
  version?(side: Side): string;
}

/** A user that has no error with the old version, and has these with the new one. */
export interface Witness extends Pick<Consumer, 'files' | 'file'> {
  /** What stands for the versions in it, where that is not their own text. */
  versions?: { old: string; next: string };
  findings: Finding[];
}

export const WITNESS = 'witness.brique.yaml';

/** What a brick that uses another one does with it. */
export interface Use {
  trial: Trial;
  /** The outputs that it goes on with, each as the old version gives it. */
  outputs?: readonly string[];
  /** Adds to each a value of the old type, which must then be of the same element type. */
  added?: boolean;
  /** Values for params, as YAML; others are given as the trial says. */
  params?: ReadonlyMap<string, string>;
  /** What the mistake is about; it must stand on that line. */
  about: { input: string } | { output: string } | { param: string } | 'use';
}

/** A brick with the old version's types at its borders, around one use of the other. */
export function brickUsing(name: string, old: ModuleDeclaration, use: Use): Consumer {
  const { trial, outputs = [], about } = use;
  const isGeneral = trial.sizes.size === 0;
  const lines: string[] = ['kind: module', 'name: witness/consumer', 'version: 1.0.0'];
  const places = new Map<string, number>();
  const put = (line: string, key?: string) => {
    if (key !== undefined) places.set(key, lines.length);
    lines.push(line);
  };
  const given = paramsIn(old, use);
  const symbolic = isGeneral ? [...given].filter(([param, value]) => value === `$${param}`) : [];
  if (symbolic.length > 0) {
    put('params:');
    for (const [param] of symbolic) put(`  ${param}: ${declaredAs(old.params.get(param)!)}`);
  }
  if (old.inputs.size > 0) {
    put('inputs:');
    for (const port of old.inputs.values()) {
      const type = typeIn(old, port, trial);
      put(`  given_${port.name}: ${type ? printType(type) : port.text}`);
    }
    if (use.added) for (const output of outputs) put(`  more_${output}: ${shownOutput(old, output, trial)}`);
  }
  put('outputs:');
  for (const output of outputs) put(`  ${output}: ${shownOutput(old, output, trial)}`, `output ${output}`);
  if (outputs.length === 0) put('  done: float32[1]');
  const conditions = isGeneral ? conditionsOn(old).map(({ written }) => written.text) : [];
  if (conditions.length > 0) {
    put('where:');
    for (const text of conditions) put(`  - ${text}`);
  }
  put('graph:');
  const node = old.outputs.has('used') ? 'used_brick' : 'used';
  const start = lines.length;
  put(`  ${node}:`);
  put(`    module: ${name}`);
  if (old.inputs.size > 0) put('    in:');
  for (const input of old.inputs.keys()) put(`      ${input}: given_${input}`, `input ${input}`);
  if (given.size > 0) put('    params:');
  for (const [param, value] of given) put(`      ${param}: ${value}`, `param ${param}`);
  const end = lines.length - 1;
  for (const output of outputs) {
    const source = `${node}.${output}`;
    const made = use.added
      ? `{ op: add, in: [${source}, more_${output}] }`
      : `{ op: identity, in: ${source} }`;
    places.set(`made ${output}`, lines.length);
    put(`  ${output}: ${made}`);
  }
  if (outputs.length === 0) put('  done: { op: parameter, shape: [1] }');
  return { files: [{ file: WITNESS, text: `${lines.join('\n')}\n` }], file: WITNESS, lines: placeOf(about) };

  function placeOf(what: Use['about']): [number, number] {
    if (what === 'use') return [start, end];
    if ('output' in what) return [places.get(`output ${what.output}`)!, places.get(`made ${what.output}`)!];
    const line = places.get('input' in what ? `input ${what.input}` : `param ${what.param}`);
    return line === undefined ? [start, end] : [line, line];
  }
}

function shownOutput(old: ModuleDeclaration, output: string, trial: Trial): string {
  const port = old.outputs.get(output)!;
  const type = typeIn(old, port, trial);
  return type ? printType(type) : port.text;
}

function paramsIn(old: ModuleDeclaration, { trial, params }: Use): Map<string, string> {
  const given = new Map<string, string>();
  for (const param of old.params.values()) {
    const own = params?.get(param.name);
    if (own !== undefined) given.set(param.name, own);
    else if (trial.omitted.has(param.name)) continue;
    else if (param.type === 'int') {
      const size = trial.sizes.get(param.name);
      given.set(param.name, size === undefined ? `$${param.name}` : String(size));
    } else if (param.default === undefined) given.set(param.name, sampleOf(param));
  }
  return given;
}

/** As `{ type: int, min: 2 }`: what the old version allows, without a default. */
function declaredAs({ type, min, max, values }: Param): string {
  const said = [
    `type: ${type}`,
    ...(min === undefined ? [] : [`min: ${min}`]),
    ...(max === undefined ? [] : [`max: ${max}`]),
    ...(values ? [`values: ${JSON.stringify(values)}`] : []),
  ];
  return `{ ${said.join(', ')} }`;
}

/** A value that a param allows, as YAML. */
export function sampleOf({ type, default: usual, min, max, values }: Param): string {
  if (usual !== undefined) return JSON.stringify(toValue(usual));
  const one =
    values?.[0] ?? { int: min ?? max ?? 2, float: min ?? max ?? 0.5, bool: true, string: 'text' }[type];
  if (one !== undefined) return JSON.stringify(one);
  return type === 'strings' ? '["text"]' : JSON.stringify([min ?? max ?? 1]);
}
