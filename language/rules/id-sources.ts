/** Where the ids come from that a step looks up. */
import type { FlatModel, FlatNode, FlatValue } from '../inference/flatten';
import type { ModelInference } from '../inference/model';
import { Dim } from '../types/dim';
import type { Host } from './rule';

export interface IdSource {
  /** For messages: a part, or a column. */
  name: string;
  /** One more than the greatest id that can occur. */
  count: number;
  node: FlatNode | undefined;
  /** What tells its ids from those of others; undefined where that is not known. */
  vocabulary: string | undefined;
}

/** Ops that move ids about and leave them as they are. */
const moving = new Set([
  'reshape',
  'flatten',
  'transpose',
  'squeeze',
  'expand_dims',
  'concat',
  'stack',
  'slice',
  'split',
  'select',
  'flip',
  'repeat',
  'identity',
  'mask_tokens',
]);

/** Everything that the value's ids come straight from, as far as it is known. */
export function idSources(
  value: FlatValue | FlatValue[] | undefined,
  flat: FlatModel,
  inference: ModelInference,
  host: Host,
): IdSource[] {
  const values = Array.isArray(value) ? value : value ? [value] : [];
  return values.flatMap((each) => {
    const node = flat.maker(each);
    if (!node) return columnSource(each.id, inference);
    if (moving.has(node.op.name))
      return Object.values(node.inputs).flatMap((input) => idSources(input, flat, inference, host));
    return each.id === `${node.id}.ids` || !node.outputs.has('ids') ? nodeSource(node, host) : [];
  });
}

function nodeSource(node: FlatNode, host: Host): IdSource[] {
  const name = node.part;
  if (node.op.name === 'tokenizer') {
    const facts = tokenizerOf(node, host);
    return facts ? [{ name, node, count: facts.ids, vocabulary: `tokenizer ${facts.hash}` }] : [];
  }
  const count = ['vocab', 'buckets'].map((key) => node.values.get(key)).find((each) => each instanceof Dim);
  const edges = node.values.get('edges');
  const known = count instanceof Dim ? count.constant : Array.isArray(edges) ? edges.length + 1 : undefined;
  if (node.op.stage !== 'prepare' || known === undefined) return [];
  return [{ name, node, count: known, vocabulary: undefined }];
}

export function tokenizerOf(node: FlatNode, host: Host) {
  const file = node.values.get('file');
  const facts = typeof file === 'string' ? host.tokenizer?.(node.file, file) : undefined;
  return typeof facts === 'object' ? facts : undefined;
}

/** A column says how many ids there are: by its labels. */
function columnSource(id: string, { data }: ModelInference): IdSource[] {
  const [alias = '', name = ''] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)];
  const lookup = data.get(alias)?.lookup;
  const column = lookup?.status === 'found' ? lookup.declaration.columns.get(name) : undefined;
  if (column?.type !== 'category' || !column.labels) return [];
  return [{ name: id, node: undefined, count: column.labels.length, vocabulary: undefined }];
}
