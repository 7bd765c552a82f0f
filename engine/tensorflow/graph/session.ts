import { ExecutionError } from '../../step/errors';
import type { HostTensor, ProgramName, Session, StateSpec, Step } from '../../step/program';
import type { NativeBinding } from '../runtime';
import { emitStep, type StepGraph } from './emit/step';
import { describeFailure } from './failure';
import { checkInputs, checkState } from './feeds';
import { type Call, NativeGraph, prepareCall } from './native-graph';
import { elementBytes } from './protobuf/attributes';
import type { SignatureTensor } from './protobuf/saved-model';

/** Native calls block; after this many milliseconds of them, other work of the process gets its turn. */
const breath = 10;

/** One step loaded into TensorFlow, with its state as variables there. */
export class GraphSession implements Session {
  private readonly graph: StepGraph;
  private readonly native: NativeGraph;
  private readonly calls: ReadonlyMap<ProgramName, Call>;
  private readonly specs: ReadonlyMap<string, StateSpec>;
  private lastBreath = performance.now();

  constructor(
    private readonly binding: NativeBinding,
    private readonly step: Step,
    state: ReadonlyMap<string, HostTensor>,
  ) {
    this.specs = new Map(step.state.map((spec) => [spec.name, spec]));
    const missing = step.state.find(({ name }) => !state.has(name));
    if (missing) throw new ExecutionError(`The state '${missing.name}' was given no first value.`);
    this.graph = emitStep(step);
    this.calls = new Map(
      Array.from(this.graph.programs, ([name, signature]) => [name, prepareCall(signature)]),
    );
    this.native = new NativeGraph(binding, this.graph.bytes);
    try {
      this.assign(state);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  async run(name: ProgramName, inputs: Record<string, HostTensor>): Promise<Record<string, HostTensor>> {
    if (performance.now() - this.lastBreath > breath) {
      await new Promise((resolve) => setImmediate(resolve));
      this.lastBreath = performance.now();
    }
    const program = this.step.programs[name];
    const call = this.calls.get(name);
    if (!program || !call) throw new ExecutionError(`This step has no program '${name}'.`);
    checkInputs(name, program, inputs);
    try {
      const results = this.native.run(call, inputs);
      for (const output of Object.keys(results)) if (!(output in program.outputs)) delete results[output];
      return results;
    } catch (error) {
      throw describeFailure(error, name, program);
    }
  }

  async read(names: string[] = Array.from(this.specs.keys())): Promise<Map<string, HostTensor>> {
    const values = this.native.run(
      prepareCall({ inputs: {}, outputs: this.chosen(this.graph.read.outputs, names) }),
      {},
    );
    return new Map(names.map((name) => [name, values[name]!]));
  }

  async write(state: ReadonlyMap<string, HostTensor>): Promise<void> {
    this.assign(state);
  }

  /** The tensors are the state's and all that the process holds in the addon, which between steps is nothing. */
  memory(): { tensors: number; bytes: number } {
    let bytes = 0;
    for (const { shape, dtype } of this.specs.values()) {
      bytes += shape.reduce((elements, size) => elements * size, elementBytes[dtype]);
    }
    return { tensors: this.specs.size + this.binding.getNumOfTensors(), bytes };
  }

  close(): void {
    this.native.close();
  }

  private assign(state: ReadonlyMap<string, HostTensor>): void {
    const names = Array.from(state.keys());
    const inputs = this.chosen(this.graph.write.inputs, names);
    for (const [name, value] of state) checkState(this.specs.get(name)!, value);
    const outputs = this.chosen(this.graph.write.outputs, names);
    this.native.run(prepareCall({ inputs, outputs }), Object.fromEntries(state));
  }

  private chosen(
    tensors: Record<string, SignatureTensor>,
    names: readonly string[],
  ): Record<string, SignatureTensor> {
    const unknown = names.find((name) => !this.specs.has(name));
    if (unknown !== undefined) throw new ExecutionError(`This step has no state '${unknown}'.`);
    return Object.fromEntries(names.map((name) => [name, tensors[name]!]));
  }
}
