/** The card of a published version, for people: what its manifest says, where its weights come from, how they did. */
import type { ModuleDeclaration } from '../../language/names/declarations';
import { asText, entriesOf, get, keyOf } from '../../language/syntax/path';
import type { RunState } from '../../protocol/runs/fold';
import { flatMetrics } from '../../protocol/runs/fold';
import { valueText } from '../../protocol/runs/words';
import type { TrainedFrom } from '../../registry/generated/integrity';
import type { Reason } from './reasons';

/** What a published brick must say of itself. */
const SECTIONS = ['intended_use', 'training_data', 'limitations'];

export function cardReason(module: ModuleDeclaration): Reason | undefined {
  const card = get(module.root, 'card');
  const missing = SECTIONS.filter((section) => (asText(get(card, section)) ?? '').trim() === '');
  if (missing.length === 0) return undefined;
  return {
    code: 'card-incomplete',
    message: `The card does not say ${missing.map((section) => `\`${section}\``).join(', ')}`,
    help: 'Whoever takes the brick reads it under `card:`, one sentence each.',
  };
}

/** Markdown. */
export function cardText(
  module: ModuleDeclaration,
  version: string,
  run?: RunState,
  from?: TrainedFrom,
): string {
  const blocks = [`# ${module.name?.value} ${version}`];
  if (module.summary) blocks.push(module.summary);
  for (const entry of entriesOf(get(module.root, 'card'))) {
    const said = asText(entry.value);
    if (said !== undefined) blocks.push(`## ${titleOf(keyOf(entry))}\n\n${said.trim()}`);
  }
  if (from) blocks.push(`## Weights\n\n${weightsText(from)}`);
  const { report } = run ?? {};
  if (report) {
    const rows = Object.entries(flatMetrics(report)).map(
      ([name, value]) => `| ${name} | ${valueText(value)} |`,
    );
    blocks.push(
      `## How \`${from?.model}\` did on ${report.split}\n\n| | |\n| --- | --- |\n${rows.join('\n')}`,
    );
  }
  const license = asText(get(module.root, 'license'));
  if (license !== undefined) blocks.push(`## Licence\n\n${license}`);
  return `${blocks.join('\n\n')}\n`;
}

function weightsText({ run, model, part, data, parents }: TrainedFrom): string {
  const lines = [`- The part \`${part}\` of \`${model}\`, run \`${run}\``];
  for (const { name, version } of data) lines.push(`- Data: \`${name}\` ${version}`);
  for (const { name, version } of parents) lines.push(`- Started from: \`${name}\` ${version}`);
  return lines.join('\n');
}

function titleOf(key: string): string {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
