/** A training run, from data to report. */
import type { RunEnded } from '../../protocol/generated/run-event';
import { longestRows } from '../data/lengths';
import { evaluateAll } from '../evaluate/evaluate';
import { partsThatLearned, receiptOf } from '../evaluate/receipt';
import { makeReport } from '../evaluate/report';
import { type CompiledStep, compileStep } from '../step/compile';
import type { Rows } from '../step/cost/memory';
import { initialState } from '../step/initial';
import { type Phase, phasesOf } from '../step/phases';
import type { HostTensor, Session, Step } from '../step/program';
import { carried, type State, saveAdapters, settled } from './adapters';
import type { RunContext } from './context';
import { type ReadyData, readyData, splitNamed } from './data';
import { cacheFrozen, EVALUATION_BATCH, frozenFingerprints, proveFrozen } from './frozen';
import { allFinite, goOn, Keeper } from './keeper';
import { lineageOf } from './lineage';
import { expectedMemory, tellMemory } from './memory';
import { type LoadedPart, loadParts, savePart } from './parts';
import { type Course, type PhaseEnd, trainPhase, weightsIn } from './phase';
import { Progress } from './progress';
import { StopRule } from './stop-rule';

export class Training {
  /** What was reached; undefined before the first epoch. */
  course: Course | undefined;
  #ready: ReadyData | undefined;
  #session: Session | undefined;
  #compiled: CompiledStep | undefined;

  constructor(readonly context: RunContext) {}

  /** Trains, saves the weights and evaluates. Throws `Stopped` and `EngineFailure`; `salvage` then saves what there is. */
  async run(): Promise<RunEnded['status']> {
    const { plan, log, root } = this.context;
    log.append({ type: 'phase_started', phase: 'prepare' });
    const loaded = await loadParts(plan, root);
    this.#ready = await readyData(this.context, loaded, { extend: true });
    const end = await this.#train(loaded);
    if (end === 'cancelled') return 'cancelled';
    await this.save();
    await this.#evaluate();
    this.course?.keeper?.done();
    return end === 'done' ? 'completed' : 'stopped_early';
  }

  async #train(loaded: LoadedPart[]): Promise<PhaseEnd> {
    const { plan } = this.context;
    const { from } = this.context;
    let state = from?.state ?? new Map(loaded.flatMap(({ weights }) => [...weights]));
    const phases = phasesOf(plan);
    const { epoch: done, batch } = from?.position ?? { epoch: 0, batch: 0 };
    for (const [index, phase] of phases.entries()) {
      const next = phases[index + 1];
      // Phases that an earlier process went through to their end; one that ended just there is left as always.
      if (next && next.from <= done) {
        if (next.from === done && batch === 0) state = carried(plan, state, phase, next);
        continue;
      }
      const session = await this.#open(index, state);
      const before = await frozenFingerprints(plan, phase, session);
      const to = next?.from ?? plan.train.epochs;
      const end = await this.#epochs(phase, session, to);
      proveFrozen(before, await frozenFingerprints(plan, phase, session));
      if (end !== 'done') return end;
      if (next) state = carried(plan, await session.read(), phase, next);
    }
    return 'done';
  }

  /** Compiles a phase and opens it on the state so far; what that lacks starts fresh. */
  async #open(phase: number, state: Map<string, HostTensor>): Promise<Session> {
    const { plan, log, executor, stop } = this.context;
    stop.check();
    log.append({ type: 'phase_started', phase: 'compile' });
    const start = performance.now();
    const compiled = compileStep(plan, { phase });
    const { step, description } = compiled;
    const fresh = initialState(plan, step);
    for (const name of fresh.keys()) {
      const known = state.get(name);
      if (known) fresh.set(name, known);
    }
    this.#session?.close();
    this.#compiled = compiled;
    const memory = expectedMemory(step, executor.description, this.#rows(step));
    this.#session = await executor.open(step, fresh);
    const parts = plan.parts.map(({ name, module, version }) => {
      const { total, trainable } = description.parameters[name] ?? { total: 0, trainable: 0 };
      return { name, module, version, parameters: total, trainable };
    });
    log.append({
      type: 'step_compiled',
      parameters: parts.reduce((sum, part) => sum + part.parameters, 0),
      trainable: parts.reduce((sum, part) => sum + part.trainable, 0),
      primitives: description.instructions.train ?? description.instructions.evaluate ?? 0,
      seconds: (performance.now() - start) / 1000,
      parts,
      memory,
    });
    if (phase === 0) tellMemory(log, memory, plan.train.batch);
    await this.#cache();
    return this.#session;
  }

  /** How many rows its programs are run with at a time, and how long they are. */
  #rows(step: Step): Rows {
    const { train, evaluate } = this.context.plan;
    const caches = Object.keys(step.programs).some((name) => name.startsWith('frozen'));
    const names = ['validation', evaluate.on, ...(caches ? ['train'] : [])];
    const datasets = [...this.#ready!.datasets.values()];
    const evaluated = datasets.flatMap((ready) => names.map((name) => ready.splits[name]));
    const most = Math.max(...evaluated.map((split) => split?.rows ?? 0));
    const all = datasets.flatMap(({ splits }) => ['train', ...names].flatMap((name) => splits[name] ?? []));
    const lengths = longestRows(
      step,
      all.map(({ tensors }) => tensors),
    );
    return { batch: train.batch, evaluation: Math.min(EVALUATION_BATCH, most), lengths };
  }

  async #cache(): Promise<void> {
    const { log, stop, plan } = this.context;
    const { step, views } = this.#compiled!;
    if (!views.some(({ programs }) => programs.frozen in step.programs)) return;
    log.append({ type: 'phase_started', phase: 'cache' });
    for (const { data, programs } of views) {
      const program = step.programs[programs.frozen];
      if (!program) continue;
      for (const name of new Set(['train', 'validation', plan.evaluate.on])) {
        const split = this.#ready!.datasets.get(data)!.splits[name];
        if (split) await cacheFrozen(this.#session!, programs.frozen, program, split, stop);
      }
    }
  }

  async #epochs(phase: Phase, session: Session, to: number): Promise<PhaseEnd> {
    const { plan, log } = this.context;
    const { step, views } = this.#compiled!;
    log.append({ type: 'phase_started', phase: 'train' });
    this.course ??= this.#start();
    this.course.adapters = this.#compiled!.adapters;
    if (!views.some(({ programs }) => programs.train in step.programs)) {
      const text = `Nothing learns in epochs ${phase.from + 1} to ${to}: every part is frozen or has no weights`;
      log.append({ type: 'message', level: 'warning', code: 'nothing-learns', text });
      return 'done';
    }
    this.course.epoch = Math.max(this.course.epoch, phase.from);
    const end = await trainPhase(this.course, this.#compiled!, session, to);
    if (plan.train.stop && end === 'done' && to === plan.train.epochs && this.course.rule.bestEpoch === 0) {
      const text = `${plan.train.stop.when} was never a number, so the last epoch counts as the best`;
      log.append({ type: 'message', level: 'warning', code: 'stop-not-measured', text });
    }
    return end;
  }

  #start(): Course {
    const { plan, log, stop } = this.context;
    const lanes = this.#compiled!.views.map(({ data }) => {
      const ready = this.#ready!.datasets.get(data)!;
      return {
        train: splitNamed(ready, 'train', 'training needs'),
        validation: ready.splits.validation,
      };
    });
    const batches = lanes.map(({ train }) => Math.ceil(train.rows / plan.train.batch));
    const steps = batches.reduce((sum, count) => sum + count, 0) * plan.train.epochs;
    const watched = `${lanes.some(({ validation }) => validation) ? 'validation' : 'train'}.loss`;
    const rule = new StopRule(
      plan.train.stop ?? { when: watched, patience: plan.train.epochs, mode: 'min', min_delta: 0 },
    );
    const { from, folder } = this.context;
    const course: Course = {
      plan,
      log,
      stop,
      progress: new Progress(plan, log, steps, from?.position.step),
      lanes,
      rule,
      best: undefined,
      step: 0,
      epoch: 0,
      batch: 0,
      tally: undefined,
      clipped: 0,
      adapters: [],
      keeper: Keeper.of(plan, folder),
    };
    if (from) goOn(course, from);
    return course;
  }

  /** Saves every part: the best epoch's weights where there is a stop rule, else the newest. */
  async save(): Promise<void> {
    const { plan, log, folder } = this.context;
    if (!this.#session || !this.#ready || !this.course) return;
    log.append({ type: 'phase_started', phase: 'save' });
    const { best, rule, epoch, adapters } = this.course;
    const weights = best ?? (await weightsIn(plan, this.#session, adapters));
    if (best || adapters.length > 0) await this.#write(weights);
    const { states } = this.#ready;
    for (const { name } of plan.parts) {
      const adapter = saveAdapters(name, adapters, weights, folder);
      if (adapter) {
        const text = `The adapters of part ${name} (rank ${adapter.rank}) are in its weights, and by themselves in ${adapter.file}`;
        log.append({ type: 'message', level: 'info', code: 'adapter-saved', text });
      }
      const lineage = lineageOf(plan, name, states);
      for (const { file, sha256 } of savePart(plan, name, folder, weights, states, lineage)) {
        log.append({ type: 'weights_saved', part: name, file, sha256, epoch: best ? rule.bestEpoch : epoch });
      }
    }
  }

  /** Puts merged weights into the session, so that what is evaluated is what is saved. */
  async #write(weights: State): Promise<void> {
    const { adapters } = this.course!;
    const known = new Set(this.#compiled!.step.state.map(({ name }) => name));
    const values = [...settled(weights, adapters)].filter(([name]) => known.has(name));
    await this.#session!.write(new Map(values));
  }

  /** After somebody asked to stop: keeps the state to go on from, and the weights so far. */
  async pause(): Promise<void> {
    if (this.#session && this.course && this.course.step > 0)
      await this.course.keeper?.keep(this.course, this.#session);
    await this.salvage();
  }

  /** After a run that did not end well: keeps the best weights, or finite ones of the newest step or checkpoint. */
  async salvage(): Promise<void> {
    const { course } = this;
    if (!this.#session || !course || course.step === 0) return;
    const { plan, log } = this.context;
    if (!course.best && !allFinite(await weightsIn(plan, this.#session, []))) {
      const good = course.keeper?.checkpoints.newest(() => undefined);
      if (!good) return;
      const known = new Set(this.#compiled!.step.state.map(({ name }) => name));
      await this.#session.write(new Map([...good.state].filter(([name]) => known.has(name))));
      course.epoch = good.position.epoch;
      const text = `The weights of the last good checkpoint are kept: epoch ${good.position.epoch}, step ${good.position.step}`;
      log.append({ type: 'message', level: 'info', text });
    }
    await this.save();
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  async #evaluate(): Promise<void> {
    const { plan, log, folder, stop } = this.context;
    log.append({ type: 'phase_started', phase: 'evaluate' });
    const { on } = plan.evaluate;
    const outcomes = await evaluateAll(this.#compiled!, this.#session!, this.#ready!, stop, (ready) =>
      splitNamed(ready, on, 'evaluate.on names'),
    );
    const report = makeReport(plan, on, outcomes);
    const { epoch: epochs, rule, clipped, lanes } = this.course!;
    report.receipt = receiptOf(plan, report, {
      epochs,
      bestEpoch: rule.bestEpoch,
      clipped,
      rows: lanes.map(({ train }) => train.rows),
      learned: partsThatLearned(plan, epochs),
    });
    for (const { setting, value, state, why } of report.receipt) {
      if (state !== 'without effect') continue;
      const text = `${setting}: ${value} had no effect: ${why}`;
      log.append({ type: 'message', level: 'info', code: 'setting-without-effect', text });
    }
    folder.writeReport(report);
    log.append({ type: 'evaluated', report });
  }
}
