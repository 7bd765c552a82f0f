/** Registries and bricks to test with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Publication, publish } from '../../../registry/published/publish';

/** A folder of its own for each test. */
export function temporaryFolder(): { path(): string } {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'brique-registry-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return { path: () => folder };
}

/** A safetensors file of float32 tensors that count up. */
export function safetensors(shapes: Record<string, number[]>): Buffer {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    const bytes = 4 * shape.reduce((product, size) => product * size, 1);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + bytes] };
    end += bytes;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.byteLength));
  const data = new Float32Array(end / 4).map((_, index) => index);
  return Buffer.concat([length, text, Buffer.from(data.buffer)]);
}

export function brick(name: string, version: string, more = ''): string {
  return `kind: module
name: ${name}
version: ${version}
params:
  hidden: { type: int, default: 8 }
inputs:
  x: float32[batch, 4]
outputs:
  y: float32[batch, hidden]
graph:
  y: { op: dense, in: x, units: $hidden }
${more}`;
}

export const WEIGHTS = safetensors({ 'y/kernel': [4, 8], 'y/bias': [8] });

/** A brick with weights and a tokenizer. */
export function encoder(name = 'encoder', version = '1.0.0'): Publication {
  return {
    manifest: brick(name, version, 'weights: weights.safetensors\n'),
    files: {
      'weights.safetensors': WEIGHTS,
      'text/tokenizer.json': Buffer.from('{"model":{"vocab":{"a":0}}}'),
    },
  };
}

export async function publishAll(folder: string, ...all: [string, string, string?][]): Promise<void> {
  for (const [name, version, more] of all)
    await publish(folder, { manifest: brick(name, version, more), files: {} });
}
