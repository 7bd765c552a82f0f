/**
 * Whether one signature can stand in for another: there must be sizes for the new version's names such that it takes
 * whatever the old one takes, and with them gives only what the old one gives. Whole signatures are compared, so that
 * `x[b, s] → y[b, s]` becoming `y[b, s//2]` is found although each port looks the same.
 */
import { conditionsOn, instantiate } from '../../inference/instance';
import { defaultOf } from '../../inference/values';
import type { ModuleDeclaration } from '../../names/declarations';
import { Dim } from '../../types/dim';
import { Solver } from '../../types/solver';
import type { TensorType } from '../../types/type';
import { generalTrials, integersOf, namesOf, sizedTrials, type Trial, typeIn } from './trial';
import { saysLess } from './vague';

export interface Misfit {
  kind: 'input' | 'output' | 'condition';
  /** Of the port; for a condition its text. */
  name: string;
  /** As both versions have it for that user. */
  old?: TensorType;
  next?: TensorType;
  /** It says nothing of what the old one says, so that nobody can be proved wrong. */
  isOpen?: boolean;
  /** Another element type that a wire would turn into the old one. */
  cast?: boolean;
  trial: Trial;
}

export interface Comparison {
  /** For each port and condition, the users that it does not suit: those for all sizes first. */
  misfits: Map<string, Misfit[]>;
  /** Whether something could be decided for no size. */
  open: boolean;
}

export function compareSignatures(old: ModuleDeclaration, next: ModuleDeclaration): Comparison {
  const misfits = new Map<string, Misfit[]>();
  const add = (found: Misfit[]) => {
    for (const one of found) {
      const key = `${one.kind} ${one.name}`;
      const known = misfits.get(key) ?? [];
      if (known.length < 4) misfits.set(key, [...known, one]);
    }
  };
  let isOpen = false;
  for (const trial of generalTrials(old)) {
    const { found, open } = attempt(old, next, trial);
    add(found);
    isOpen ||= open;
  }
  let open = isOpen;
  if (isOpen) {
    let broken = 0;
    for (const trial of sizedTrials(old, next)) {
      const one = attempt(old, next, trial);
      add(one.found);
      open &&= one.open;
      if (one.found.length > 0) broken += 1;
      if (broken === enough) break;
    }
  }
  return { misfits, open: open && misfits.size === 0 };
}

/** Users that break are looked for until there are so many. */
const enough = 4;

function attempt(
  old: ModuleDeclaration,
  next: ModuleDeclaration,
  trial: Trial,
): { found: Misfit[]; open: boolean } {
  const names = namesOf(old);
  const isGeneral = trial.sizes.size === 0;
  const solver = new Solver<string>(isGeneral ? [...names.sizes, ...names.leads] : []);
  if (isGeneral)
    for (const { written, constraint } of conditionsOn(old)) solver.assume(constraint, written.text);
  const instance = instantiate(next, new Map(), 'next');
  setParams(old, next, trial, solver);
  const found: Misfit[] = [];
  let open = false;
  for (const [name, to] of instance.inputs) {
    const port = old.inputs.get(name);
    const from = port && typeIn(old, port, trial);
    if (!from || !to) continue;
    const fit = solver.fit(from, to, name);
    if (!fit.ok) found.push({ kind: 'input', name, old: from, next: to, trial });
    else open ||= fit.unverified.length > 0;
  }
  for (const { written, constraint } of instance.conditions) {
    const verdict = solver.demand(constraint, written.text);
    if (verdict === 'no') found.push({ kind: 'condition', name: written.text, trial });
    open ||= verdict === 'unverified';
  }
  // What is given for inputs that do not fit says nothing.
  if (found.length > 0) return { found, open: false };
  for (const [name, port] of old.outputs) {
    const [from, to] = [instance.outputs.get(name), typeIn(old, port, trial)];
    if (!from || !to) continue;
    const fit = solver.fit(from, to, name);
    const sides = { name, old: to, next: solver.resolveType(from), trial };
    if (!fit.ok) found.push({ kind: 'output', ...sides });
    else if (fit.cast) found.push({ kind: 'output', cast: true, ...sides });
    else if (isGeneral && saysLess(old, next, name)) found.push({ kind: 'output', isOpen: true, ...sides });
    else open ||= fit.unverified.length > 0;
  }
  return { found, open };
}

function setParams(
  old: ModuleDeclaration,
  next: ModuleDeclaration,
  { sizes, omitted }: Trial,
  solver: Solver<string>,
): void {
  const theirs = new Set(integersOf(old));
  for (const name of integersOf(next)) {
    const given = sizes.get(name);
    const value =
      theirs.has(name) && !omitted.has(name)
        ? given === undefined
          ? Dim.symbol(name)
          : Dim.of(given)
        : defaultOf(next.params.get(name)!);
    if (value instanceof Dim) solver.equate(Dim.symbol(`next:${name}`), value, name);
  }
}
