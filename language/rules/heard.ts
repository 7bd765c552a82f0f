import type { Location } from '../answers/answers';
import { contains } from '../syntax/ranges';
import type { Range } from '../syntax/tree';
import type { Checked, Rule } from './rule';

type Found = Checked['findings'][number] & { names?: readonly string[] };

/** Nobody looks at more places of one mistake. */
const MOST_PLACES = 100;

/** The errors found so far, to tell what only follows from them. */
export class Heard {
  private readonly errors: Found[] = [];
  private readonly byName = new Map<string, Found>();

  add(finding: Found): void {
    if (finding.severity !== 'error') return;
    this.errors.push(finding);
  }

  addNames(finding: Found): void {
    if (finding.severity !== 'error') return;
    for (const name of finding.names ?? []) if (!this.byName.has(name)) this.byName.set(name, finding);
  }

  /** Whether something inside this range would be said of a place that is wrong already. */
  covers(place: Range): boolean {
    return this.errors.some(({ range }) => contains(range, place));
  }

  /** Whether a name is known to be missing; then the place is added to what was said of it. */
  isKnown(names: readonly string[], place: Location): boolean {
    // Of what is not made as it was meant, nobody knows the ports.
    const owners = names.flatMap((name) => (name.includes('.') ? name.split('.')[0]! : []));
    const first = [...names, ...owners]
      .map((name) => this.byName.get(name))
      .find((found) => found !== undefined);
    if (first && first.related.length < MOST_PLACES) first.related.push({ ...place, message: 'and here' });
    return first !== undefined;
  }

  isBefore({ id, after }: Rule): boolean {
    return this.errors.some(({ rule }) => (after === 'any' ? rule !== id : after?.includes(rule)));
  }
}
