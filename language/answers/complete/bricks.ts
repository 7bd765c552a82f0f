/** Bricks, datasets and compositions, with the versions there are of them. */
import semver from 'semver';
import type { InferredStep } from '../../inference/graph';
import { moduleSettings } from '../../inference/settings';
import type { Headed } from '../../names/catalogue';
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
  const offered = analysis.catalogue.allNames(kind).flatMap((each) => offer(context, kind, each) ?? []);
  // In the order of the alphabet, and those of the workspace before the others.
  const ranked = [...offered.filter(({ isOwn }) => isOwn), ...offered.filter(({ isOwn }) => !isOwn)];
  let read = 0;
  return ranked.map((each): Candidate => {
    const { label, version, isOwn } = each;
    const reference = `${label}${rangeOf(version)}`;
    const isMeant = mayMean(before, label);
    const declaration = isMeant && read++ < mostRead ? readOffer(context, kind, each) : undefined;
    const rest = declaration?.kind === 'module' ? wiring(context, declaration) : '';
    return {
      label,
      kind: kind === 'dataset' ? 'dataset' : 'module',
      // The summary is in the documentation: beside the name it would leave no room for the name.
      detail: version,
      documentation: declaration?.kind === 'module' ? moduleText(declaration) : declaration?.summary,
      insert: reference + rest,
      plain: reference,
      replace: cursor.replace,
      rank: isOwn ? 0 : 1,
      deprecated: declaration?.kind === 'module' && declaration.deprecated !== undefined,
      ...(isMeant && !declaration ? { partial: true } : {}),
    };
  });
}

/** Of more bricks only name and version are offered, and their files are not read; as a name is typed there are fewer. */
const mostRead = 32;

interface Offer {
  label: string;
  version: string | undefined;
  isOwn: boolean;
  /** Undefined for a published one. */
  file: string | undefined;
}

/** The newest version of a name that others than this file have. */
function offer({ analysis: { catalogue, source } }: Context, kind: Kind, label: string): Offer | undefined {
  let newest: Headed | undefined;
  for (const each of catalogue.headed(kind, label))
    if (each.file !== source.file && (!newest || isNewer(each.version, newest.version))) newest = each;
  if (newest) {
    const { version, origin, file } = newest;
    return { label, version, isOwn: origin === 'workspace', file };
  }
  const published = catalogue.published(label).versions.find((each) => each.kind === kind && !each.yanked);
  return published && { label, version: published.version, isOwn: false, file: undefined };
}

function readOffer(
  { analysis }: Context,
  kind: Kind,
  { label, version, file }: Offer,
): Declaration | undefined {
  const { catalogue } = analysis;
  if (file === undefined) return catalogue.release(kind, label, version!)?.declaration;
  return catalogue.named(kind, label).find(({ source }) => source.file === file)?.declaration;
}

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
  const written = [
    ...analysis.catalogue.headed(kind, name),
    ...analysis.catalogue.published(name).versions.filter((each) => each.kind === kind && !each.yanked),
  ];
  const known = written.flatMap(({ version }) => semver.valid(version ?? '') ?? []);
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

function isNewer(a: string | undefined, b: string | undefined): boolean {
  const [one, other] = [a, b].map((version) => semver.valid(version ?? '') ?? '0.0.0');
  return semver.gt(one!, other!);
}

/** The range that keeps to what is there now. */
function rangeOf(version: string | undefined): string {
  const parsed = semver.parse(version ?? '');
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
