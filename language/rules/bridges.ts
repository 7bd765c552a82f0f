/** What stands between a column, or another source, and a part that takes something else. */
import { couldFeed, sourcesFor, wantedType } from '../inference/candidates';
import type { Column } from '../names/declarations';
import { get } from '../syntax/path';
import type { Range } from '../syntax/tree';
import { betweenParts } from './insertions';
import type { Misfit } from './misfits';
import { type Analysis, type FixProposal, replace } from './rule';

/** Sources to choose from; each is tried before it is offered. */
const MOST = 3;

interface Bridge {
  module: string;
  output: string;
  params: string;
}

/** Bricks that make of a column what other bricks take, by its type. */
function bridgesFrom({ type, labels }: Column): Bridge[] {
  const size = labels ? `{ size: ${labels.length} }` : '';
  const bridges: Record<string, Bridge[]> = {
    string: [
      { module: 'std/text-vectorizer', output: 'tokens', params: '' },
      { module: 'std/value-column', output: 'feature', params: '' },
    ],
    category: [
      { module: 'std/category-column', output: 'feature', params: size },
      { module: 'std/one-hot-column', output: 'feature', params: size },
    ],
    float: [{ module: 'std/number-column', output: 'feature', params: '' }],
    date: [{ module: 'std/date-column', output: 'feature', params: '' }],
    image: [{ module: 'std/image-input', output: 'scaled', params: '' }],
  };
  return bridges[type] ?? [];
}

/** What helps in a composition, which has bricks and no ops; undefined where nothing better is known. */
export function helpBetween(misfit: Misfit, analysis: Analysis): string | undefined {
  const column = columnOf(misfit, analysis)?.column;
  const bricks = column ? bridgesFrom(column).map(({ module }) => `\`${module}\``) : [];
  if (column && isWholeForNumbers(column, misfit))
    return `declare the column as \`float\`, or wire another port`;
  return bricks.length > 0 ? `put ${bricks.join(' or ')} between, or wire another port` : undefined;
}

export function bridges(misfit: Misfit, analysis: Analysis): FixProposal[] {
  if (analysis.inference?.kind !== 'model') return [];
  const found = columnOf(misfit, analysis);
  const between = found
    ? betweenParts(
        misfit,
        analysis,
        bridgesFrom(found.column).map((part) => ({
          title: `Put \`${part.module}\` between`,
          suffix: part.output,
          part,
        })),
      )
    : [];
  return [...asFloat(misfit, analysis), ...otherPorts(misfit, analysis), ...between];
}

/** Other sources that fit: ports of the same part first. */
export function otherPorts({ step, input, range, source }: Misfit, analysis: Analysis): FixProposal[] {
  const { inference } = analysis;
  if (!step || inference?.kind !== 'model') return [];
  const { scope, graph } = inference;
  const wanted = wantedType(step, input);
  const [owner] = source.split('.');
  const fitting = sourcesFor(step, scope, graph, false).filter(
    (each) => each.kind === 'step' && couldFeed(each, wanted, graph),
  );
  return fitting
    .sort((a, b) => Number(b.owner === owner) - Number(a.owner === owner))
    .slice(0, MOST)
    .map(({ text }) => replace(analysis, range, text, `Change to \`${text}\``));
}

/** The same two sources the other way round. */
export function swaps({ step, range }: Misfit, analysis: Analysis): FixProposal[] {
  const { source } = analysis;
  const text = ({ start, end }: Range) => source.text.slice(start, end);
  const wire = step?.wires.find((each) => each.wire.range.start === range.start);
  return (step?.wires ?? []).flatMap(({ wire: { range: other }, input }) => {
    if (other.start === range.start || !wire?.input || input === undefined) return [];
    const edits = [
      { file: source.file, range, text: text(other) },
      { file: source.file, range: other, text: text(range) },
    ];
    return [{ title: `Swap \`${wire.input}\` and \`${input}\``, edits }];
  });
}

function asFloat(misfit: Misfit, analysis: Analysis): FixProposal[] {
  const found = columnOf(misfit, analysis);
  const type = found && get(found.column.entry.value, 'type');
  if (!type || !isWholeForNumbers(found.column, misfit)) return [];
  const title = `Declare \`${found.column.name}\` as \`float\``;
  const { edits } = replace(analysis, type.range, 'float', title);
  return [{ title, edits: edits.map((edit) => ({ ...edit, file: found.file })) }];
}

function isWholeForNumbers({ type }: Column, { fit }: Misfit): boolean {
  return type === 'int' && fit.to.dtype === 'float32' && fit.to.dims.length === 1;
}

function columnOf({ source }: Misfit, { inference }: Analysis): { column: Column; file: string } | undefined {
  const [alias = '', name = ''] = source.split('.');
  const lookup = inference?.kind === 'model' ? inference.data.get(alias)?.lookup : undefined;
  if (lookup?.status !== 'found') return undefined;
  const column = lookup.declaration.columns.get(name);
  return column && { column, file: lookup.source.file };
}
