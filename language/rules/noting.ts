/** An analysis that notes what rules look at of it. */
import type { FlatModel } from '../inference/flatten';
import type { GraphScope, InferredGraph } from '../inference/graph';
import type { Declaration } from '../names/declarations';
import { remember } from '../remember';
import type { Tree } from '../syntax/tree';
import { type Looked, NAMES, type Place, placeOf, Seen, stepsOf, type Watched } from './looked';
import type { Ask } from './looks';
import type { Analysis } from './rule';
import { keysOf } from './same';
import { watchedFlat, watchedSolver, watchedStep, watchedText } from './watched';

export class Noting {
  /** What the rule saw that runs now. */
  seen = new Seen();
  private steps: InferredGraph['steps'] | undefined;
  private texts: ReturnType<typeof stepsOf>;
  private solver: InferredGraph['solver'] | undefined;

  constructor(
    private readonly analysis: Analysis,
    private readonly looked: Looked,
  ) {}

  /** For one rule: what it remembers of the analysis is its own. */
  forRule(seen: Seen): Analysis {
    this.seen = seen;
    const { analysis } = this;
    const declaration = analysis.declaration && this.declaration(analysis.declaration);
    let scope: GraphScope | undefined;
    let graph: InferredGraph | undefined;
    const inference =
      analysis.inference &&
      this.watched('inference', analysis.inference, (key) => {
        // The declaration of the file itself: what of it is looked at, is noted there.
        if (key === 'module' || key === 'model') return declaration;
        if (key === 'scope')
          scope ??= this.watched('scope', analysis.inference!.scope, (each) =>
            // What other files say: when that changes, everything is computed anew.
            each === 'module' ? analysis.inference!.scope.module : undefined,
          );
        if (key === 'graph') graph ??= this.graph(analysis.inference!.graph);
        return key === 'scope' ? scope : key === 'graph' ? graph : undefined;
      });
    let tree: Tree | undefined;
    const source = this.watched('source', analysis.source, (key) => {
      if (key === 'tree') tree ??= this.watched('tree', analysis.source.tree);
      return key === 'tree' ? tree : undefined;
    });
    let flat: FlatModel | undefined;
    const opened = () => {
      flat ??= this.opened();
      return flat;
    };
    return this.watched('analysis', analysis, (key) => {
      if (key === 'source') return source;
      if (key === 'declaration') return declaration;
      if (key === 'inference') return inference;
      if (key === 'flat') return opened;
      // Asked about all of the file.
      if (key === 'versions') this.note('versions', undefined);
      // What other files and the host say: when that changes, everything is computed anew.
      return undefined;
    });
  }

  private note(place: Place, value: unknown): void {
    this.seen.places.add(place);
    this.looked.values.set(place, value);
  }

  private watched<T extends object>(
    what: 'analysis' | Watched,
    target: T,
    instead?: (key: string | symbol) => unknown,
  ): T {
    return new Proxy(target, {
      get: (_, key) => {
        const other = instead?.(key);
        if (other !== undefined) return other;
        const value = (target as Record<string | symbol, unknown>)[key];
        if (what !== 'analysis' && typeof key !== 'symbol' && !FIXED.has(key))
          this.note(placeOf(what, key), value);
        return value;
      },
    });
  }

  private declaration(declaration: Declaration): Declaration {
    const steps = stepsOf(declaration);
    const section = declaration.kind === 'module' ? 'graph' : 'parts';
    return this.watched('declaration', declaration, (key) => {
      if (!steps || key !== section) return undefined;
      this.note(placeOf('declaration', NAMES), keysOf(steps));
      this.texts ??= mapped(steps, (step, name) =>
        watchedText(step, (ask) => put(this.seen.declared, name, ask)),
      );
      return this.texts;
    });
  }

  private graph(graph: InferredGraph): InferredGraph {
    return this.watched('graph', graph, (key) => {
      if (key === 'steps') {
        this.note(placeOf('graph', NAMES), keysOf(graph.steps));
        this.steps ??= mapped(graph.steps, (step, name) =>
          watchedStep(step, (ask) => put(this.seen.graph, name, ask)),
        );
        return this.steps;
      }
      if (key !== 'solver') return undefined;
      this.solver ??= watchedSolver(
        graph.solver,
        (ask) => this.seen.solver.add(ask),
        () => this.note(placeOf('graph', 'solver'), graph.solver),
      );
      return this.solver;
    });
  }

  private opened(): FlatModel | undefined {
    const whole = this.analysis.flat();
    this.looked.flat = whole;
    const seeAll = () => this.note('flat', whole);
    if (whole) return watchedFlat(whole, (ask) => this.seen.flat.add(ask), seeAll);
    seeAll();
    return undefined;
  }
}

function mapped<V>(map: ReadonlyMap<string, V>, make: (value: V, name: string) => V): Map<string, V> {
  return new Map(Array.from(map, ([name, value]) => [name, make(value, name)]));
}

function put<T>(seen: Map<string, Set<Ask<T>>>, name: string, ask: Ask<T>): void {
  remember(seen, name, () => new Set<Ask<T>>()).add(ask);
}

/** Of a source these never change with its text. */
const FIXED = new Set(['file', 'origin', 'kind']);
