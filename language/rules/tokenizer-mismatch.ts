import type { FlatNode } from '../inference/flatten';
import type { OpTest } from '../inference/ops-in';
import { idSources, tokenizerOf } from './id-sources';
import type { Analysis, Report, Rule } from './rule';

/** The name under which tokenizers lie beside bricks. */
const STANDARD = 'tokenizer.json';

const isEmbedding: OpTest = ({ op }) => op.name === 'embedding';

export const tokenizerMismatch: Rule = {
  id: 'tokenizer-mismatch',
  group: 'transfer',
  severity: 'error',
  summary: 'Ids of one tokenizer where those of another are meant.',
  why: 'The same id stands for other words in each, so a table that learnt the words of one misreads the other.',
  check: checkTokenizers,
};

/** Everything that it looks at. */
export function checkTokenizers(
  analysis: Pick<Analysis, 'inference' | 'host' | 'flat'>,
  report: (found: Report) => void,
): void {
  const { inference, host } = analysis;
  const flat = analysis.flat();
  if (inference?.kind !== 'model' || !flat) return;
  const place = (node: FlatNode) => inference.model.parts.get(node.part);
  for (const node of flat.where(isEmbedding)) {
    const sources = idSources(node.inputs.in, flat, inference, host);
    const [first, ...others] = sources.filter(({ vocabulary }) => vocabulary !== undefined);
    if (!first?.node) continue;
    const other = others.find(({ vocabulary }) => vocabulary !== first.vocabulary);
    const own = host.tokenizer?.(node.file, STANDARD);
    const range = place(node)?.key ?? inference.model.root.range;
    const related = [
      { file: first.node.file, range: first.node.range, message: `the tokenizer of \`${first.name}\`` },
    ];
    if (other) {
      const message = `\`${node.part}\` looks up ids of \`${first.name}\` and of \`${other.name}\`, which have different tokenizers`;
      report({ range, message, related });
    } else if (typeof own === 'object' && tokenizerOf(first.node, host)?.hash !== own.hash) {
      const message = `\`${node.part}\` ships a tokenizer of its own, but its ids come from another one, that of \`${first.name}\``;
      report({ range, message, related });
    }
  }
}
