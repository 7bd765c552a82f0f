/** Workspaces written to hurt: each grows with a size, so that what takes too long at one size shows at the next. */

export interface Hostile {
  name: string;
  /** Files by name; the first one is asked about. */
  texts: (size: number) => Record<string, string>;
}

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const lines = (count: number, line: (i: number) => string) => times(count, line).join('\n');

const brick = (name: string, rest: string) => `kind: module\nname: ${name}\nversion: 1.0.0\n${rest}`;
const oneBrick = (rest: (size: number) => string) => (size: number) => ({
  brick: brick('brick', rest(size)),
});

/** A brick with one input and one output, and this graph between `x` and `y`. */
const graph = (text: string, type = 'float32[batch, 8]') =>
  `inputs:\n  x: ${type}\noutputs:\n  y: ${type}\ngraph:\n${text}\n`;

const points = `kind: dataset
name: points
version: 1.0.0
files: { all: points.csv }
columns:
  x: { type: tensor, shape: [8] }
  class: { type: category, values: ["no", "yes"] }
splits: { train: 0.8, validation: 0.1, test: 0.1, seed: 1 }
`;

const model = (parts: string, rest = '') => `kind: model
name: model
version: 0.1.0
data: { points: points@^1 }
parts:
${parts}
tasks:
  answer: { output: head.logits, target: points.class, loss: cross_entropy }
${rest}`;

/** Each brick uses the next one `width` times. */
const tower = (height: number, width: number, repeat = 1) =>
  Object.fromEntries(
    times(height, (i) => {
      const one = (n: number) =>
        i === height - 1
          ? `  n${n}: { op: dense, in: ${n === 0 ? 'x' : `n${n - 1}`}, units: 8 }`
          : `  n${n}: { module: level${i + 1}@^1, in: ${n === 0 ? 'x' : `n${n - 1}.y`}${repeat > 1 ? `, repeat: ${repeat}` : ''} }`;
      const last = i === height - 1 ? `n${width - 1}` : `n${width - 1}.y`;
      return [`level${i}`, brick(`level${i}`, graph(`${lines(width, one)}\n  y: { op: relu, in: ${last} }`))];
    }),
  );

const opened = (texts: Record<string, string>) => ({
  model: model(
    '  body: { module: level0@^1, in: points.x }\n  head: { module: std/classifier@^1, in: body.y, params: { classes: 2 } }',
  ),
  points,
  ...texts,
});

export const hostile: Hostile[] = [
  { name: 'deep flow lists', texts: (n) => ({ brick: `kind: module\ngraph: ${'['.repeat(n)}` }) },
  { name: 'deep closed flow lists', texts: (n) => ({ brick: `graph: ${'['.repeat(n)}${']'.repeat(n)}` }) },
  { name: 'deep flow maps', texts: (n) => ({ brick: `graph: ${'{a: '.repeat(n)}` }) },
  { name: 'deep block lists', texts: (n) => ({ brick: `kind: module\ngraph:\n${'- '.repeat(n)}a` }) },
  {
    name: 'deep block maps',
    texts: (n) => ({ brick: `kind: module\n${lines(Math.min(n, 1000), (i) => `${' '.repeat(i)}a:`)}` }),
  },
  { name: 'questions in a row', texts: (n) => ({ brick: `kind: module\n${'? '.repeat(n)}` }) },
  { name: 'a line of dashes', texts: (n) => ({ brick: `kind: module\n${'-'.repeat(n)}` }) },
  { name: 'a line of colons', texts: (n) => ({ brick: `kind: module\nname${': '.repeat(n)}` }) },
  { name: 'a line of quotes', texts: (n) => ({ brick: `kind: module\nname: ${'" \''.repeat(n)}` }) },
  {
    name: 'lines with an open quote',
    texts: (n) => ({ brick: `kind: module\n${lines(n, (i) => `k${i}: "a`)}` }),
  },
  { name: 'stray brackets', texts: (n) => ({ brick: `kind: module\n${lines(n, (i) => `k${i}: ]`)}` }) },
  {
    name: 'lines that are no pairs',
    texts: (n) => ({ brick: `kind: module\n${lines(n, (i) => `word${i}`)}` }),
  },
  { name: 'many anchors', texts: (n) => ({ brick: `kind: module\n${lines(n, (i) => `k${i}: &a${i} x`)}` }) },
  {
    name: 'an alias bomb',
    texts: (n) => ({
      brick: `a0: &a0 [x, x]\n${lines(n, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`)}`,
    }),
  },
  {
    name: 'a merge bomb',
    texts: (n) => ({
      brick: `a0: &a0 { x: 1 }\n${lines(n, (i) => `a${i + 1}: &a${i + 1} { <<: [*a${i}, *a${i}], k${i}: 1 }`)}`,
    }),
  },
  {
    name: 'an alias of itself',
    texts: (n) => ({ brick: `kind: module\ngraph: &a\n${lines(n, (i) => `  k${i}: *a`)}` }),
  },
  { name: 'one huge scalar', texts: (n) => ({ brick: brick('brick', `summary: ${'word '.repeat(n)}`) }) },
  { name: 'one huge word', texts: (n) => ({ brick: brick('brick', `summary: ${'w'.repeat(n)}`) }) },
  {
    name: 'a huge quoted scalar',
    texts: (n) => ({ brick: brick('brick', `summary: "${'\\n '.repeat(n)}"`) }),
  },
  {
    name: 'a huge block scalar',
    texts: (n) => ({ brick: brick('brick', `summary: |\n${lines(n, () => '  line')}`) }),
  },
  { name: 'a huge name', texts: (n) => ({ brick: brick('b'.repeat(n), graph('  y: { op: relu, in: x }')) }) },
  {
    name: 'a huge type',
    texts: oneBrick((n) => graph('  y: { op: relu, in: x }', `float32[${'a'.repeat(n)}]`)),
  },
  { name: 'many comments', texts: oneBrick((n) => `${lines(n, (i) => `# brique-ignore r${i}: why`)}\n`) },
  {
    name: 'many comments of a rule',
    texts: oneBrick((n) => `${lines(n, () => `# brique-ignore card-missing: why`)}\n`),
  },
  { name: 'blank lines', texts: oneBrick((n) => '\n'.repeat(n)) },
  { name: 'blanks', texts: oneBrick((n) => ' '.repeat(n)) },
  { name: 'blanks at the ends of lines', texts: oneBrick((n) => lines(n, () => '#     ')) },
  { name: 'carriage returns', texts: oneBrick((n) => '\r'.repeat(n)) },
  { name: 'tabs', texts: oneBrick((n) => '\t'.repeat(n)) },
  { name: 'the same key again and again', texts: oneBrick((n) => lines(n, () => 'name: again')) },
  { name: 'unknown keys', texts: oneBrick((n) => lines(n, (i) => `summery${i}: x`)) },
  {
    name: 'unknown keys in a flow map',
    texts: oneBrick((n) => `card: { ${times(n, (i) => `limitation${i}: x`).join(', ')} }`),
  },
  {
    name: 'many axes',
    texts: oneBrick((n) =>
      graph('  y: { op: relu, in: x }', `float32[${times(n, (i) => `a${i}`).join(', ')}]`),
    ),
  },
  {
    name: 'a long sum',
    texts: oneBrick((n) =>
      graph('  y: { op: relu, in: x }', `float32[${times(n, (i) => `a${i}`).join(' + ')}]`),
    ),
  },
  {
    name: 'a long product',
    texts: oneBrick((n) =>
      graph('  y: { op: relu, in: x }', `float32[${times(n, (i) => `a${i}`).join(' * ')}]`),
    ),
  },
  {
    name: 'a power of a sum',
    texts: oneBrick((n) =>
      graph('  y: { op: relu, in: x }', `float32[${times(n, () => '(a + b + c + d)').join(' * ')}]`),
    ),
  },
  {
    name: 'nested parentheses',
    texts: oneBrick((n) => graph('  y: { op: relu, in: x }', `float32[${'('.repeat(n)}a${')'.repeat(n)}]`)),
  },
  {
    name: 'nested floor division',
    texts: oneBrick((n) =>
      graph('  y: { op: relu, in: x }', `float32[${'('.repeat(n)}a${' + 1) // 2'.repeat(n)}]`),
    ),
  },
  {
    name: 'huge numbers',
    texts: oneBrick((n) =>
      graph('  y: { op: relu, in: x }', `float32[${times(n, () => '9007199254740993').join(' * ')}]`),
    ),
  },
  {
    name: 'many conditions',
    texts: oneBrick(
      (n) =>
        `where: [${times(n, (i) => `a${i} <= a${i + 1}`).join(', ')}]\n${graph('  y: { op: relu, in: x }', `float32[${times(n + 1, (i) => `a${i}`).join(', ')}]`)}`,
    ),
  },
  {
    name: 'many divisibilities',
    texts: oneBrick(
      (n) =>
        `where: [${times(n, (i) => `a % ${i + 2} == 0`).join(', ')}]\n${graph('  y: { op: relu, in: x }', 'float32[a]')}`,
    ),
  },
  {
    name: 'products that are equal',
    texts: oneBrick(
      (n) =>
        `where: [${times(n, (i) => `a${i} * b${i} == a${i + 1} * b${i + 1} + c`).join(', ')}]\n${graph('  y: { op: relu, in: x }', 'float32[a0, b0, c]')}`,
    ),
  },
  {
    name: 'many inputs',
    texts: oneBrick(
      (n) =>
        `inputs:\n${lines(n, (i) => `  x${i}: float32[batch, ${i}]`)}\noutputs:\n  y: float32[batch, d]\ngraph:\n  y: { op: concat, in: [${times(n, (i) => `x${i}`).join(', ')}] }`,
    ),
  },
  {
    name: 'a chain of ops',
    texts: oneBrick((n) =>
      graph(
        `${lines(n, (i) => `  n${i}: { op: dense, in: ${i === 0 ? 'x' : `n${i - 1}`}, units: 8 }`)}\n  y: { op: relu, in: n${n - 1} }`,
      ),
    ),
  },
  {
    name: 'a chain backwards',
    texts: oneBrick((n) =>
      graph(
        `  y: { op: relu, in: n0 }\n${lines(n, (i) => `  n${i}: { op: relu, in: ${i === n - 1 ? 'x' : `n${i + 1}`} }`)}`,
      ),
    ),
  },
  {
    name: 'a circle of ops',
    texts: oneBrick((n) =>
      graph(`${lines(n, (i) => `  n${i}: { op: relu, in: n${(i + 1) % n} }`)}\n  y: { op: relu, in: n0 }`),
    ),
  },
  {
    name: 'ops that meet',
    texts: oneBrick((n) =>
      graph(
        `  n0: { op: relu, in: x }\n${lines(n, (i) => `  n${i + 1}: { op: add, in: [n${i}, n${i}] }`)}\n  y: { op: relu, in: n${n} }`,
      ),
    ),
  },
  {
    name: 'ops that grow',
    texts: oneBrick((n) =>
      graph(
        `  n0: { op: relu, in: x }\n${lines(n, (i) => `  n${i + 1}: { op: concat, in: [n${i}, n${i}] }`)}\n  y: { op: relu, in: n${n} }`,
        'float32[batch, width]',
      ),
    ),
  },
  {
    name: 'wires to nothing',
    texts: oneBrick((n) => graph(lines(n, (i) => `  n${i}: { op: relu, in: nowhere${i} }`))),
  },
  {
    name: 'unknown ops',
    texts: oneBrick((n) => graph(lines(n, (i) => `  n${i}: { op: densse${i}, in: x }`))),
  },
  {
    name: 'unknown bricks',
    texts: oneBrick((n) => graph(lines(n, (i) => `  n${i}: { module: std/clasifier${i}@^1, in: x }`))),
  },
  {
    name: 'dims that do not fit',
    texts: oneBrick((n) =>
      graph(lines(n, (i) => `  n${i}: { op: add, in: [x, m${i}] }\n  m${i}: { op: dense, in: x, units: 9 }`)),
    ),
  },
  {
    name: 'many params',
    texts: oneBrick((n) => `params:\n${lines(n, (i) => `  p${i}: { type: int, default: ${i} }`)}\n`),
  },
  {
    name: 'many tests',
    texts: oneBrick(
      (n) =>
        `${graph('  y: { op: relu, in: x }')}tests:\n${lines(n, (i) => `  - { name: t${i}, given: { x: 'zeros[2, 8]' }, expect: { y: 'float32[2, 9]' } }`)}`,
    ),
  },
  {
    name: 'a brick of itself',
    texts: () => ({ brick: brick('brick', graph('  y: { module: brick@^1, in: x }')) }),
  },
  {
    name: 'bricks in a circle',
    texts: (n) =>
      opened(
        Object.fromEntries(
          times(n, (i) => [
            `level${i}`,
            brick(`level${i}`, graph(`  y: { module: level${(i + 1) % n}@^1, in: x }`)),
          ]),
        ),
      ),
  },
  { name: 'a high tower of bricks', texts: (n) => opened(tower(n, 1)) },
  { name: 'a tower that doubles', texts: (n) => opened(tower(Math.min(n, 40), 2)) },
  { name: 'repeats in repeats', texts: (n) => opened(tower(Math.min(n, 40), 1, 1000)) },
  { name: 'a huge repeat', texts: (n) => opened(tower(2, 1, n * 1000)) },
  {
    name: 'many parts',
    texts: (n) => ({
      model: model(
        `${lines(n, (i) => `  p${i}: { module: std/mlp@^1, in: ${i === 0 ? 'points.x' : `p${i - 1}.hidden_features`} }`)}\n  head: { module: std/classifier@^1, in: p${n - 1}.hidden_features, params: { classes: 2 } }`,
      ),
      points,
    }),
  },
  {
    name: 'many parts side by side',
    texts: (n) => ({
      model: model(
        `${lines(n, (i) => `  p${i}: { module: std/mlp@^1, in: points.x }`)}\n  head: { module: std/classifier@^1, in: p0.hidden_features, params: { classes: 2 } }`,
      ),
      points,
    }),
  },
  {
    name: 'many tasks',
    texts: (n) => ({
      model: `${model('  head: { module: std/classifier@^1, in: points.x, params: { classes: 2 } }')}${lines(n, (i) => `  t${i}: { output: head.logits, target: points.class, loss: cross_entropy, metrics: [accuracy] }`)}\n`,
      points,
    }),
  },
  {
    name: 'many columns',
    texts: (n) => ({
      points: `${points}`.replace('columns:\n', `columns:\n${lines(n, (i) => `  c${i}: { type: float }`)}\n`),
    }),
  },
  {
    name: 'many categories',
    texts: (n) => ({ points: points.replace('["no", "yes"]', `[${times(n, (i) => `"v${i}"`).join(', ')}]`) }),
  },
  {
    name: 'extends in a row',
    texts: (n) =>
      Object.fromEntries(
        times(n, (i) => [
          `m${i}`,
          i === n - 1
            ? model('  head: { module: std/classifier@^1, in: points.x, params: { classes: 2 } }').replace(
                'name: model',
                `name: m${i}`,
              )
            : `kind: model\nname: m${i}\nversion: 1.0.0\nextends: m${i + 1}@^1\n`,
        ]).concat([['points', points]]),
      ),
  },
  {
    name: 'extends in a circle',
    texts: (n) =>
      Object.fromEntries(
        times(n, (i) => [`m${i}`, `kind: model\nname: m${i}\nversion: 1.0.0\nextends: m${(i + 1) % n}@^1\n`]),
      ),
  },
  {
    name: 'many files of one name',
    texts: (n) =>
      Object.fromEntries(times(n, (i) => [`f${i}`, brick('same', graph('  y: { op: relu, in: x }'))])),
  },
  {
    name: 'many plugs',
    texts: (n) => ({
      model: model(
        '  head: { module: std/classifier@^1, in: points.x, params: { classes: 2 } }',
        `plug:\n${lines(n, (i) => `  head.p${i}: std/mlp@^1`)}\n`,
      ),
      points,
    }),
  },
];
