import { type Lock, type LockEntry, sortedEntries } from './lock';

const HEAD = `# Which published versions this workspace uses. Made by \`brique lock\`; keep it under version control.
lock: 1
versions:
`;

/**
 * One block for each version, sorted, one thing a line: what two branches add in different places git merges by itself.
 */
export function lockText({ entries }: Lock): string {
  if (entries.length === 0) return `${HEAD.trimEnd()} {}\n`;
  return HEAD + sortedEntries(entries).map(block).join('');
}

function block(entry: LockEntry): string {
  const line = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`    ${name}: ${value}`];
  const map = (name: string, values: ReadonlyMap<string, string>, shown: (value: string) => string) =>
    values.size === 0
      ? []
      : [`    ${name}:`, ...[...values].sort(byKey).map(([key, value]) => `      ${key}: ${shown(value)}`)];
  const lines = [
    '',
    `  ${entry.name}@${entry.version}:`,
    ...line('from', entry.from && JSON.stringify(entry.from)),
    ...line('hash', entry.hash),
    ...line('interface', entry.interface),
    ...line('weights', entry.weights),
    ...map('asked', entry.asked, JSON.stringify),
    ...line('passed_over', entry.passedOver && JSON.stringify(entry.passedOver)),
    ...map('trained_against', entry.trainedAgainst, (hash) => hash),
  ];
  return `${lines.join('\n')}\n`;
}

function byKey([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}

/** Whether two locks pin the same: why something was passed over may be told otherwise. */
export function pinsTheSame(a: Lock, b: Lock): boolean {
  const pins = ({ entries }: Lock) =>
    lockText({ entries: entries.map(({ passedOver: _, ...entry }) => entry) });
  return pins(a) === pins(b);
}
