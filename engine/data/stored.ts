/** Tensors that lie in a file: made portion by portion, and read row by row, so that memory need not hold them. */
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { HostTensor } from '../step/program';
import { headerBytes, layoutOf, readHeader, readSafetensors, type TensorSpec } from './safetensors';

/** Bytes of one row of a tensor [rows, …]. */
export function rowBytes({ dtype, shape }: TensorSpec): number {
  return shape.slice(1).reduce((product, size) => product * size, dtype === 'bool' ? 1 : 4);
}

/** The tensors of a safetensors file: in memory if it has at most `memory` bytes, else where they lie. */
export function openTensors(path: string, memory: number): Map<string, HostTensor> {
  const { size } = statSync(path);
  if (size <= memory) return readSafetensors(readFileSync(path), path).tensors;
  const file = new OpenFile(path);
  const start = new Uint8Array(8);
  file.read(start, 0);
  const head = new Uint8Array(headerBytes(start, size));
  file.read(head, 0);
  const { tensors } = readHeader(head, size, path);
  return new Map([...tensors].map(([name, spec]) => [name, new StoredTensor(file, spec, spec.offset)]));
}

/** A tensor [rows, …] in a file. `data` reads all of it; batches take `gather`. */
export class StoredTensor implements HostTensor {
  readonly dtype: HostTensor['dtype'];
  readonly shape: number[];
  readonly #file: OpenFile;
  readonly #offset: number;

  constructor(file: OpenFile, { dtype, shape }: TensorSpec, offset: number) {
    this.dtype = dtype;
    this.shape = shape;
    this.#file = file;
    this.#offset = offset;
  }

  get data(): HostTensor['data'] {
    return this.gather(Int32Array.from({ length: this.shape[0] ?? 0 }, (_, row) => row)).data;
  }

  /** The rows at `rows`, in that order; neighbours are read together. */
  gather(rows: ArrayLike<number>): HostTensor {
    const width = rowBytes(this);
    const bytes = new Uint8Array(rows.length * width);
    for (let from = 0; from < rows.length; ) {
      let to = from + 1;
      while (to < rows.length && rows[to] === rows[to - 1]! + 1) to += 1;
      this.#file.read(bytes.subarray(from * width, to * width), this.#offset + rows[from]! * width);
      from = to;
    }
    return {
      dtype: this.dtype,
      shape: [rows.length, ...this.shape.slice(1)],
      data: viewOf(this.dtype, bytes),
    };
  }
}

function viewOf(dtype: HostTensor['dtype'], bytes: Uint8Array<ArrayBuffer>): HostTensor['data'] {
  if (dtype === 'float32') return new Float32Array(bytes.buffer);
  return dtype === 'int32' ? new Int32Array(bytes.buffer) : bytes;
}

/** Opened when it is first read, for as long as the process lives. */
export class OpenFile {
  #descriptor: number | undefined;

  constructor(readonly path: string) {}

  read(into: Uint8Array, position: number): void {
    this.#descriptor ??= openSync(this.path, 'r');
    for (let done = 0; done < into.length; ) {
      const count = readSync(this.#descriptor, into, done, into.length - done, position + done);
      if (count === 0) throw new Error(`${this.path} is cut off`);
      done += count;
    }
  }
}

/** Takes tensors [rows, …] of known shapes, some rows at a time. */
export interface Target {
  /** Puts rows from `row` on. */
  write(name: string, row: number, tensor: HostTensor): void;
  finish(): Record<string, HostTensor>;
  discard(): void;
}

export class MemoryTarget implements Target {
  readonly #tensors: Record<string, HostTensor>;

  constructor(specs: Record<string, TensorSpec>) {
    this.#tensors = Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => {
        const bytes = new Uint8Array((spec.shape[0] ?? 0) * rowBytes(spec));
        return [name, { ...spec, data: viewOf(spec.dtype, bytes) }];
      }),
    );
  }

  write(name: string, row: number, { data, shape }: HostTensor): void {
    this.#tensors[name]!.data.set(data, (row * data.length) / (shape[0] || 1));
  }

  finish(): Record<string, HostTensor> {
    return this.#tensors;
  }

  discard(): void {}
}

/** A safetensors file, written in any order; it gets its name when it is complete. */
export class TensorWriter implements Target {
  readonly #temporary: string;
  readonly #descriptor: number;
  readonly #specs: Record<string, TensorSpec>;
  readonly #offsets: Map<string, number>;

  constructor(
    readonly path: string,
    specs: Record<string, TensorSpec>,
  ) {
    this.#temporary = `${path}.${process.pid}`;
    this.#descriptor = openSync(this.#temporary, 'w');
    this.#specs = specs;
    const { head, offsets } = layoutOf(Object.entries(specs));
    this.#offsets = offsets;
    this.#put(head, 0);
  }

  write(name: string, row: number, tensor: HostTensor): void {
    const { data } = tensor;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#put(bytes, this.#offsets.get(name)! + row * rowBytes(tensor));
  }

  /** The tensors of the finished file. */
  finish(): Record<string, HostTensor> {
    closeSync(this.#descriptor);
    renameSync(this.#temporary, this.path);
    const file = new OpenFile(this.path);
    return Object.fromEntries(
      Object.entries(this.#specs).map(([name, spec]) => [
        name,
        new StoredTensor(file, spec, this.#offsets.get(name)!),
      ]),
    );
  }

  discard(): void {
    closeSync(this.#descriptor);
    rmSync(this.#temporary, { force: true });
  }

  #put(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#descriptor, bytes, done, bytes.length - done, position + done);
  }
}
