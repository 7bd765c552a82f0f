import { printType } from '../../../types/type';
import type { Candidate, ChangeRule } from '../change';
import type { Misfit } from '../compare';
import { brickUsing } from '../consumer';
import type { Pair } from '../pair';
import { placeOf, restored } from '../places';

export const inputNarrowed: ChangeRule = {
  id: 'input-narrowed',
  summary: 'The brick takes less than it did.',
  why: 'What users give it is refused: another element type, other axes, or sizes that a new condition excludes.',
  find(pair) {
    return [...pair.signatures.forth.misfits.values()].flatMap((misfits): Candidate[] => {
      const { kind } = misfits[0]!;
      if (kind === 'input') return [narrowedInput(pair, misfits)];
      return kind === 'condition' ? [newCondition(pair, misfits)] : [];
    });
  },
};

function narrowedInput({ old, next, name }: Pair, misfits: Misfit[]): Candidate {
  const first = misfits[0]!;
  const input = first.name;
  const [before, after] = [old.module.inputs.get(input)!.text, next.module.inputs.get(input)!.text];
  const shown =
    first.trial.reading.text !== '' || first.trial.sizes.size > 0 || before === after
      ? `, so ${printType(first.old!)} no longer fits`
      : '';
  return {
    subject: { kind: 'input', name: input },
    surface: 'call',
    bump: 'major',
    message:
      before === after
        ? `The input \`${input}\` takes less than it did${shown}`
        : `The input \`${input}\` takes less: it was ${before} and is ${after}${shown}`,
    old: placeOf(old, ['inputs', input]),
    next: placeOf(next, ['inputs', input]),
    consumers: () => misfits.map(({ trial }) => brickUsing(name, old.module, { trial, about: { input } })),
    fixes: () => [{ title: `Take ${before} again`, edits: restored(old, next, ['inputs', input]) }],
  };
}

function newCondition({ old, next, name }: Pair, misfits: Misfit[]): Candidate {
  const first = misfits[0]!;
  const sizes = [...first.trial.sizes].filter(([size]) => new RegExp(`\\b${size}\\b`).test(first.name));
  const shown = sizes.map(([size, value]) => `\`${size}\` was allowed to be ${value}`).join(' and ');
  const place = next.module.where.find(({ text }) => text === first.name);
  return {
    subject: { kind: 'size', name: first.name },
    surface: 'call',
    bump: 'major',
    message: `It now needs \`${first.name}\`${shown ? `; ${shown}` : ''}`,
    old: placeOf(old, ['where']),
    next: place ? { file: next.source.file, range: place.range } : placeOf(next, ['where']),
    consumers: () => misfits.map(({ trial }) => brickUsing(name, old.module, { trial, about: 'use' })),
  };
}
