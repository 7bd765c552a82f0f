import { strict as assert } from 'node:assert';
import { labelsFor } from '../../bench/reuse/labels';
import { estimate, lineThrough, studentT } from '../../bench/statistics';

/** Norris, J., NIST: calibration of ozone monitors, as [x, y] (NIST StRD, Linear Regression, "Norris"). */
const NORRIS: [number, number][] = [
  ...([
    [0.2, 0.1],
    [337.4, 338.8],
    [118.2, 118.1],
    [884.6, 888.0],
    [10.1, 9.2],
    [226.5, 228.1],
  ] as [number, number][]),
  ...([
    [666.3, 668.5],
    [996.3, 998.5],
    [448.6, 449.1],
    [777.0, 778.9],
    [558.2, 559.2],
  ] as [number, number][]),
  ...([
    [0.4, 0.3],
    [0.6, 0.1],
    [775.5, 778.1],
    [666.9, 668.8],
    [338.0, 339.3],
    [447.5, 448.9],
  ] as [number, number][]),
  ...([
    [11.6, 10.8],
    [556.0, 557.7],
    [228.1, 228.3],
    [995.8, 998.0],
    [887.6, 888.8],
  ] as [number, number][]),
  ...([
    [120.2, 119.6],
    [0.3, 0.3],
    [0.3, 0.6],
    [556.8, 557.6],
    [339.1, 339.3],
    [887.2, 888.0],
  ] as [number, number][]),
  ...([
    [999.0, 998.5],
    [779.0, 778.9],
    [11.1, 10.2],
    [118.3, 117.6],
    [229.2, 228.9],
  ] as [number, number][]),
  ...([
    [669.1, 668.4],
    [448.9, 449.2],
    [0.5, 0.2],
  ] as [number, number][]),
];

const near = (value: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${value}, not ${expected}`);

describe('the statistics of the benches', () => {
  it('fits the certified line of the Norris data', () => {
    const { slope, standardError } = lineThrough(NORRIS);
    near(slope, 1.00211681802045, 1e-12);
    near(standardError, 0.429796848199937e-3, 1e-13);
  });

  it('knows Student’s t as it is published, also beyond its table', () => {
    // NIST/SEMATECH e-Handbook, 1.3.6.7.2.
    for (const [freedom, published] of [
      [1, 12.706],
      [4, 2.776],
      [14, 2.145],
      [15, 2.131],
      [20, 2.086],
      [30, 2.042],
      [60, 2.0],
      [100, 1.984],
    ] as const) {
      near(studentT(freedom), published, 6e-4);
    }
  });

  it('gives the interval that Student gave for Cushny and Peebles’ sleep data', () => {
    // Student (1908), The Probable Error of a Mean: hours gained by ten patients. R's t.test gives -2.4598858 … -0.7001142.
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { mean, margin } = estimate(first.map((value, i) => value - second[i]!));
    near(mean, -1.58, 1e-12);
    near(mean - margin, -2.4598858, 2e-4);
    near(mean + margin, -0.7001142, 2e-4);
  });

  it('needs enough values', () => {
    assert.throws(() => estimate([1]), /no interval from 1 values/);
    assert.throws(
      () =>
        lineThrough([
          [0, 0],
          [1, 1],
        ]),
      /no line through 2 points/,
    );
  });

  it('reads off a curve how many labels an accuracy takes', () => {
    const curve = [
      { labels: 10, accuracy: 0.5 },
      { labels: 100, accuracy: 0.7 },
      { labels: 1000, accuracy: 0.8 },
    ];
    // Half of the way between two powers of ten, in logarithms, is the root of their product.
    near(labelsFor(0.6, curve)!, Math.sqrt(10 * 100), 1e-9);
    near(labelsFor(0.75, curve)!, Math.sqrt(100 * 1000), 1e-9);
    assert.equal(labelsFor(0.4, curve), 10);
    assert.equal(labelsFor(0.9, curve), undefined);
    // A curve that comes back below the accuracy has not reached it before.
    const dented = [...curve.slice(0, 2), { labels: 300, accuracy: 0.55 }, curve[2]!];
    assert.ok(labelsFor(0.6, dented)! > 300);
  });
});
