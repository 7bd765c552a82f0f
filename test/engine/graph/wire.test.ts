import { strict as assert } from 'node:assert';
import protobuf from 'protobufjs';
import * as wire from '../../../engine/tensorflow/graph/protobuf/wire';

const proto = `syntax = "proto3";
message Inner { string name = 1; }
message Outer {
  int64 whole = 1;
  bool flag = 2;
  float real = 3;
  bytes raw = 4;
  string text = 5;
  repeated int64 many = 6;
  map<string, Inner> named = 20;
}`;

describe('graph: protocol buffers', () => {
  it('are read back by protobufjs', () => {
    const encoded = wire.join([
      wire.integer(1, -1),
      wire.integer(2, true),
      wire.float(3, 0.1),
      wire.bytes(4, Uint8Array.of(0, 255)),
      wire.string(5, 'größe'),
      wire.integers(6, [0, 127, 128, -5, 2 ** 40]),
      wire.entry(20, 'key', wire.string(1, 'x'.repeat(300))),
    ]);
    const type = protobuf.parse(proto).root.lookupType('Outer');
    const decoded = type.toObject(type.decode(encoded), { longs: Number, bytes: Array });
    assert.deepEqual(decoded, {
      whole: -1,
      flag: true,
      real: Math.fround(0.1),
      raw: [0, 255],
      text: 'größe',
      many: [0, 127, 128, -5, 2 ** 40],
      named: { key: { name: 'x'.repeat(300) } },
    });
  });
});
