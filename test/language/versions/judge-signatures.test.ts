import assert from 'node:assert/strict';
import { judged } from './judge-pairs';

/** `inputs -> outputs where conditions`, of a brick in code. */
function brick(signature: string, version: string): string {
  const [ports, where] = signature.split(' where ');
  const [inputs, outputs] = ports!.split(' -> ').map((side) => side.split('; ').map((port) => `  ${port}`));
  return [
    ...['kind: module', 'name: acme/any', `version: ${version}`],
    ...['inputs:', ...inputs!, 'outputs:', ...outputs!, 'python: acme.any:Any'],
    ...(where === undefined ? [] : [`where: [${where}]`]),
    '',
  ].join('\n');
}

describe('signatures that break somebody, and signatures that only look so', () => {
  const changes: [old: string, next: string, bump: string][] = [
    ['x: float32[...a, s, d] -> y: float32[...a, s]', 'x: float32[...b, d] -> y: float32[...b]', 'minor'],
    ['x: float32[...b, d] -> y: float32[...b]', 'x: float32[...a, s, d] -> y: float32[...a, s]', 'major'],
    ['x: float[b]; z: float[b] -> y: float[b]', 'x: float[b]; z: float[b] -> y: float32[b]', 'major'],
    ['x: float[b] -> y: float32[b]', 'x: num[b] -> y: float32[b]', 'minor'],
    ['x: float[b] -> y: float32[b]', 'x: float32|float16[b] -> y: float32[b]', 'major'],
    ['x: float32[b, 4] -> y: float32[b]', 'x: float32[b, s?, 4] -> y: float32[b]', 'minor'],
    ['x: float32[b, _] -> y: float32[b]', 'x: float32[b, d] -> y: float32[b]', 'none'],
    ['x: float32[b, 2*s] -> y: float32[b, s]', 'x: float32[b, n] -> y: float32[b, n//2]', 'minor'],
    ['x: float32[b, n] -> y: float32[b, n//2]', 'x: float32[b, 2*s] -> y: float32[b, s]', 'major'],
    ['x: float32[b, w=64] -> y: float32[b, w]', 'x: float32[b, 64] -> y: float32[b, 64]', 'none'],
    ['x: float32[b, w=64] -> y: float32[b, w]', 'x: float32[b, w] -> y: float32[b, w]', 'minor'],
    ['x: float32[b, w] -> y: float32[b, w]', 'x: float32[b, w=64] -> y: float32[b, w]', 'major'],
    [
      'x: float32[b, d] -> y: float32[b, d] where d % 4 == 0, d % 3 == 0',
      'x: float32[b, d] -> y: float32[b, d] where d % 12 == 0',
      'none',
    ],
    ['x: float32[b, d] -> y: float32[b, d]', 'x: float32[b, d] -> y: float32[b, d] where d != 7', 'major'],
    [
      'x: float32[b, d]; z: float32[b, e] -> y: float32[b]',
      'x: float32[b, d]; z: float32[b, e] -> y: float32[b] where d <= e',
      'major',
    ],
    [
      'x: float32[b, d] -> y: float32[b, d] where d <= 100',
      'x: float32[b, d] -> y: float32[b, d] where d <= 100, d <= 200',
      'none',
    ],
    ['x: float32[b, d] -> y: float32[b, d]', 'x: float32[b, d] -> y: float32[b, _]', 'major'],
    ['x: float32[b, d] -> y: float32[b, _]', 'x: float32[b, d] -> y: float32[b, d]', 'minor'],
    ['x: float32[b, _] -> y: float32[b, _]', 'x: float32[b, d] -> y: float32[b, _]', 'none'],
    ['x: float32[b] -> y: float32[b]', 'x: float32[b] -> y: float32[...]', 'major'],
    ['x: float32[b] -> y: float32[b]', 'x: float32[b] -> y: float[b]', 'major'],
    ['x: float32[b, 2*d] -> y: float32[b, d]', 'x: float32[b, n] -> y: float32[b, h] where n == 2*h', 'none'],
    ['x: float32[b] -> y: int32[b]', 'x: float32[b] -> y: int64[b]', 'major'],
    ['x: int32[b] -> y: float32[b]', 'x: int64[b] -> y: float32[b]', 'minor'],
    ['x: float32[b] -> y: float32[]', 'x: float32[b] -> y: float32[1]', 'major'],
    ['x: float32[b, h, w] -> y: float32[b, h*w]', 'x: float32[b, w, h] -> y: float32[b, w*h]', 'none'],
    ['x: float32[b, h, w] -> y: float32[b, h*w]', 'x: float32[b, h, w] -> y: float32[b, h*h]', 'major'],
    ['x: float32[b, d] -> y: float32[b, d - d % 8]', 'x: float32[b, d] -> y: float32[b, 8*(d//8)]', 'none'],
    ['x: float32[b, d] -> y: float32[b, (d+1)//2]', 'x: float32[b, d] -> y: float32[b, d//2]', 'major'],
    [
      'a: float32[b, s]; c: float32[b, t] -> y: float32[b, s]',
      'c: float32[b, s]; a: float32[b, t] -> y: float32[b, t]',
      'none',
    ],
    [
      'a: float32[b, s]; c: float32[b, t] -> y: float32[b, s]',
      'a: float32[b, s]; c: float32[b, t] -> y: float32[b, t]',
      'major',
    ],
  ];
  for (const [old, next, bump] of changes) {
    it(`${old} → ${next}: ${bump}`, () => {
      const { surfaces, changes: found } = judged(brick(old, '1.0.0'), brick(next, '2.0.0'));
      assert.equal(surfaces.call, bump, found.map(({ message }) => message).join('\n'));
    });
  }
});
