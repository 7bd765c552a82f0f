/** What the last axis of an output counts. */
import { labelNames } from '../../../rules/label-set-mismatch';
import { entriesOf, get } from '../../../syntax/path';
import { compositionUsing, PART } from '../composition';
import type { Consumer } from '../consumer';
import type { Pair } from '../pair';
import { placeOf } from '../places';

export interface Labelled {
  output: string;
  old: string[];
  next: string[];
  places: { old: ReturnType<typeof placeOf>; next: ReturnType<typeof placeOf> };
}

/** Outputs whose labels differ. */
export function relabelled({ old, next }: Pair): Labelled[] {
  return entriesOf(get(old.module.root, 'outputs')).flatMap(({ key }) => {
    const output = String(key.value);
    const [before, after] = [labelNames(old.module, output), labelNames(next.module, output)];
    if (!before || !next.module.outputs.has(output)) return [];
    if (JSON.stringify(before) === JSON.stringify(after ?? [])) return [];
    const path = ['outputs', output, 'labels'];
    const there = after ? path : path.slice(0, 2);
    return [
      {
        output,
        old: before,
        next: after ?? [],
        places: { old: placeOf(old, path), next: placeOf(next, there) },
      },
    ];
  });
}

/** Compositions that learn these labels in this order. */
export function learning(pair: Pair, { output, old }: Labelled): Consumer[] {
  return ['cross_entropy', 'binary_cross_entropy'].flatMap((loss) => {
    const consumer = compositionUsing(pair, {
      columns: [`truth: { type: category, values: ${JSON.stringify(old)} }`],
      sections: ['tasks:', `  learnt: { output: ${PART}.${output}, target: rows.truth, loss: ${loss} }`],
    });
    return consumer ? [consumer] : [];
  });
}
