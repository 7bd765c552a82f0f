import { renamesOf } from '../../../names/renames';
import { get } from '../../../syntax/path';
import type { Candidate, ChangeRule, Subject } from '../change';
import { type Member, membersOf } from '../members';
import type { Pair, Side } from '../pair';
import { placeOf } from '../places';
import { refusedValue } from './param-domain-narrowed';

export const interfaceExtended: ChangeRule = {
  id: 'interface-extended',
  summary: 'The brick takes more, gives more, or promises more.',
  why: 'Nothing that was right becomes wrong, and users of what is new need this version.',
  find(pair) {
    return [...added(pair), ...loosened(pair)];
  },
};

function added(pair: Pair): Candidate[] {
  const { old, next } = pair;
  const found: Candidate[] = [];
  const add = (kind: Subject['kind'], name: string, section: string, what: string) =>
    found.push({
      subject: { kind, name },
      surface: kind === 'point' ? 'train' : 'call',
      bump: 'minor',
      message: `${what} \`${name}\` is new`,
      old: placeOf(old, [section]),
      next: placeOf(next, [section, name]),
    });
  for (const name of next.module.outputs.keys())
    if (!old.module.outputs.has(name)) add('output', name, 'outputs', 'The output');
  for (const { name, default: usual } of next.module.params.values())
    if (!old.module.params.has(name) && usual !== undefined) add('param', name, 'params', 'The param');
  for (const name of next.module.extensionPoints.keys())
    if (!old.module.extensionPoints.has(name)) add('point', name, 'extension_points', 'The extension point');
  if (!old.module.weights && next.module.weights) add('brick', 'weights', 'weights', 'That it ships');
  for (const [from, to] of pair.migrated?.names ?? [])
    found.push({
      subject: { kind: sectionOf(next, to).kind, name: to },
      surface: 'call',
      bump: 'minor',
      message: `\`${from}\` is called \`${to}\` now, and is still found by its old name`,
      old: placeOf(old, [sectionOf(next, to).section, to]),
      next: placeOf(next, ['renames', from]),
    });
  const known = new Set(renamesOf(old.module).map(({ from }) => from));
  for (const { from, to } of renamesOf(next.module)) {
    const isHeld = [...(old.state?.values() ?? [])].some(({ path }) => nodeOf(path) === from);
    if (known.has(from) || !isHeld || !next.module.graph.has(to)) continue;
    found.push({
      subject: { kind: 'node', name: to },
      surface: 'train',
      bump: 'minor',
      message: `\`${from}\` is called \`${to}\` now, and is found by either name`,
      old: placeOf(old, ['graph', from]),
      next: placeOf(next, ['renames', from]),
    });
  }
  for (const output of next.module.outputs.keys()) {
    for (const promise of ['space', 'labels']) {
      const said = ({ module }: Side) => get(get(get(module.root, 'outputs'), output), promise);
      if (!old.module.outputs.has(output) || said(old) || !said(next)) continue;
      found.push({
        subject: { kind: 'output', name: output },
        surface: promise === 'space' ? 'space' : 'call',
        bump: 'minor',
        message: `\`${output}\` now says its ${promise}`,
        old: placeOf(old, ['outputs', output]),
        next: placeOf(next, ['outputs', output, promise]),
      });
    }
  }
  return found;
}

function sectionOf(side: Side, name: string): Pick<Member, 'section' | 'kind'> {
  return membersOf(side).find((member) => member.name === name)!;
}

/** The brick's own node on the way to a weight. */
function nodeOf(path: string): string {
  return /^[^./]+/.exec(path)?.[0] ?? path;
}

/** What users of the new version could not do with the old one. */
function loosened({ old, next, signatures: { forth, back } }: Pair): Candidate[] {
  const found: Candidate[] = [];
  for (const [key, misfits] of back.misfits) {
    const { kind, name } = misfits[0]!;
    if (forth.misfits.has(key)) continue;
    const section = kind === 'input' ? 'inputs' : kind === 'output' ? 'outputs' : 'where';
    found.push({
      subject: { kind: kind === 'condition' ? 'size' : kind, name },
      surface: 'call',
      bump: 'minor',
      message:
        kind === 'input'
          ? `The input \`${name}\` takes more${how(old.module.inputs.get(name)?.text, next.module.inputs.get(name)?.text)}`
          : kind === 'output'
            ? `The output \`${name}\` promises more${how(old.module.outputs.get(name)?.text, next.module.outputs.get(name)?.text)}`
            : `It no longer needs \`${name}\``,
      old: placeOf(old, kind === 'condition' ? [section] : [section, name]),
      next: placeOf(next, kind === 'condition' ? [section] : [section, name]),
    });
  }
  for (const param of next.module.params.values()) {
    const before = old.module.params.get(param.name);
    if (!before) continue;
    const isWider =
      (before.min !== undefined && (param.min === undefined || param.min < before.min)) ||
      (before.max !== undefined && (param.max === undefined || param.max > before.max)) ||
      (before.values?.some((value) => !param.values?.includes(value)) === false &&
        (param.values?.length ?? Number.POSITIVE_INFINITY) > before.values.length) ||
      (before.values !== undefined && param.values === undefined) ||
      (before.default === undefined && param.default !== undefined) ||
      (before.type !== param.type && refusedValue(before, param, { old, next }) === undefined);
    if (!isWider || (before.type !== param.type && refusedValue(before, param, { old, next }) !== undefined))
      continue;
    found.push({
      subject: { kind: 'param', name: param.name },
      surface: 'call',
      bump: 'minor',
      message:
        before.default === undefined && param.default !== undefined
          ? `The param \`${param.name}\` has a default`
          : `The param \`${param.name}\` may be more than it could be`,
      old: placeOf(old, ['params', param.name]),
      next: placeOf(next, ['params', param.name]),
    });
  }
  return found;
}

/** Of a port whose own text is the same, another one is the reason. */
function how(before: string | undefined, after: string | undefined): string {
  return before === after ? ', beside the other ports as they are now' : `: it was ${before} and is ${after}`;
}
