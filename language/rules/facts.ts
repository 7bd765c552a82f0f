/** Facts that contradict each other, with the places where they are written. */
import type { Cause } from '../inference/problems';
import { lineMap } from '../syntax/lines';
import { equationOf, explainFacts } from '../types/explain';
import type { Fact } from '../types/solver';
import type { Analysis, Report } from './rule';

type Facts = readonly Fact<Cause>[];

/** How many of them are wires or rules of ops; parameters and conditions are about one place alone. */
export function wiresAmong(facts: Facts): number {
  return facts.filter(({ cause }) => cause.kind === 'wire' || cause.kind === 'op').length;
}

/** One a line, numbered, each with its cause and line. */
export function tellFacts(facts: Facts, analysis: Analysis): string {
  const placed = facts.map((fact) => {
    const text = `${fact.cause.text}${placeOf(fact.cause, analysis)}`;
    return { ...fact, cause: { ...fact.cause, text } };
  });
  return explainFacts(placed);
}

export function factsAsRelated(facts: Facts): NonNullable<Report['related']> {
  return facts.map(({ cause, ...fact }) => ({
    file: cause.file,
    range: cause.range,
    message: `${cause.claim ?? equationOf(fact)}: ${cause.text}`,
  }));
}

/** `, line 31`, with the brick's name for other files. */
function placeOf({ file, range }: Cause, { source, catalogue }: Analysis): string {
  const line = (text: string) => `line ${lineMap(text).place(range.start).line + 1}`;
  if (file === source.file) return range.start <= source.text.length ? `, ${line(source.text)}` : '';
  for (const other of catalogue.all('module')) {
    if (other.source.file === file) return `, ${other.declaration.name?.value} ${line(other.source.text)}`;
  }
  return '';
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

export function countedFacts(facts: Facts): string {
  return `${numbers[facts.length] ?? facts.length} facts`;
}
