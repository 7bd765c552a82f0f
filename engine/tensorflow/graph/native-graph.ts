import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExecutionError } from '../../step/errors';
import type { ElementType, HostTensor } from '../../step/program';
import type { NativeBinding, NativeTensor } from '../runtime';
import { dataTypes, elementBytes } from './protobuf/attributes';
import type { SignatureTensor } from './protobuf/saved-model';

type Tensors = Record<string, SignatureTensor>;

/** A graph inside TensorFlow: feeds in, one native call, copies of the fetched tensors out. */
export class NativeGraph {
  private model: number | undefined;
  liveTensors = 0;
  liveBytes = 0;

  constructor(
    private readonly binding: NativeBinding,
    savedModel: Uint8Array,
  ) {
    this.model = load(binding, savedModel);
  }

  /** `values` and the result go by the same names as `feeds` and `fetches`. */
  run(feeds: Tensors, values: Record<string, HostTensor>, fetches: Tensors): Record<string, HostTensor> {
    if (this.model === undefined) throw new ExecutionError('This session has been closed.');
    const names = Object.keys(fetches);
    if (names.length === 0) return {};
    const fed: HostTensor[] = [];
    const ids: number[] = [];
    let fetched: NativeTensor[] = [];
    try {
      for (const name of Object.keys(feeds)) {
        const value = values[name]!;
        ids.push(this.binding.createTensor(value.shape, dataTypes[value.dtype], value.data));
        fed.push(value);
      }
      this.count(fed, 1);
      fetched = this.binding.runSavedModel(this.model, ids, listed(feeds), listed(fetches));
      return Object.fromEntries(
        fetched.map((tensor, i) => [names[i]!, this.copy(tensor, fetches[names[i]!]!)]),
      );
    } finally {
      for (const id of ids) this.binding.deleteTensor(id);
      for (const { id } of fetched) this.binding.deleteTensor(id);
      this.count(fed, -1);
    }
  }

  close(): void {
    if (this.model === undefined) return;
    this.binding.deleteSavedModel(this.model);
    this.model = undefined;
  }

  private copy({ id, shape }: NativeTensor, { dtype }: SignatureTensor): HostTensor {
    return { dtype: dtype as ElementType, shape, data: this.binding.tensorDataSync(id) };
  }

  private count(tensors: readonly HostTensor[], sign: 1 | -1): void {
    this.liveTensors += sign * tensors.length;
    for (const { dtype, data } of tensors) this.liveBytes += sign * data.length * elementBytes[dtype];
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
    throw new ExecutionError(
      `The step could not be loaded into TensorFlow: ${reason}`,
      undefined,
      undefined,
      {
        cause,
      },
    );
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

/** TensorFlow's own notation: `node:output`, separated by commas. */
const listed = (tensors: Tensors): string =>
  Object.values(tensors)
    .map(({ tensor }) => tensor)
    .join();
