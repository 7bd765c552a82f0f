/** docs/OPS.md: every op, with its inputs, attributes and outputs; docs/TASKS.md: losses and metrics. */
import { attributeType } from '../language/answers/texts';
import { allOps } from '../language/ops/catalogue';
import { allLosses } from '../language/ops/losses';
import { allMetrics } from '../language/ops/metrics';
import type { Op, OpAttribute, OpCategory } from '../language/ops/op';

const headings: Record<OpCategory, string> = {
  layer: 'Layers',
  position: 'Positions',
  convolution: 'Convolutions',
  attention: 'Attention',
  recurrent: 'Recurrence',
  pooling: 'Pooling and sizes',
  normalisation: 'Normalisation',
  activation: 'Activations',
  arithmetic: 'Arithmetic',
  comparison: 'Comparison and choice',
  similarity: 'Similarity',
  reduction: 'Reductions',
  shape: 'Shapes',
  prepare: 'Preparation, once, on the host',
};

export function opPages(): Record<string, string> {
  return { 'docs/OPS.md': opsPage(), 'docs/TASKS.md': tasksPage() };
}

function opsPage(): string {
  const sections = Object.entries(headings).map(([category, heading]) => {
    const ops = allOps().filter((op) => op.category === category);
    return `## ${heading}\n\n${ops.map(opText).join('\n\n')}`;
  });
  return page(
    'Ops',
    `The ${allOps().length} ops that a step of a brick may name, by what they are for. Types of inputs and results stand in the examples.`,
    sections,
  );
}

function opText(op: Op): string {
  const rows = [
    ...op.inputs.map(({ name, optional, variadic, doc }) => [
      name,
      `input${optional ? ', optional' : ''}${variadic ? ', a list' : ''}`,
      doc,
    ]),
    ...attributeRows(op.attributes),
    ...op.outputs.map(({ name, doc }) => [name, 'output', doc]),
  ];
  return [`### ${op.name}`, op.summary, op.doc, table(rows)].join('\n\n');
}

function attributeRows(attributes: Record<string, OpAttribute>): string[][] {
  return Object.entries(attributes).map(([name, attribute]) => {
    const values = attribute.values?.map((value) => `\`${value}\``).join(', ');
    return [name, attributeType(attribute), values ? `${attribute.doc} One of ${values}.` : attribute.doc];
  });
}

function tasksPage(): string {
  const losses = allLosses().map((loss) => {
    const settings = attributeRows(loss.options);
    return [
      `### ${loss.name}`,
      loss.summary,
      loss.doc,
      ...(settings.length > 0 ? [table(settings)] : []),
      `Metrics: ${loss.metrics.map((name) => `\`${name}\``).join(', ')}.`,
    ].join('\n\n');
  });
  const metrics = allMetrics().map(
    ({ name, summary, doc, better }) =>
      `### ${name}\n\n${summary} ${doc} ${better === 'higher' ? 'More' : 'Less'} is better.`,
  );
  return page('Losses and metrics', 'What a task may be learnt by, and judged by.', [
    `## Losses\n\n${losses.join('\n\n')}`,
    `## Metrics\n\n${metrics.join('\n\n')}`,
  ]);
}

function page(title: string, intro: string, sections: string[]): string {
  const note = '<!-- Generated from language/ops/ by scripts/generate.ts. -->';
  return `${[note, `# ${title}`, intro, ...sections].join('\n\n')}\n`;
}

function table(rows: string[][]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const lines = rows.map(([name, what, doc]) => `| \`${name}\` | ${cell(what!)} | ${cell(doc!)} |`);
  return ['| | | |', '| --- | --- | --- |', ...lines].join('\n');
}
