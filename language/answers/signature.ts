/** The params of a brick or the attributes of an op, while they are being filled in. */
import { type Setting, settingsOf } from '../inference/settings';
import type { Analysis } from '../rules/rule';
import { nodeAt } from '../syntax/cursor';
import { keyOf } from '../syntax/path';
import { paragraphs } from './texts';

export interface Signature {
  /** `conv1d(filters: int, kernel: int, padding: enum = valid)` */
  label: string;
  documentation: string | undefined;
  params: { start: number; end: number; documentation: string }[];
  /** The one that the cursor is at; undefined where it is at none yet. */
  active: number | undefined;
}

export function signatureAt(analysis: Analysis, offset: number): Signature | undefined {
  const cursor = nodeAt(analysis.source.tree, offset);
  const { kind } = analysis.declaration ?? {};
  const [section, name, key, inner] = cursor?.path ?? [];
  if (!cursor || section !== (kind === 'module' ? 'graph' : 'parts') || typeof name !== 'string')
    return undefined;
  const inferred = analysis.inference?.graph.steps.get(name);
  const { target } = inferred ?? {};
  if (!inferred || !target || (target.kind !== 'op' && target.kind !== 'module')) return undefined;
  const isParams = key === 'params';
  if (target.kind === 'module' && !isParams) return undefined;
  if (target.kind === 'op' && ['in', 'op', 'repeat', 'doc'].includes(String(key))) return undefined;
  const settings = [...settingsOf(target).values()];
  if (settings.length === 0) return undefined;
  const onKey = cursor.slot === 'key' && cursor.entry ? keyOf(cursor.entry) : undefined;
  const at = cursor.slot === 'key' ? onKey : String(isParams ? inner : key);
  const title = target.kind === 'op' ? target.op.name : (target.module.name?.value ?? name);
  const documentation = target.kind === 'op' ? target.op.summary : target.module.summary;
  const active = settings.findIndex((setting) => setting.name === at);
  return { ...labelOf(title, settings), documentation, active: active < 0 ? undefined : active };
}

function labelOf(title: string, settings: Setting[]): Pick<Signature, 'label' | 'params'> {
  let label = `${title}(`;
  const params = settings.map((setting, index) => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += textOf(setting);
    return { start, end: label.length, documentation: documentationOf(setting) };
  });
  return { label: `${label})`, params };
}

function textOf({ name, type, default: otherwise }: Setting): string {
  return `${name}: ${type}${otherwise === undefined ? '' : ` = ${otherwise}`}`;
}

function documentationOf({ doc, required, min, max, values }: Setting): string {
  const bounds = [
    required ? 'required' : '',
    min === undefined ? '' : `at least ${min}`,
    max === undefined ? '' : `at most ${max}`,
    values ? `one of ${values.map((value) => `\`${value}\``).join(', ')}` : '',
  ].filter(Boolean);
  return paragraphs(doc, bounds.join(', '));
}
