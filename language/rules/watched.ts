/** Steps, types and opened bricks that tell what of them is looked at. */
import type { FlatModel, FlatPart } from '../inference/flatten';
import type { InferredStep } from '../inference/graph';
import type { OpTest } from '../inference/ops-in';
import type { Step } from '../names/declarations';
import { remember } from '../remember';
import type { Solver } from '../types/solver';
import { type Ask, type See, under, WatchedMap, within } from './looks';

/** A step as it is written. */
export function watchedText(text: Step, see: See<Step>): Step {
  return watchedBy(text, '', (step) => step, see);
}

/** A step with its types. */
export function watchedStep(inferred: InferredStep, see: See<InferredStep>): InferredStep {
  const texts = new Map<Step, Step>();
  let values: InferredStep['values'] | undefined;
  const written = (which: 'step' | 'owner') => {
    see(isOwn);
    return remember(texts, inferred[which], () =>
      watchedBy(inferred[which], which, under<InferredStep>(which), see),
    );
  };
  return new Proxy(inferred, {
    get(_, key) {
      if (key === 'step' || key === 'owner') return written(key);
      if (typeof key === 'symbol') return Reflect.get(inferred, key);
      const ask = under<InferredStep>(key);
      if (key === 'values') {
        values ??= WatchedMap.of(inferred.values, key, ask, see);
        return values;
      }
      see(ask);
      return Reflect.get(inferred, key);
    },
  });
}

const isOwn: Ask<InferredStep> = ({ step, owner }) => step === owner;

function watchedBy<T>(text: Step, name: string, ask: Ask<T>, see: See<T>): Step {
  let settings: Step['settings'] | undefined;
  return new Proxy(text, {
    get(_, key) {
      if (typeof key === 'symbol') return Reflect.get(text, key);
      const inner = within(ask, name, key);
      if (key === 'settings') {
        settings ??= WatchedMap.of(text.settings, `${name} ${key}`, inner, see);
        return settings;
      }
      see(inner);
      return Reflect.get(text, key);
    },
  });
}

/** `seeAll`: something was asked that cannot be asked again. */
export function watchedSolver<C>(solver: Solver<C>, see: See<Solver<C>>, seeAll: () => void): Solver<C> {
  const instead: Pick<Solver<C>, 'resolve' | 'resolveType'> = {
    resolve(dim) {
      see((each) => each.resolve(dim));
      return solver.resolve(dim);
    },
    resolveType(type) {
      see((each) => each.resolveType(type));
      return solver.resolveType(type);
    },
  };
  return new Proxy(solver, {
    get(_, key) {
      if (key === 'resolve' || key === 'resolveType') return instead[key];
      seeAll();
      const value: unknown = Reflect.get(solver, key);
      return typeof value === 'function' ? value.bind(solver) : value;
    },
  });
}

export function watchedFlat(flat: FlatModel, see: See<FlatModel>, seeAll: () => void): FlatModel {
  const instead: Pick<FlatModel, 'where' | 'ops' | 'maker'> = {
    where(test) {
      see(whereabouts(test));
      return flat.where(test);
    },
    ops(part, test) {
      see((each) => each.ops(part, test));
      return flat.ops(part, test);
    },
    maker(value) {
      see((each) => each.maker(value));
      return flat.maker(value);
    },
  };
  let parts: FlatModel['parts'] | undefined;
  return new Proxy(flat, {
    get(_, key) {
      if (key === 'where' || key === 'ops' || key === 'maker') return instead[key];
      if (key === 'parts') {
        see(partNames);
        parts ??= flat.parts.map((part, place) => watchedPart(part, place, see));
        return parts;
      }
      if (key === 'problems') see(problemsOf);
      else seeAll();
      return Reflect.get(flat, key);
    },
  });
}

const asked = new WeakMap<OpTest, Ask<FlatModel>>();

function whereabouts(test: OpTest): Ask<FlatModel> {
  return remember(asked, test, () => (flat) => flat.whereabouts(test));
}

const problemsOf: Ask<FlatModel> = ({ problems }) => problems;
const partNames: Ask<FlatModel> = ({ parts }) => parts.map(({ name }) => name);

function watchedPart(part: FlatPart, place: number, see: See<FlatModel>): FlatPart {
  return new Proxy(part, {
    get(_, key) {
      if (typeof key !== 'symbol') see(within(({ parts }: FlatModel) => parts[place], `part ${place}`, key));
      return Reflect.get(part, key);
    },
  });
}
