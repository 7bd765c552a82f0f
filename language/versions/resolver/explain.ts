/** Says in words why there is no solution: who asks for what, and what follows from it. */
import semver from 'semver';
import type { Cause, Incompatibility } from './incompatibility';
import { shownSlot } from './universe';
import type { VersionTable } from './version-set';

export interface Explanation {
  /** A name that no source knows or a range without versions is not found; the rest is a conflict. */
  kind: 'unknown' | 'no-version' | 'conflict';
  /** What everything is about: the package that cannot be chosen. */
  about: string;
  /** At most four lines. */
  lines: string[];
  /** Every fact that the proof needs, one a line. */
  proof: string[];
  /** The composition's own requests that take part, in the order in which they were made. */
  requests: { name: string; range: string; asker: string }[];
}

type Fact = Exclude<Cause, { kind: 'derived' }>;
type Asked = Extract<Fact, { kind: 'request' }>;

export function explain(conflict: Incompatibility, table: VersionTable): Explanation {
  const facts = leaves(conflict);
  const requests = facts
    .flatMap(({ cause }) => (cause.kind === 'request' ? [cause] : []))
    .sort((a, b) => a.order - b.order);
  const others = facts.filter(({ cause }) => cause.kind !== 'request');
  const said = others.map((fact) => sentence(fact, requests, table));
  const asked = requests.map(({ name, range, asker }) => `${asker} asks for ${shownSlot(name)} ${range}`);
  const about = subject(facts, requests);
  return {
    kind: kindOf(facts, table),
    about,
    lines: summary(said, requests, table, about),
    proof: [...said, ...asked],
    requests: requests.map(({ name, range, asker }) => ({ name, range, asker })),
  };
}

interface Leaf {
  cause: Fact;
  terms: Incompatibility['terms'];
}

/** The facts at the ends of the proof, each once. */
function leaves(conflict: Incompatibility): Leaf[] {
  const found = new Map<Incompatibility, Leaf>();
  const seen = new Set<Incompatibility>();
  const stack = [conflict];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const { cause, terms } = next;
    if (cause.kind === 'derived') stack.push(cause.from[1], cause.from[0]);
    else found.set(next, { cause, terms });
  }
  return [...found.values()];
}

/** Not found, where nothing but what is not there stands in the way. */
function kindOf(facts: Leaf[], table: VersionTable): Explanation['kind'] {
  const others = facts.filter(({ cause }) => cause.kind !== 'request');
  const decisive = others.length > 0 ? others : facts;
  const missing = decisive.flatMap(({ cause }) =>
    (cause.kind === 'requirement' || cause.kind === 'request') &&
    table.of(cause.name).inRange(cause.range) === 0n
      ? [cause.name]
      : [],
  );
  if (missing.length < decisive.length) return 'conflict';
  return missing.some((name) => !table.of(name).known) ? 'unknown' : 'no-version';
}

/** The package on which the facts meet. */
function subject(facts: Leaf[], requests: Asked[]): string {
  const count = new Map<string, number>();
  for (const { cause } of facts)
    if ('range' in cause) count.set(cause.name, (count.get(cause.name) ?? 0) + 1);
  const [most] = [...count].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? requests[0]?.name ?? '';
}

function summary(said: string[], requests: Asked[], table: VersionTable, about: string): string[] {
  const asked = requests.map(({ name, range, asker }) => `${shownSlot(name)} ${range} (${asker})`);
  if (said.length === 0) {
    const [first, ...more] = requests;
    if (more.length === 0) return first ? [availability(first.name, first.range, table)] : [];
    return [`No version of ${shownSlot(about)} is in all of these ranges: ${asked.join(', ')}.`];
  }
  const shown = said.slice(0, said.length > 3 ? 2 : 3);
  const lines = shown.map((fact, index) => `${index === 0 ? 'Because' : 'and'} ${fact}`);
  if (said.length > shown.length)
    lines.push(`and ${said.length - shown.length} more facts follow from these`);
  const end = asked.length > 1 ? 'cannot all be had' : 'cannot be had';
  lines[lines.length - 1] += ',';
  lines.push(asked.length > 0 ? `${joined(asked)} ${end}.` : 'there is no solution.');
  return lines;
}

function sentence({ cause, terms }: Leaf, requests: Asked[], table: VersionTable): string {
  switch (cause.kind) {
    case 'requirement': {
      const who = subjects(cause.of, terms, requests, table);
      const needs = `${who} requires ${shownSlot(cause.name)} ${cause.range}`;
      const missing = table.of(cause.name).inRange(cause.range) === 0n;
      return missing ? `${needs}, and ${lower(availability(cause.name, cause.range, table))}` : needs;
    }
    case 'yanked':
      return `${subjects(cause.of, terms, requests, table)} was withdrawn`;
    case 'refuted':
      return cause.reason;
    case 'request':
      return `${cause.asker} asks for ${shownSlot(cause.name)} ${cause.range}`;
  }
}

function availability(slot: string, range: string, table: VersionTable): string {
  const [versions, name] = [table.of(slot), shownSlot(slot)];
  if (!versions.known) return `No source has ${name}`;
  if (versions.releases.length === 0) return `${name} has no versions`;
  if (versions.inRange(range) !== 0n) return `No version of ${name} in ${range} can be used`;
  const there = versions.releases.map(({ version }) => version);
  const some = there.length > 4 ? `${there.at(-1)} to ${there[0]}` : [...there].reverse().join(', ');
  return `No version of ${name} is in ${range}; there ${there.length > 1 ? 'are' : 'is'} ${some}`;
}

/** `encoder 1.2.0`, `every version of encoder in ^1`, `encoder 1.0.0 - 1.4.0`. */
function subjects(
  slot: string,
  terms: Incompatibility['terms'],
  requests: Asked[],
  table: VersionTable,
): string {
  const [versions, name] = [table.of(slot), shownSlot(slot)];
  const set = (terms.get(slot) ?? versions.all) & versions.not(versions.unselected);
  const request = requests.find((each) => each.name === slot);
  if (request) {
    const allowed = versions.inRange(request.range);
    if (allowed !== 0n && (allowed & ~set) === 0n && versions.size(allowed) > 1)
      return `every version of ${name} in ${request.range}`;
  }
  const members = [...versions.in(set)].map(({ version }) => version);
  if (members.length === 1) return `${name} ${members[0]}`;
  if (members.length === versions.releases.length) return `every version of ${name}`;
  const valid = versions.releases.map(({ version }) => version).filter((each) => semver.valid(each));
  const written = [...members].reverse().join(' || ');
  return `${name} ${semver.validRange(written) === null ? written : semver.simplifyRange(valid, written)}`;
}

function joined(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function lower(text: string): string {
  return text.startsWith('No ') ? `n${text.slice(1)}` : text;
}
