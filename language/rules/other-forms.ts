/** What is meant where a value, or a key with its value, is written as other frameworks have it. */
import type { StructureProblem } from '../schema/check';
import { insertEntry, removeEntry } from '../syntax/edits';
import { asMap, asScalar, asText, at, entriesOf, entryAt, entryOf, keyOf, type Path } from '../syntax/path';
import type { Entry, MapNode, Range, TreeNode } from '../syntax/tree';
import { inFull, watched } from './measures';
import { otherBound, otherBounds } from './other-bounds';
import type { Analysis, FixProposal } from './rule';

/** Undefined where nothing better is known than another name for the key. */
export function otherForm(problem: StructureProblem, analysis: Analysis): FixProposal[] | undefined {
  const { path, kind } = problem;
  const [section, , key] = path;
  if (kind === 'unknown-key' && section === 'parts' && path.length === 3) return keyOfPart(path, analysis);
  if (kind === 'unknown-key' && section === 'train' && path.length === 2)
    return intoOptimizer(path, analysis);
  if (section === 'parts' && key === 'train' && path.length === 3)
    return put(analysis, at(analysis.source.tree, path), (node) => modeOf(node, analysis));
  if (section === 'parts' && key === 'train' && path.length === 4)
    return put(analysis, at(analysis.source.tree, path), phaseOf);
  if (section === 'train' && path[1] === 'optimizer') return optimizer(path, analysis);
  if (path.join('.') === 'train.stop.when')
    return put(analysis, at(analysis.source.tree, path), (node) => watchedIn(node, analysis));
  if (section === 'evaluate' && path[1] === 'require') return requirement(path, analysis);
  if (section === 'plug' && path.length === 2) return pointInFull(problem, analysis);
  if (section === 'splits' && path.length === 2) return shares(analysis);
  if (path.join('.') === 'evaluate.slices')
    return put(analysis, at(analysis.source.tree, path), (node) =>
      asText(node) === undefined ? undefined : `[${asText(node)}]`,
    );
  const form = forms[`${section} ${path.length} ${key ?? ''}`];
  if (form) return put(analysis, at(analysis.source.tree, path), (node) => form(node, analysis));
  return undefined;
}

/** Values that stand in a map or a list of their own, by the section, how deep they are, and their key. */
const forms: Readonly<Record<string, (node: TreeNode, analysis: Analysis) => string | undefined>> = {
  'columns 3 type': (node) => columnTypes[asText(node)?.toLowerCase() ?? ''],
  'params 3 type': (node) => paramTypes[asText(node)?.toLowerCase() ?? ''],
  'extension_points 2 ': (node) => (asText(node) === undefined ? undefined : `{ at: ${asText(node)} }`),
  'name 1 ': (node) => {
    const name = (asText(node) ?? '').replace(/([a-z\d])([A-Z])/g, '$1-$2').replace(/[_ .]+/g, '-');
    return name === '' ? undefined : name.toLowerCase();
  },
  'version 1 ': (node) => {
    const [, major, minor = '0', patch = '0'] =
      /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(asText(node) ?? '') ?? [];
    return major === undefined ? undefined : `${major}.${minor}.${patch}`;
  },
  'files 1 ': (node, analysis) => `{ all: ${textOf(analysis, node)} }`,
  'hooks 3 run': (node) => {
    const words = asText(node)?.trim() ?? '';
    // What only a shell understands is not guessed at.
    return /^[\w./:=@ -]+$/.test(words) ? `[${words.split(/ +/).join(', ')}]` : undefined;
  },
};

/** What a table's columns are called elsewhere. */
const columnTypes: Readonly<Record<string, string>> = {
  ...{ text: 'string', str: 'string', varchar: 'string', object: 'string' },
  ...{ integer: 'int', int32: 'int', int64: 'int', long: 'int' },
  ...{
    number: 'float',
    numeric: 'float',
    double: 'float',
    float32: 'float',
    float64: 'float',
    real: 'float',
  },
  ...{ boolean: 'bool', flag: 'bool', datetime: 'date', timestamp: 'date' },
  ...{ categorical: 'category', class: 'category', enum: 'category', label: 'category' },
  ...{ multilabel: 'labels', tags: 'labels', picture: 'image', photo: 'image', img: 'image' },
  ...{ array: 'tensor', vector: 'tensor', embedding: 'tensor' },
};

const paramTypes: Readonly<Record<string, string>> = {
  ...{ integer: 'int', int32: 'int', int64: 'int', boolean: 'bool', str: 'string', text: 'string' },
  ...{ number: 'float', double: 'float', float32: 'float', float64: 'float' },
};

/** `before_pool` is `encoder.before_pool` where one part alone has it. */
function pointInFull({ path, range }: StructureProblem, analysis: Analysis): FixProposal[] | undefined {
  const { inference } = analysis;
  const [, point] = path;
  if (inference?.kind !== 'model' || typeof point !== 'string' || point.includes('.')) return undefined;
  const owners = [...inference.graph.steps.values()].filter(
    ({ target }) => target.kind === 'module' && target.module.extensionPoints.has(point),
  );
  const name = owners.length === 1 ? `${owners[0]!.step.name}.${point}` : undefined;
  return name === undefined ? undefined : [change(analysis, [{ range, text: name }], name)];
}

/** Percentages as shares, all of them: they add up only together. */
function shares(analysis: Analysis): FixProposal[] | undefined {
  const splits = entriesOf(at(analysis.source.tree, ['splits'])).filter(({ key }) => key.value !== 'seed');
  const percent = splits.flatMap(({ value }) => (typeof asScalar(value)?.value === 'number' ? [value!] : []));
  const numbers = percent.map((node) => Number(asScalar(node)!.value));
  if (numbers.length === 0 || numbers.some((each) => each < 1 || each > 100)) return undefined;
  const edits = percent.map(({ range }, i) => ({ range, text: String(numbers[i]! / 100) }));
  return [{ ...change(analysis, edits, ''), title: 'Write percentages as shares' }];
}

/** Another text for a value. */
function put(
  analysis: Analysis,
  node: TreeNode | undefined,
  write: (node: TreeNode) => string | undefined,
): FixProposal[] {
  const text = node && write(node);
  return node && text !== undefined ? [change(analysis, [{ range: node.range, text }], text)] : [];
}

function change({ source }: Analysis, edits: { range: Range; text: string }[], shown: string): FixProposal {
  const title = `Change to \`${shown}\``;
  return { title, uncovers: true, edits: edits.map((each) => ({ file: source.file, ...each })) };
}

/** `freeze: true` is `train: frozen`. Nothing where the key stands there already. */
function keyOfPart(path: Path, analysis: Analysis): FixProposal[] | undefined {
  const { tree } = analysis.source;
  const entry = entryAt(tree, path);
  const [key, value] = (entry?.value && partKeys[keyOf(entry)]?.(entry.value, analysis)) ?? [];
  if (!entry || key === undefined) return undefined;
  if (entryOf(at(tree, path.slice(0, -1)), key)) return [];
  return value === undefined
    ? []
    : [change(analysis, [whole(entry, `${key}: ${value}`)], `${key}: ${value}`)];
}

type Rewritten = [key: string, value: string | undefined];

const frozen = (node: TreeNode): Rewritten => ['train', freezing(node)];
const learning = (node: TreeNode): Rewritten => ['train', chosen(node, 'full', 'frozen')];

const partKeys: Readonly<Record<string, (node: TreeNode, analysis: Analysis) => Rewritten>> = {
  freeze: frozen,
  frozen,
  trainable: learning,
  requires_grad: learning,
  lora: (node, analysis) => ['train', `{ lora: ${textOf(analysis, node)} }`],
  pretrained: (node) => ['weights', chosen(node, 'pretrained', 'fresh')],
};

/** What is said by yes or no, however it is written. */
function chosen(node: TreeNode, yes: string, no: string): string | undefined {
  const written = asScalar(node)?.raw.toLowerCase() ?? '';
  if (/^(true|yes|on)$/.test(written)) return yes;
  return /^(false|no|off)$/.test(written) ? no : undefined;
}

/** Frozen, not, or for so many epochs. */
function freezing(node: TreeNode): string | undefined {
  const epochs = asScalar(node)?.value;
  if (Number.isInteger(epochs) && Number(epochs) > 0) return `[{ frozen: ${epochs} }, full]`;
  return chosen(node, 'frozen', 'full');
}

const modes: Readonly<Record<string, string>> = {
  freeze: 'frozen',
  fixed: 'frozen',
  none: 'frozen',
  all: 'full',
  finetune: 'full',
  'fine-tune': 'full',
  lora: '{ lora: { rank: 8 } }',
};

/** The mode of a part that is written otherwise. */
function modeOf(node: TreeNode, analysis: Analysis): string | undefined {
  if (node.kind === 'scalar') return modes[node.raw.toLowerCase()] ?? chosen(node, 'full', 'frozen');
  const [entry, ...others] = entriesOf(node);
  if (!entry || others.length > 0) return undefined;
  const key = keyOf(entry);
  if (key === 'mode') return asText(entry.value);
  const [mode, value] = (entry.value && partKeys[key]?.(entry.value, analysis)) ?? [];
  return mode === 'train' && key !== 'lora' ? value : undefined;
}

/** `{ freeze: 2 }` is a phase of two epochs. */
function phaseOf(node: TreeNode): string | undefined {
  const [entry, ...others] = entriesOf(node);
  const mode = entry && modes[keyOf(entry).toLowerCase()];
  const epochs = asScalar(entry?.value)?.value;
  return mode && others.length === 0 && Number.isInteger(epochs) ? `{ ${mode}: ${epochs} }` : undefined;
}

/** The optimizer of those who name none. */
const USUAL = 'adam';

/** `lr` of `train` is one of the settings of its optimizer. */
function intoOptimizer(path: Path, analysis: Analysis): FixProposal[] | undefined {
  const { tree } = analysis.source;
  const train = asMap(at(tree, path.slice(0, -1)));
  const entry = entryAt(tree, path);
  const name = settings[String(path[1])];
  if (!train || !entry?.value || name === undefined) return undefined;
  const written = `${name}: ${textOf(analysis, entry.value)}`;
  const chosenOne = entryOf(train, 'optimizer');
  const named = asText(chosenOne?.value) ?? (chosenOne ? undefined : USUAL);
  if (named !== undefined) {
    const text = `optimizer: { ${named}: { ${written} } }`;
    const edits = chosenOne
      ? [removeEntry(tree, train, entry), whole(chosenOne, text)]
      : [whole(entry, text)];
    return [change(analysis, edits, text)];
  }
  const [inner, ...others] = entriesOf(chosenOne?.value);
  const map = asMap(inner?.value);
  if (!inner || !map || others.length > 0 || map.entries.length === 0) return undefined;
  if (map.entries.some((each) => (settings[keyOf(each)] ?? keyOf(each)) === name)) return undefined;
  const edits = [
    removeEntry(tree, train, entry),
    insertEntry(tree, map, name, textOf(analysis, entry.value)),
  ];
  const title = `Move to \`optimizer.${keyOf(inner)}\``;
  return [{ ...change(analysis, edits, ''), title }];
}

/** Settings of optimizers, by the names that they have elsewhere too. */
const settings: Readonly<Record<string, string>> = {
  lr: 'learning_rate',
  learning_rate: 'learning_rate',
  weight_decay: 'weight_decay',
  momentum: 'momentum',
};

/** The name of a setting of optimizers, here or elsewhere. */
export function optimizerSetting(name: string): string | undefined {
  return settings[name];
}

/** `{ name: adam, lr: 0.1 }` and `{ adam: 0.1 }` are `{ adam: { learning_rate: 0.1 } }`. */
function optimizer(path: Path, analysis: Analysis): FixProposal[] | undefined {
  const node = at(analysis.source.tree, path);
  if (path.length === 3 && typeof asScalar(node)?.value === 'number')
    return put(analysis, node, (rate) => `{ learning_rate: ${textOf(analysis, rate)} }`);
  const told = entriesOf(node).find((entry) => ['name', 'type', 'class'].includes(keyOf(entry)));
  const name = asText(told?.value)?.toLowerCase();
  if (path.length !== 2 || name === undefined) return undefined;
  const rest = entriesOf(node).filter((entry) => entry !== told && entry.value);
  const inner = rest.map(
    (entry) => `${settings[keyOf(entry)] ?? keyOf(entry)}: ${textOf(analysis, entry.value!)}`,
  );
  return put(analysis, node, () => (inner.length > 0 ? `{ ${name}: { ${inner.join(', ')} } }` : name));
}

/** `val_loss` is `validation.loss`. */
function watchedIn(node: TreeNode, { inference }: Analysis): string | undefined {
  const written = asText(node);
  return written && inference?.kind === 'model' ? inFull(written, watched(inference)) : undefined;
}

/** A bound without its comparison, or turned round, or a list of them. */
function requirement(path: Path, analysis: Analysis): FixProposal[] {
  const node = at(analysis.source.tree, path);
  if (path.length === 2) return put(analysis, node, (written) => otherBounds(written, analysis.inference));
  const own = put(analysis, node, (written) => otherBound(written, String(path.at(-1))));
  if (own.length > 0 || path.length < 4) return own;
  const around: MapNode | undefined = asMap(at(analysis.source.tree, path.slice(0, -1)));
  return put(analysis, around, (written) => otherBound(written, String(path[2])));
}

function whole({ range }: Entry, text: string): { range: Range; text: string } {
  return { range, text };
}

function textOf({ source }: Analysis, { range }: TreeNode): string {
  return source.text.slice(range.start, range.end);
}
