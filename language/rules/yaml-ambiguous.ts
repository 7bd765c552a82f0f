import { remember } from '../remember';
import { kindOf, schemaAt } from '../schema/at';
import { ambiguity } from '../syntax/ambiguous';
import type { Path } from '../syntax/path';
import type { Entry, MapNode, ScalarNode, TreeNode } from '../syntax/tree';
import { type Analysis, type FixProposal, type Report, type Rule, replace, respell } from './rule';

/** Whatever YAML 1.2 makes of it, a reader of YAML 1.1 makes something else of it. */
export const yamlAmbiguous: Rule = {
  id: 'yaml-ambiguous',
  group: 'syntax',
  severity: 'warning',
  structural: true,
  summary: 'A value without quotes that YAML 1.1 and YAML 1.2 read differently.',
  why: '`yes` is text here and `true` for other programs that read the file; `010` is ten here and eight there. Quotes, or the value that is meant, say the same to all.',
  check(analysis, report) {
    for (const { scalar, path, other } of suspectsIn(analysis.source.tree.root)) {
      const found = judged(analysis, scalar, path, other);
      if (found) report(found);
    }
  },
};

interface Suspect {
  scalar: ScalarNode;
  path: Path;
  /** What others read. */
  other: string;
}

const NONE: readonly Suspect[] = [];

/** Of each entry of the file, and of its sections: an edit leaves most of them as they are. */
const known = new WeakMap<Entry, readonly Suspect[]>();

function suspectsIn(root: TreeNode | undefined): readonly Suspect[] {
  const inEntry = (entry: Entry, path: Path, sections: number): readonly Suspect[] =>
    remember(known, entry, () => {
      if (sections > 0 && isSection(entry) && !isAmbiguous(entry.key))
        return inEntries(entry.value, [...path, String(entry.key.value)], sections - 1);
      return gathered((see) => visitEntry(entry, [...path], see));
    });
  const inEntries = ({ entries }: MapNode, path: Path, sections: number) =>
    entries.flatMap((entry) => inEntry(entry, path, sections));
  return root?.kind === 'map' ? inEntries(root, [], 1) : gathered((see) => visit(root, [], see));
}

function isSection(entry: Entry): entry is Entry & { value: MapNode } {
  return entry.value?.kind === 'map';
}

function isAmbiguous({ style, raw }: ScalarNode): boolean {
  return style === 'plain' && ambiguity(raw) !== undefined;
}

function gathered(look: (see: See) => void): readonly Suspect[] {
  const found: Suspect[] = [];
  look((scalar, path) => {
    const other = ambiguity(scalar.raw);
    if (other !== undefined) found.push({ scalar, path: [...path], other });
  });
  return found.length > 0 ? found : NONE;
}

type See = (scalar: ScalarNode, path: Path) => void;

/** `path` is the same array all the way, longer and shorter in turn; whoever keeps it copies it. */
function visit(node: TreeNode | undefined, path: (string | number)[], see: See): void {
  if (node?.kind === 'scalar' && node.style === 'plain') see(node, path);
  if (node?.kind === 'sequence')
    for (const [index, item] of node.items.entries()) {
      path.push(index);
      visit(item, path, see);
      path.pop();
    }
  if (node?.kind === 'map') for (const entry of node.entries) visitEntry(entry, path, see);
}

function visitEntry({ key, value }: Entry, path: (string | number)[], see: See): void {
  path.push(String(key.value));
  if (isAmbiguous(key)) see(key, path);
  visit(value, path, see);
  path.pop();
}

function judged(analysis: Analysis, scalar: ScalarNode, path: Path, other: string): Report | undefined {
  const { tree } = analysis.source;
  const kind = kindOf(tree);
  const { raw, range, value } = scalar;
  const isKey = String(path.at(-1)) === raw && isKeyAt(analysis, range.end);
  const place = kind && schemaAt(kind, isKey ? path.slice(0, -1) : path, tree);
  // What a key means that nobody knows is said there; what is under it, when that is mended.
  if (!place && !path.some((part) => String(part).startsWith('x-'))) return undefined;
  // A word of the format itself, such as the event of a hook, means one thing only.
  if (isKey ? place?.keys.some(({ name }) => name === raw) : place?.values.includes(raw)) return undefined;
  const types = isKey ? [] : (place?.types ?? []);
  // Where only some words can stand, that this is none of them is said of it.
  if (!isKey && place && place.values.length > 0 && !types.includes('boolean')) return undefined;
  // What cannot stand there at all is told so.
  if (!isKey && isWrongSetting(analysis, range)) return undefined;
  if (analysis.source.structure.some((problem) => problem.range.start === range.start && isKey))
    return undefined;
  const takes = (type: 'string' | 'boolean' | 'integer' | 'number') => types.includes(type);
  if (takes('boolean') && !takes('string') && (other === '`true`' || other === '`false`')) {
    const meant = other.slice(1, -1);
    return {
      range,
      severity: 'error',
      message: `\`${raw}\` is text here, and ${other} in other readers of YAML; write ${other}`,
      propose: () => [replace(analysis, range, meant, `Change to ${other}`, true)],
    };
  }
  const digits = /^[-+]?\d[\d_]*$/.test(raw) && !isKey ? raw.replaceAll('_', '') : raw;
  // Where a name or a text can stand, who knows what is meant.
  if (digits !== raw && (!takes('string') || takes('number')))
    return {
      range,
      message: `\`${raw}\` is text here, and ${other} in other readers of YAML; write \`${digits}\``,
      propose: () => [respell(analysis, range, digits)],
    };
  const here = typeof value === 'number' ? `the number ${value}` : 'text';
  return {
    range,
    message: `\`${raw}\` is ${here} here, and ${other} in other readers of YAML; put it in quotes${typeof value === 'number' ? `, or write ${value}` : ''}`,
    propose: () => proposals(analysis, scalar, types.length === 0 || takes('string')),
  };
}

function isWrongSetting({ inference }: Analysis, { start }: ScalarNode['range']): boolean {
  const steps = [...(inference?.graph.steps.values() ?? [])];
  return steps.some(({ valueProblems }) => valueProblems.some(({ range }) => range.start === start));
}

function proposals(analysis: Analysis, { raw, range, value }: ScalarNode, isText: boolean): FixProposal[] {
  const quoted = replace(analysis, range, `"${raw}"`, 'Put it in quotes', typeof value === 'string');
  const plain =
    typeof value === 'number' ? [replace(analysis, range, String(value), `Change to ${value}`, true)] : [];
  return [...plain, ...(isText ? [quoted] : [])];
}

function isKeyAt({ source }: Analysis, end: number): boolean {
  return /^\s*:(\s|$)/.test(source.text.slice(end, end + 20));
}
