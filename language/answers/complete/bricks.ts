/** Bricks, datasets and compositions, with the versions there are of them. */
import semver from 'semver';
import type { InferredStep } from '../../inference/graph';
import { moduleSettings } from '../../inference/settings';
import type { Declaration, ModuleDeclaration } from '../../names/declarations';
import { parseBrickReference } from '../../names/reference';
import { get } from '../../syntax/path';
import type { Candidate } from '../answers';
import { moduleText } from '../texts';
import { type Context, placeholder } from './context';
import { fitting, intoStep } from './wires';

type Kind = Declaration['kind'];

export function bricks(context: Context, kind: Kind): Candidate[] {
  const { analysis, cursor, offset } = context;
  const { text } = analysis.source;
  const before = text.slice(cursor.replace.start, offset).replace(/^["']/, '');
  const { name, versionRange } = parseBrickReference(before, { start: 0, end: before.length });
  if (versionRange !== undefined) return versions(context, kind, name);
  const newest = new Map<string, Declaration>();
  const own = new Set<Declaration>();
  for (const { source, declaration } of analysis.catalogue.all(kind)) {
    const each = declaration.name?.value;
    if (each === undefined || source === analysis.source) continue;
    const known = newest.get(each);
    if (!known || isNewer(declaration, known)) newest.set(each, declaration);
    if (source.origin === 'workspace') own.add(declaration);
  }
  const ranked = [...newest].sort((a, b) => Number(own.has(b[1])) - Number(own.has(a[1])));
  let wired = 0;
  return ranked.map(([label, declaration]): Candidate => {
    const reference = `${label}${rangeOf(declaration)}`;
    const isWired = declaration.kind === 'module' && mayMean(before, label) && wired++ < mostWired;
    const rest = isWired ? wiring(context, declaration) : '';
    return {
      label,
      kind: kind === 'dataset' ? 'dataset' : 'module',
      // The summary is in the documentation: beside the name it would leave no room for the name.
      detail: declaration.version?.value,
      documentation: declaration.kind === 'module' ? moduleText(declaration) : declaration.summary,
      insert: reference + rest,
      plain: reference,
      replace: cursor.replace,
      rank: own.has(declaration) ? 0 : 1,
      deprecated: declaration.kind === 'module' && declaration.deprecated !== undefined,
    };
  });
}

/** Of more bricks only the name is offered; as a name is typed there are fewer. */
const mostWired = 40;

/** Whether the letters come in the name in this order, as editors filter. */
function mayMean(typed: string, name: string): boolean {
  let at = -1;
  return [...typed].every((letter) => {
    at = name.indexOf(letter, at + 1);
    return at >= 0;
  });
}

/** After `@`: what a range may be, the widest that promises compatibility first. */
function versions({ analysis, cursor }: Context, kind: Kind, name: string): Candidate[] {
  const known = analysis.catalogue
    .named(kind, name)
    .flatMap(({ declaration }) => semver.valid(declaration.version?.value ?? '') ?? []);
  const sorted = [...new Set(known)].sort(semver.rcompare);
  const ranges = sorted.flatMap((version): [string, string][] => {
    const { major, minor } = semver.parse(version)!;
    return major === 0
      ? [
          [`^${version}`, `${version} or a fix of it`],
          [version, 'exactly this version'],
        ]
      : [
          [`^${major}.${minor}`, `${version}, or newer before ${major + 1}.0.0`],
          [`^${major}`, `any ${major}.x`],
          [`~${major}.${minor}`, `${version} or a fix of it`],
          [version, 'exactly this version'],
        ];
  });
  return [...new Map(ranges)].map(([range, detail]) => ({
    label: `${name}@${range}`,
    kind: kind === 'dataset' ? 'dataset' : 'module',
    detail,
    insert: `${name}@${range}`,
    replace: cursor.replace,
    rank: 0,
  }));
}

function isNewer(a: Declaration, b: Declaration): boolean {
  const [one, other] = [a, b].map(({ version }) => semver.valid(version?.value ?? '') ?? '0.0.0');
  return semver.gt(one!, other!);
}

/** The range that keeps to what is there now. */
function rangeOf({ version }: Declaration): string {
  const parsed = semver.parse(version?.value ?? '');
  if (!parsed) return '';
  return parsed.major === 0 ? `@^${parsed.version}` : `@^${parsed.major}.${parsed.minor}`;
}

/** Inputs and required params of a brick that was just chosen, as places to fill; nothing once it is wired. */
function wiring(context: Context, module: ModuleDeclaration): string {
  const { cursor, step } = context;
  const map = cursor.parents.at(-1);
  const key = cursor.path.at(-1);
  if (key !== 'module' || !step || !map || get(map, 'in') || get(map, 'params')) return '';
  const chosen: InferredStep = {
    ...step,
    target: { kind: 'module', module, file: module.file },
    values: new Map([...moduleSettings(module)].map(([name, setting]) => [name, setting.default])),
  };
  let place = 0;
  const sourceOf = (input: string) =>
    placeholder(++place, fitting(context, intoStep(context.analysis, chosen, input)));
  const inputs = [...module.inputs.keys()];
  const required = [...moduleSettings(module).values()].filter((setting) => setting.required);
  const wired =
    inputs.length === 1
      ? sourceOf(inputs[0]!)
      : `{ ${inputs.map((input) => `${input}: ${sourceOf(input)}`).join(', ')} }`;
  const settings = required.map(({ name, values, min }) => {
    const offered = values?.map(String) ?? (min === undefined ? [] : [String(min)]);
    return `${name}: ${placeholder(++place, offered)}`;
  });
  const lines = [
    ...(inputs.length > 0 ? [`in: ${wired}`] : []),
    ...(settings.length > 0 ? [`params: { ${settings.join(', ')} }`] : []),
  ];
  return lines.map((line) => (cursor.flow ? `, ${line}` : `\n${line}`)).join('');
}
