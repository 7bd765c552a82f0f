import type { Gradual } from '../gradual';
import type { Analysis } from '../rules/rule';
import type { Range } from '../syntax/tree';
import type { Token, TokenKind } from './answers';
import { collectingOccurrences, type Meaning } from './occurrences';

const kinds: Record<Meaning['kind'], TokenKind> = {
  module: 'class',
  dataset: 'struct',
  op: 'function',
  attribute: 'property',
  param: 'parameter',
  port: 'property',
  value: 'property',
  step: 'variable',
  alias: 'namespace',
  column: 'property',
  task: 'event',
  model: 'class',
  loss: 'function',
  metric: 'function',
  point: 'property',
  size: 'typeParameter',
};

/** Every name, in a range at least those that touch it, by what it means; in order of place, none inside another. */
export function* tokensIn(analysis: Analysis, within?: Range): Gradual<Token[]> {
  const occurrences = yield* collectingOccurrences(analysis, within);
  const tokens = occurrences
    .map(({ range, meaning, declared }) => ({
      range,
      kind: kinds[meaning.kind],
      declaration: declared?.file === analysis.source.file && declared.range.start === range.start,
      deprecated: isDeprecated(meaning),
    }))
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  let end = -1;
  return tokens.filter(({ range }) => {
    if (range.start < end || range.start === range.end) return false;
    end = range.end;
    return true;
  });
}

function isDeprecated(meaning: Meaning): boolean {
  switch (meaning.kind) {
    case 'module':
      return meaning.module.deprecated !== undefined;
    case 'port':
      return meaning.port.deprecated !== undefined;
    case 'param':
      return meaning.module.params.get(meaning.name)?.deprecated !== undefined;
    case 'point':
      return meaning.module.extensionPoints.get(meaning.name)?.deprecated !== undefined;
    default:
      return false;
  }
}
