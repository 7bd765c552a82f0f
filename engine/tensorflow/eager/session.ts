import { ExecutionError } from '../../step/errors';
import type { HostTensor, Instruction, Program, ProgramName, Session, Step } from '../../step/program';
import { elements, isStatic, showShape } from '../../step/sizes';
import type { Heap, Tensor } from './heap';
import { type PreparedProgram, prepare } from './prepare';
import { applyUpdate } from './updates';

/** Sizes change with the longest row, and when the last batch is shorter. So many instructions are kept ready for them, */
const readyInstructions = 100_000;
/** and no fewer sets of sizes than this. */
const readySets = 16;

/** Runs the programs of a step on the WebAssembly heap. Deterministic: the same calls give the same bits. */
export class EagerSession implements Session {
  private readonly state = new Map<string, Tensor>();
  private readonly constants = new Map<Instruction, Tensor>();
  private readonly prepared = new Map<string, PreparedProgram>();
  private closed = false;

  constructor(
    private readonly heap: Heap,
    private readonly step: Step,
    initial: ReadonlyMap<string, HostTensor>,
  ) {
    for (const { name, dtype, shape } of step.state) {
      const value = initial.get(name);
      if (!value) throw new ExecutionError(`there is no initial value for '${name}'`);
      this.check(`state '${name}'`, value, dtype, shape);
      this.state.set(name, heap.upload(value));
    }
    for (const name of initial.keys()) this.stateOf(name);
  }

  async run(name: ProgramName, inputs: Record<string, HostTensor>): Promise<Record<string, HostTensor>> {
    const program = this.programOf(name);
    const sizes = this.sizesOf(program, inputs);
    const prepared = this.prepare(name, program, sizes);
    const tensors = new Array<Tensor>(program.instructions.length);
    const live = new Set<number>();
    try {
      for (const [id, instruction] of program.instructions.entries()) {
        if (instruction.op === 'state') tensors[id] = this.stateOf(instruction.name);
        else if (instruction.op === 'constant') tensors[id] = this.constantOf(instruction);
        else if (instruction.op === 'input') {
          tensors[id] = this.heap.upload(inputs[instruction.name]!);
          live.add(id);
        }
      }
      for (const { id, run, release } of prepared.steps) {
        tensors[id] = this.compute(program, id, () => run(tensors));
        live.add(id);
        for (const done of release) {
          this.heap.release(tensors[done]!);
          live.delete(done);
        }
      }
      const outputs = Object.entries(program.outputs).map(([output, id]): [string, HostTensor] => [
        output,
        this.heap.download(tensors[id]!),
      ]);
      for (const update of program.updates) {
        const context = {
          heap: this.heap,
          state: (state: string) => this.stateOf(state),
          tensor: (id: number) => tensors[id]!,
        };
        applyUpdate(update, context);
      }
      return Object.fromEntries(outputs);
    } finally {
      for (const id of live) this.heap.release(tensors[id]!);
    }
  }

  async read(names = [...this.state.keys()]): Promise<Map<string, HostTensor>> {
    return new Map(names.map((name) => [name, this.heap.download(this.stateOf(name))]));
  }

  async write(values: Map<string, HostTensor>): Promise<void> {
    for (const [name, value] of values) {
      const tensor = this.stateOf(name);
      this.check(`state '${name}'`, value, tensor.dtype, tensor.shape);
      this.heap.write(tensor, value.data);
    }
  }

  memory(): { tensors: number; bytes: number } {
    return this.heap.memory();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const tensor of [...this.state.values(), ...this.constants.values()]) this.heap.release(tensor);
  }

  private programOf(name: ProgramName): Program {
    if (this.closed) throw new ExecutionError('the session is closed');
    const program = this.step.programs[name];
    if (!program) throw new ExecutionError(`this step has no program '${name}'`);
    return program;
  }

  /** The sizes behind the names in the inputs' shapes. */
  private sizesOf(program: Program, inputs: Record<string, HostTensor>): Map<string, number> {
    const sizes = new Map<string, number>();
    for (const [name, { dtype, shape }] of Object.entries(program.inputs)) {
      const value = inputs[name];
      if (!value) throw new ExecutionError(`the input '${name}' is missing`);
      for (const [axis, size] of shape.entries()) {
        const actual = value.shape[axis];
        if (typeof size === 'string' && actual !== undefined && !sizes.has(size)) sizes.set(size, actual);
      }
      const expected = shape.map((size) => (typeof size === 'number' ? size : (sizes.get(size) ?? size)));
      this.check(`input '${name}'`, value, dtype, expected);
    }
    return sizes;
  }

  private check(what: string, value: HostTensor, dtype: string, shape: (number | string)[]): void {
    const fits = isStatic(shape) && shape.every((size, axis) => size === value.shape[axis]);
    const rankFits = value.shape.length === shape.length;
    if (value.dtype !== dtype || !fits || !rankFits || value.data.length !== elements(value.shape)) {
      throw new ExecutionError(
        `${what} must be ${dtype}${showShape(shape)}, not ${value.dtype}${showShape(value.shape)} of ${value.data.length} elements`,
      );
    }
  }

  private prepare(name: ProgramName, program: Program, sizes: ReadonlyMap<string, number>): PreparedProgram {
    const key = `${name} ${[...sizes].join(' ')}`;
    const prepared = this.prepared.get(key) ?? prepare(this.heap, program, sizes);
    // The one that was used last stands last.
    this.prepared.delete(key);
    this.prepared.set(key, prepared);
    const most = Math.max(readySets, Math.floor(readyInstructions / program.instructions.length));
    if (this.prepared.size > most) this.prepared.delete(this.prepared.keys().next().value!);
    return prepared;
  }

  private compute(program: Program, id: number, run: () => Tensor): Tensor {
    try {
      return run();
    } catch (cause) {
      const { op, from } = program.instructions[id]!;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ExecutionError(`${op}: ${reason}`, id, from, { cause });
    }
  }

  private stateOf(name: string): Tensor {
    const tensor = this.state.get(name);
    if (!tensor) throw new ExecutionError(`there is no state '${name}'`);
    return tensor;
  }

  private constantOf(instruction: Extract<Instruction, { op: 'constant' }>): Tensor {
    const known = this.constants.get(instruction);
    if (known) return known;
    const { value, dtype, shape } = instruction;
    if (!isStatic(shape)) throw new ExecutionError('a constant has a fixed shape');
    const tensor =
      typeof value === 'number'
        ? this.heap.fill(value, shape, dtype)
        : this.heap.upload({ dtype, shape, data: value });
    this.constants.set(instruction, tensor);
    return tensor;
  }
}
