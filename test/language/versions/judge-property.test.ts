import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SourceFile } from '../../../language/names/source-file';
import { judge, type Verdict } from '../../../language/versions/judge/judge';
import { pairs, shown } from './judge-pairs';

/** factor·name + offset; a number where there is no name. */
interface Size {
  name?: string;
  factor: number;
  offset: number;
}

interface Signature {
  inputs: { name: string; element: string; axes: Size[] }[];
  outputs: { name: string; element: string; axes: Size[] }[];
  /** The greatest size that `s` may have. */
  bound?: number;
}

const names = ['s', 't', 'u'];

const size = fc.record(
  {
    name: fc.constantFrom(...names),
    factor: fc.constantFrom(1, 1, 1, 2, 3),
    offset: fc.constantFrom(0, 0, 0, 1, 2),
  },
  { requiredKeys: ['factor', 'offset'] },
);

const element = fc.constantFrom('float32', 'float32', 'float32', 'int32');

/** Every name has an axis of its own in some input, so that outputs follow from inputs. */
const signature: fc.Arbitrary<Signature> = fc
  .record({
    first: fc.array(size, { maxLength: 2 }),
    second: fc.array(size, { minLength: 1, maxLength: 2 }),
    out: fc.array(size, { minLength: 1, maxLength: 2 }),
    element,
    bound: fc.option(fc.integer({ min: 2, max: 6 }), { nil: undefined, freq: 3 }),
  })
  .map(({ first, second, out, element: made, bound }) => {
    const alone = names.map((name) => ({ name, factor: 1, offset: 0 }));
    return {
      inputs: [
        { name: 'a', element: 'float32', axes: [...alone, ...first] },
        { name: 'b', element: 'float32', axes: second },
      ],
      outputs: [{ name: 'y', element: made, axes: out }],
      ...(bound === undefined ? {} : { bound }),
    };
  });

/** One thing is another: an axis of some port, its element type, the bound, or nothing. */
const mutated = (old: Signature): fc.Arbitrary<Signature> =>
  fc
    .record({ kind: fc.nat(7), place: fc.nat(9), size, element })
    .map(({ kind, place, size: other, element: type }) => {
      const next = structuredClone(old);
      const ports = [...next.inputs, ...next.outputs];
      const port = ports[place % ports.length]!;
      const at = place % Math.max(1, port.axes.length);
      const isFirst = port.name === 'a';
      if (kind <= 2 && !(isFirst && at < names.length)) port.axes[at] = other;
      else if (kind === 3) port.element = type;
      else if (kind === 4 && !isFirst) port.axes.push(other);
      else if (kind === 5) delete next.bound;
      else if (kind === 6) next.bound = 2 + (place % 5);
      return next;
    });

function textOf({ inputs, outputs, bound }: Signature, rename = (name: string) => name): string {
  const show = ({ name, factor, offset }: Size) =>
    name === undefined
      ? `${factor + offset}`
      : `${factor === 1 ? '' : `${factor}*`}${rename(name)}${offset ? ` + ${offset}` : ''}`;
  const lines = (ports: Signature['inputs']) =>
    ports.map(({ name, element: type, axes }) => `  ${name}: ${type}[${axes.map(show).join(', ')}]`);
  return [
    ...['kind: module', 'name: acme/any', 'version: 1.0.0', 'inputs:', ...lines(inputs)],
    ...['outputs:', ...lines(outputs), 'python: acme.any:Any'],
    ...(bound === undefined ? [] : [`where: ${rename('s')} <= ${bound}`]),
    '',
  ].join('\n');
}

function verdictOf(old: string, next: string): Verdict {
  const version = (text: string) => ({ source: new SourceFile('any.brique.yaml', text, 'workspace') });
  return judge(version(old), version(next), { sources: [] })!;
}

/** Whether some sizes that the old version takes are refused by the new one, or give another output: all are tried. */
function breaksSomebody(old: Signature, next: Signature): boolean {
  const value = ({ name, factor, offset }: Size, sizes: Record<string, number>) =>
    name === undefined ? factor + offset : factor * sizes[name]! + offset;
  const shape = (axes: Size[], sizes: Record<string, number>) =>
    axes.map((axis) => value(axis, sizes)).join();
  const elements = ({ inputs, outputs }: Signature) =>
    [...inputs, ...outputs].map((port) => port.element).join();
  if (elements(old) !== elements(next)) return true;
  for (let s = 1; s <= 8; s++) {
    for (let t = 1; t <= 8; t++) {
      for (let u = 1; u <= 8; u++) {
        // The first axes of the first input are the names themselves, so the new version's sizes are the same.
        const sizes = { s, t, u };
        if (old.bound !== undefined && s > old.bound) continue;
        if (next.bound !== undefined && s > next.bound) return true;
        for (const [before, after] of [
          [old.inputs, next.inputs],
          [old.outputs, next.outputs],
        ] as const)
          if (before.some(({ axes }, i) => shape(axes, sizes) !== shape(after[i]!.axes, sizes))) return true;
      }
    }
  }
  return false;
}

describe('the judge on any signature', () => {
  const twoVersions = signature.chain((old) => mutated(old).map((next) => [old, next] as const));

  it('finds a break exactly where trying all sizes finds one, and proves it', function () {
    this.timeout(120_000);
    const seen = { major: 0, other: 0 };
    fc.assert(
      fc.property(twoVersions, ([old, next]) => {
        const verdict = verdictOf(textOf(old), textOf(next));
        const breaks = breaksSomebody(old, next);
        seen[breaks ? 'major' : 'other'] += 1;
        const said = verdict.changes.filter(({ bump }) => bump === 'major');
        assert.equal(
          verdict.required === 'major',
          breaks,
          JSON.stringify(verdict.changes.map((c) => [c.rule, c.severity, c.message])),
        );
        for (const { witness, severity } of said) assert.equal(severity === 'error', witness !== undefined);
      }),
      { numRuns: 200, seed: 11 },
    );
    assert.ok(seen.major > 40 && seen.other > 40, JSON.stringify(seen));
  });

  it('never finds a break across two steps that break nobody', function () {
    this.timeout(120_000);
    const three = twoVersions.chain(([a, b]) => mutated(b).map((c) => [a, b, c] as const));
    let chains = 0;
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        const [first, second, third] = [a, b, c].map((each) => textOf(each));
        if (verdictOf(first!, second!).required === 'major') return;
        if (verdictOf(second!, third!).required === 'major') return;
        chains += 1;
        assert.notEqual(verdictOf(first!, third!).required, 'major');
      }),
      { numRuns: 120, seed: 5 },
    );
    assert.ok(chains > 10, String(chains));
  });

  it('says the same whatever sizes are called and in whatever order things stand', function () {
    this.timeout(120_000);
    const other = (name: string) => ({ s: 'rows', t: 's', u: 'v' })[name]!;
    // Another text is another text: what is said of that alone does not count.
    const told = ({ required, changes }: Verdict) => [
      required === 'patch' ? 'none' : required,
      ...changes
        .filter(({ rule }) => rule !== 'docs-changed' && rule !== 'released-content-changed')
        .map(({ rule, subject }) => `${rule} ${subject.kind}`),
    ];
    fc.assert(
      fc.property(twoVersions, ([old, next]) => {
        const plain = told(verdictOf(textOf(old), textOf(next)));
        assert.deepEqual(told(verdictOf(textOf(old, other), textOf(next))), plain);
        assert.deepEqual(told(verdictOf(textOf(old), textOf(next, other))), plain);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('says the same of every pair with its sections the other way round', () => {
    for (const { name, old, next } of pairs) {
      const turned = (text: string) =>
        `${text
          .split(/\n(?=\w)/)
          .reverse()
          .join('\n')}\n`.replace(/\n+$/, '\n');
      const plain = verdictOf(old, next);
      const sorted = (verdict: Verdict) => shown(verdict).split('\n').sort();
      assert.deepEqual(sorted(verdictOf(turned(old), turned(next))), sorted(plain), name);
    }
  });
});
