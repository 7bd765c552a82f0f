import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExecutionError } from '../../step/errors';
import type { ElementType, HostTensor } from '../../step/program';
import type { NativeBinding, NativeTensor } from '../runtime';
import { dataTypes } from './protobuf/attributes';
import type { Signature, SignatureTensor } from './protobuf/saved-model';

/** A signature as the addon wants it, made once. */
export interface Call {
  inputs: readonly string[];
  outputs: readonly [name: string, dtype: ElementType][];
  /** TensorFlow's own notation: `node:output`, separated by commas. */
  feeds: string;
  fetches: string;
}

export function prepareCall({ inputs, outputs }: Signature): Call {
  const listed = (tensors: Record<string, SignatureTensor>) =>
    Object.values(tensors)
      .map(({ tensor }) => tensor)
      .join();
  return {
    inputs: Object.keys(inputs),
    outputs: Object.entries(outputs).map(([name, { dtype }]) => [name, dtype as ElementType]),
    feeds: listed(inputs),
    fetches: listed(outputs),
  };
}

/** A graph inside TensorFlow: feeds in, one native call, copies of the fetched tensors out. */
export class NativeGraph {
  private model: number | undefined;

  constructor(
    private readonly binding: NativeBinding,
    savedModel: Uint8Array,
  ) {
    this.model = load(binding, savedModel);
  }

  run(call: Call, values: Readonly<Record<string, HostTensor>>): Record<string, HostTensor> {
    if (this.model === undefined) throw new ExecutionError('This session has been closed.');
    const results: Record<string, HostTensor> = {};
    if (call.outputs.length === 0) return results;
    const fed: number[] = [];
    let fetched: NativeTensor[] = [];
    try {
      for (const name of call.inputs) {
        const { shape, dtype, data } = values[name]!;
        fed.push(this.binding.createTensor(shape, dataTypes[dtype], data));
      }
      fetched = this.binding.runSavedModel(this.model, fed, call.feeds, call.fetches);
      for (const [i, [name, dtype]] of call.outputs.entries()) {
        const { id, shape } = fetched[i]!;
        results[name] = { dtype, shape, data: this.binding.tensorDataSync(id) };
      }
      return results;
    } finally {
      for (const id of fed) this.binding.deleteTensor(id);
      for (const { id } of fetched) this.binding.deleteTensor(id);
    }
  }

  close(): void {
    if (this.model === undefined) return;
    this.binding.deleteSavedModel(this.model);
    this.model = undefined;
  }
}

/** TensorFlow reads graphs from folders only, and needs the folder only while it reads. */
function load(binding: NativeBinding, savedModel: Uint8Array): number {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'brique-step-'));
    writeFileSync(join(folder, 'saved_model.pb'), savedModel);
    return binding.loadSavedModel(folder, 'serve');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The step could not be loaded into TensorFlow: ${reason}`;
    throw new ExecutionError(message, undefined, undefined, { cause });
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}
