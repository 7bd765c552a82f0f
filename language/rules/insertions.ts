/** Steps put into a wire so that its ends fit; each is tried before it is offered. */
import type { Cause } from '../inference/problems';
import { insertEntry } from '../syntax/edits';
import { asMap, get, keyOf } from '../syntax/path';
import type { AxisMismatch } from '../types/solver';
import type { Misfit } from './misfits';
import type { Analysis, FixProposal } from './rule';

/** What goes in between, written for a brick's graph or for a composition, with the port that it gives. */
interface Piece {
  title: string;
  /** Ends the new step's name: `text_projected`. */
  suffix: string;
  op?: string;
  part?: { module: string; params: string; output: string };
}

/** A dense layer where the last axis has another size. */
export function projections(
  misfit: Misfit,
  { axis, to }: AxisMismatch<Cause>,
  analysis: Analysis,
): FixProposal[] {
  const { from } = misfit.fit;
  if (axis !== from.dims.length - 1 || !from.dtype.startsWith('float') || from.dims.length < 2) return [];
  const params = new Set(analysis.declaration?.kind === 'module' ? analysis.declaration.params.keys() : []);
  const units = to.name !== undefined && params.has(to.name) ? `$${to}` : to.constant;
  if (units === undefined) return [];
  return insert(misfit, analysis, [
    {
      title: `Insert a dense layer, ${misfit.fit.reason === 'axis' ? from.dims[axis] : ''} → ${to}`,
      suffix: 'projected',
      op: `{ op: dense, in: SOURCE, units: ${units} }`,
      part: { module: 'std/projection', params: `{ units: ${units} }`, output: 'projected' },
    },
  ]);
}

/** Pooling for an axis too many, a new axis of size 1 for one too few. */
export function rankRepairs(misfit: Misfit, analysis: Analysis): FixProposal[] {
  const { from, to } = misfit.fit;
  const surplus = from.dims.length - to.dims.length;
  if (surplus === 1 && from.dims.length === 3) {
    return insert(misfit, analysis, [
      {
        title: 'Insert a mean over the steps',
        suffix: 'mean',
        op: '{ op: global_avg_pool, in: SOURCE }',
        part: { module: 'std/average-pool', params: '', output: 'features' },
      },
      {
        title: 'Insert a maximum over the steps',
        suffix: 'max',
        op: '{ op: global_max_pool, in: SOURCE }',
        part: { module: 'std/max-pool', params: '', output: 'features' },
      },
      { title: 'Insert `flatten`', suffix: 'flat', op: '{ op: flatten, in: SOURCE }' },
    ]);
  }
  if (surplus > 0)
    return insert(misfit, analysis, [
      { title: 'Insert `flatten`', suffix: 'flat', op: '{ op: flatten, in: SOURCE }' },
    ]);
  if (surplus !== -1) return [];
  return [1, -1].flatMap((axis) =>
    insert(misfit, analysis, [
      {
        title: `Insert an axis of size 1 ${axis === 1 ? 'behind the batch' : 'at the end'}`,
        suffix: 'expanded',
        op: `{ op: expand_dims, in: SOURCE, axis: ${axis} }`,
      },
    ]),
  );
}

export function casts(misfit: Misfit, analysis: Analysis): FixProposal[] {
  const { from, to } = misfit.fit;
  if (from.dtype === 'string' || to.dtype === 'string') return [];
  return insert(misfit, analysis, [
    {
      title: `Insert a cast to ${to.dtype}`,
      suffix: to.dtype,
      op: `{ op: cast, in: SOURCE, to: ${to.dtype} }`,
    },
  ]);
}

export { insert as betweenParts };

function insert({ step, source, range }: Misfit, analysis: Analysis, pieces: Piece[]): FixProposal[] {
  const { declaration, inference, catalogue } = analysis;
  const { tree, file } = analysis.source;
  const inGraph = declaration?.kind === 'module';
  const map = asMap(get(tree.root, inGraph ? 'graph' : 'parts'));
  if (!step || !map || !inference) return [];
  const names = map.entries.map(keyOf);
  // What is inherited is written in another file.
  if (!names.includes(step.step.name)) return [];
  const before = names[names.indexOf(step.step.name) - 1];
  return pieces.flatMap(({ title, suffix, op, part }): FixProposal[] => {
    let name = `${source.split('.')[0]}_${suffix}`;
    while (inference.graph.steps.has(name) || inference.scope.outer.has(name)) name += '_2';
    let written = inGraph ? op : undefined;
    let wire = name;
    if (!inGraph && part) {
      const version = catalogue.named('module', part.module)[0]?.declaration.version?.value;
      if (version === undefined) return [];
      const params = part.params === '' ? '' : `, params: ${part.params}`;
      written = `{ module: ${part.module}@^${version.split('.')[0]}, in: SOURCE${params} }`;
      wire = `${name}.${part.output}`;
    }
    if (written === undefined) return [];
    const entry = insertEntry(tree, map, name, written.replace('SOURCE', source), before);
    return [
      {
        title,
        edits: [
          { file, ...entry },
          { file, range, text: wire },
        ],
      },
    ];
  });
}
