/** What is wrong with the values that a brick's test gives, each by itself. */
import { claimOf, moduleSettings, valueProblem } from '../inference/settings';
import type { ModuleDeclaration } from '../names/declarations';
import { locatedText } from '../names/located';
import { nearest } from '../names/nearest';
import { entriesOf, get, keyOf } from '../syntax/path';
import type { TreeNode } from '../syntax/tree';
import { parseType, type TensorType } from '../types/type';
import { listed, type Report } from './rule';

/** Of params that there are not, or that cannot have these values, or that have none. */
export function paramProblems(test: TreeNode, module: ModuleDeclaration): Report[] {
  const settings = moduleSettings(module);
  const params = get(test, 'params');
  const given = entriesOf(params).filter((entry) => !keyOf(entry).startsWith('x-'));
  const wrong = given.flatMap((entry): Report[] => {
    const name = keyOf(entry);
    const setting = settings.get(name);
    if (!setting) return [unknownParam(name, entry.key.range, [...settings.keys()])];
    const message = valueProblem(entry.value, setting);
    return message === undefined
      ? []
      : [{ range: (entry.value ?? entry.key).range, names: [name], message: claimOf(name, message) }];
  });
  const known = new Set(given.map(keyOf));
  const missing = [...settings.values()].filter(({ name, required }) => required && !known.has(name));
  if (wrong.length > 0 || missing.length === 0) return wrong;
  const range = (locatedText(get(test, 'name')) ?? params ?? test).range;
  const names = missing.map(({ name }) => name);
  return [{ range, names, message: `The test needs ${listed(names)} under \`params\`` }];
}

function unknownParam(name: string, range: Report['range'], all: string[]): Report {
  const near = nearest(name, all);
  const others = `; there ${all.length === 1 ? 'is' : 'are'} ${listed(all) || 'none'}`;
  return {
    range,
    names: [name],
    message: `There is no param \`${name}\`${near ? `; did you mean \`${near}\`?` : others}`,
  };
}

/** Of a list that has something in it which the input does not take. */
export function listProblem(node: TreeNode | undefined, { dtype, oneOf }: TensorType): Report | undefined {
  if (node?.kind !== 'sequence' || oneOf) return undefined;
  const odd = leavesOf(node).find((leaf) => leaf.kind === 'scalar' && !isOf(dtype, leaf.value));
  if (odd?.kind !== 'scalar') return undefined;
  return { range: odd.range, message: `\`${odd.raw}\` is no ${dtype}` };
}

function isOf(dtype: TensorType['dtype'], value: unknown): boolean {
  if (dtype === 'string') return value !== null;
  if (dtype === 'bool') return typeof value === 'boolean';
  return dtype.includes('float') ? typeof value === 'number' : Number.isInteger(value);
}

function leavesOf(node: TreeNode): TreeNode[] {
  return node.kind === 'sequence' ? node.items.flatMap(leavesOf) : [node];
}

/** Of what an output must be, where that is no type, or no number to be close to. */
export function expectedProblem(node: TreeNode | undefined): Report | undefined {
  const text = locatedText(node) ?? locatedText(get(node, 'type'));
  const [problem] = text ? parseType(text.value).problems : [];
  if (text && problem)
    return { range: text.range, message: `\`${text.value}\` is no type: ${problem.message}` };
  const close = get(node, 'close_to');
  const odd =
    close && leavesOf(close).find((leaf) => leaf.kind === 'scalar' && typeof leaf.value !== 'number');
  return odd?.kind === 'scalar' ? { range: odd.range, message: `\`${odd.raw}\` is no number` } : undefined;
}
