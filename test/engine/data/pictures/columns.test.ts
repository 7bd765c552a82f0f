import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode as encodePng } from 'fast-png';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { encode as encodeJpeg } from 'jpeg-js';
import { prepareData } from '../../../../engine/data/prepared';
import { EngineFailure } from '../../../../engine/failure';
import type { Plan, PlanColumn, PlanData, PlanNode } from '../../../../language/plan/format';
import { CLASS, column, dataset, planOf, temporaryFolder, wordIdsNode, writeReviews } from '../fixture';

const root = temporaryFolder();

const png = (height: number, width: number, value: number): Uint8Array =>
  encodePng({ width, height, channels: 3, data: new Uint8Array(height * width * 3).fill(value) });

const photo = (height: number | string = 'height', width: number | string = 'width'): PlanColumn =>
  column('photo', 'image', { value: { dtype: 'uint8', shape: ['batch', height, width, 3] } });

const resize: PlanNode = {
  ...wordIdsNode(),
  id: 'eye/small',
  part: 'eye',
  op: 'resize_image',
  inputs: { in: 'reviews.photo' },
  attributes: { height: 4, width: 4, fit: 'stretch' },
  outputs: { out: { dtype: 'uint8', shape: ['batch', 4, 4, 3] } },
};

const scale: PlanNode = {
  ...resize,
  id: 'eye/scaled',
  op: 'scale_image',
  inputs: { in: 'eye/small.out' },
  attributes: { mean: [0], deviation: [1] },
  outputs: { out: { dtype: 'float32', shape: ['batch', 4, 4, 3] } },
};

function setup(
  prepare: PlanNode[],
  column: PlanColumn,
  more: Partial<PlanData> = {},
): { plan: Plan; data: PlanData } {
  const data = dataset(root(), { columns: [column, CLASS], splits: undefined, ...more });
  const read = prepare.length > 0 ? `${prepare.at(-1)!.id}.out` : 'reviews.photo';
  const plan = planOf([data], { prepare });
  return { plan: { ...plan, graph: [{ ...plan.graph[0]!, inputs: { in: read } }] }, data };
}

async function prepared({ plan, data }: ReturnType<typeof setup>) {
  return prepareData(plan, data, { root: root() });
}

async function failureOf(given: ReturnType<typeof setup>) {
  try {
    await prepared(given);
  } catch (error) {
    assert(error instanceof EngineFailure, String(error));
    return error.failure;
  }
  return assert.fail('nothing failed');
}

describe('picture columns', () => {
  const scaled = () => setup([resize, scale], photo());

  it('read files of any size, base64, addresses, pixels and what Hugging Face calls an image', async () => {
    mkdirSync(join(root(), 'photos'));
    writeFileSync(join(root(), 'photos', 'a.png'), png(6, 9, 51));
    const jpeg = encodeJpeg({ width: 16, height: 16, data: new Uint8Array(1024).fill(255) }).data;
    writeFileSync(join(root(), 'photos', 'b.jpg'), jpeg);
    const base64 = Buffer.from(png(3, 3, 102)).toString('base64');
    const grey = Array.from({ length: 2 }, () => [153, 153]);
    writeReviews(root(), [
      { photo: 'photos/a.png', class: 0 },
      { photo: 'photos/b.jpg', class: 1 },
      { photo: base64, class: 0 },
      { photo: `data:image/png;base64,${base64}`, class: 1 },
      { photo: grey, class: 1 },
      { photo: { bytes: null, path: 'photos/a.png' }, class: 1 },
    ]);
    const { splits } = await prepared(scaled());
    const { shape, data } = splits.train!.tensors['eye/scaled.out']!;
    assert.deepEqual(shape, [6, 4, 4, 3]);
    const means = Array.from({ length: 6 }, (_, i) => data[i * 48]!);
    assert.deepEqual(
      means.map((mean) => Math.round(mean * 5)),
      [1, 5, 2, 2, 3, 1],
    );
  });

  it('read bytes from parquet', async () => {
    const bytes = [png(4, 4, 0), png(4, 4, 255)];
    const content = parquetWriteBuffer({
      columnData: [
        { name: 'photo', data: bytes, type: 'BYTE_ARRAY' },
        { name: 'class', data: [0, 1], type: 'INT32' },
      ],
    });
    writeFileSync(join(root(), 'a.parquet'), new Uint8Array(content));
    const { splits } = await prepared(setup([], photo(4, 4), { files: { all: ['a.parquet'] } }));
    const { data } = splits.train!.tensors['reviews.photo']!;
    assert.deepEqual([data[0], data[48]], [0, 255]);
  });

  it('come from the cache until a picture changes', async () => {
    writeFileSync(join(root(), 'a.png'), png(5, 5, 51));
    writeReviews(root(), [{ photo: 'a.png', class: 0 }]);
    const first = await prepared(scaled());
    const second = await prepared(scaled());
    assert.deepEqual([first.cached, second.cached], [false, true]);
    assert.deepEqual(second.splits, first.splits);
    writeFileSync(join(root(), 'a.png'), png(5, 5, 255));
    const third = await prepared(scaled());
    assert.equal(third.cached, false);
    assert.equal(third.splits.train!.tensors['eye/scaled.out']!.data[0], 1);
  });

  it('put pictures of the same content into the same split, whatever they are called', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      writeFileSync(join(root(), `${i}.png`), png(2, 2, (i % 30) * 8));
      return { photo: `${i}.png`, class: 0 };
    });
    writeReviews(root(), rows);
    const splits = { train: 0.5, test: 0.5 };
    const { splits: made } = await prepared(setup([], photo(2, 2), { splits }));
    const seen = (name: string) => {
      const { data } = made[name]!.tensors['reviews.photo']!;
      return new Set(Array.from({ length: made[name]!.rows }, (_, i) => data[i * 12]!));
    };
    const [train, test] = [seen('train'), seen('test')];
    assert.equal(train.size + test.size, 30);
  });

  const faults: [string, unknown, string, RegExp][] = [
    [
      'a file that is not there',
      'no.png',
      'data-contract',
      /row 2: column photo names the picture "no.png", which is not there/,
    ],
    ['a file outside the folder', '../outside.png', 'data-contract', /leads out of/],
    ['a link that leads out', 'link.png', 'data-contract', /leads out of/],
    [
      'a file that is no picture',
      'text.png',
      'data-picture',
      /row 2: column photo: the picture text.png cannot be read as a picture: it is neither PNG nor JPEG/,
    ],
    [
      'a picture that is cut off',
      'cut.png',
      'data-picture',
      /row 2: column photo: the picture cut.png cannot be read/,
    ],
    ['nothing at all', null, 'data-contract', /row 2: column photo has no picture/],
    ['a number', 7, 'data-contract', /holds 7, which is neither the path of a picture nor its bytes/],
    ['uneven pixels', [[1, 2], [3]], 'data-picture', /holds no pixels/],
    ['a pixel that is none', [[0, 0.5]], 'data-picture', /holds the pixel 0\.5/],
  ];
  for (const [what, value, code, message] of faults) {
    it(`name ${what}, and its row`, async () => {
      const outer = root();
      mkdirSync(join(outer, 'inner'));
      writeFileSync(join(outer, 'outside.png'), png(2, 2, 0));
      const inner = join(outer, 'inner');
      symlinkSync(join(outer, 'outside.png'), join(inner, 'link.png'));
      writeFileSync(join(inner, 'good.png'), png(2, 2, 0));
      writeFileSync(join(inner, 'text.png'), 'not a picture at all');
      writeFileSync(join(inner, 'cut.png'), png(64, 64, 9).subarray(0, 50));
      writeReviews(inner, [
        { photo: 'good.png', class: 0 },
        { photo: value, class: 1 },
      ]);
      const { plan, data } = scaled();
      const failure = await failureOf({ plan, data: { ...data, file: join(inner, 'reviews.brique.yaml') } });
      assert.equal(failure.code, code);
      assert.match(failure.message, message);
      assert.deepEqual([failure.file, failure.line], ['reviews.brique.yaml', 7]);
    });
  }

  it('of another size than the contract says, or of several where one is needed, are faults', async () => {
    writeFileSync(join(root(), 'a.png'), png(5, 6, 0));
    writeFileSync(join(root(), 'b.png'), png(6, 6, 0));
    writeReviews(root(), [
      { photo: 'a.png', class: 0 },
      { photo: 'b.png', class: 0 },
    ]);
    const other = await failureOf(setup([], photo(5, 6)));
    assert.match(other.message, /row 2: .* b\.png is 6 by 6 pixels, not 5 by 6 as its contract says/);
    const several = await failureOf(setup([], photo()));
    assert.match(several.message, /5 by 6 and of 6 by 6 pixels cannot share a tensor/);
  });
});
