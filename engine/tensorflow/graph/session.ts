import { ExecutionError } from '../../step/errors';
import type { HostTensor, ProgramName, Session, StateSpec, Step } from '../../step/program';
import type { NativeBinding } from '../runtime';
import { emitStep, type StepGraph } from './emit/step';
import { describeFailure } from './failure';
import { checkInputs, checkState } from './feeds';
import { NativeGraph } from './native-graph';
import { elementBytes } from './protobuf/attributes';

/** Native calls block; after this many milliseconds of them, other work of the process gets its turn. */
const breath = 10;

/** One step loaded into TensorFlow, with its state as variables there. */
export class GraphSession implements Session {
  private readonly graph: StepGraph;
  private readonly native: NativeGraph;
  private readonly specs: ReadonlyMap<string, StateSpec>;
  private lastBreath = performance.now();

  constructor(
    binding: NativeBinding,
    private readonly step: Step,
    state: ReadonlyMap<string, HostTensor>,
  ) {
    this.specs = new Map(step.state.map((spec) => [spec.name, spec]));
    const missing = step.state.find(({ name }) => !state.has(name));
    if (missing) throw new ExecutionError(`The state '${missing.name}' was given no first value.`);
    this.graph = emitStep(step);
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
    const signature = this.graph.programs.get(name);
    if (!program || !signature) throw new ExecutionError(`This step has no program '${name}'.`);
    checkInputs(name, program, inputs);
    try {
      const results = this.native.run(signature.inputs, inputs, signature.outputs);
      return Object.fromEntries(Object.keys(program.outputs).map((output) => [output, results[output]!]));
    } catch (error) {
      throw describeFailure(error, name, program);
    }
  }

  async read(names: string[] = Array.from(this.specs.keys())): Promise<Map<string, HostTensor>> {
    const outputs = Object.fromEntries(
      names.map((name) => [name, this.known(name, this.graph.read.outputs)]),
    );
    const values = this.native.run({}, {}, outputs);
    return new Map(names.map((name) => [name, values[name]!]));
  }

  async write(state: ReadonlyMap<string, HostTensor>): Promise<void> {
    this.assign(state);
  }

  memory(): { tensors: number; bytes: number } {
    let bytes = this.native.liveBytes;
    for (const { shape, dtype } of this.specs.values()) {
      bytes += shape.reduce((elements, size) => elements * size, elementBytes[dtype]);
    }
    return { tensors: this.specs.size + this.native.liveTensors, bytes };
  }

  close(): void {
    this.native.close();
  }

  private assign(state: ReadonlyMap<string, HostTensor>): void {
    const { inputs, outputs } = this.graph.write;
    const feeds = Object.fromEntries(Array.from(state.keys(), (name) => [name, this.known(name, inputs)]));
    for (const [name, value] of state) checkState(this.specs.get(name)!, value);
    const written = Object.fromEntries(Array.from(state.keys(), (name) => [name, outputs[name]!]));
    this.native.run(feeds, Object.fromEntries(state), written);
  }

  private known<T>(name: string, table: Record<string, T>): T {
    const found = table[name];
    if (found === undefined) throw new ExecutionError(`This step has no state '${name}'.`);
    return found;
  }
}
