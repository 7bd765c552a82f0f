import type { Rules } from './rule';

export const table: Rules<'gather' | 'scatter_add' | 'one_hot'> = {
  gather: ({ b, instruction: { table: rows, indices }, gradient, needs }) =>
    needs(rows) ? [{ to: rows, gradient: b.scatterAdd(indices, gradient, b.shape(rows)[0]!) }] : [],
  scatter_add: ({ b, instruction: { indices, updates }, gradient, needs }) =>
    needs(updates) ? [{ to: updates, gradient: b.gather(gradient, indices) }] : [],
  one_hot: null,
};
