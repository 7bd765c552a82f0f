import type { Op } from '../../../language/ops/op';

/** The example in an op's documentation: a step, and the types around it. */
export interface DocExample {
  /** Types of what the step reads, by name. */
  inputs: Record<string, string>;
  /** The name of the step. */
  step: string;
  /** The step as it is written in a brick. */
  line: string;
  /** Types of what comes out, by port; a single one is named `out`. */
  outputs: Record<string, string>;
}

/** Reads the example; undefined when it does not say the types. */
export function docExample(op: Op): DocExample | undefined {
  const lines = /```yaml\n([\s\S]*?)\n```/.exec(op.doc)?.[1]?.split('\n') ?? [];
  const inputs = Object.fromEntries(
    lines.flatMap((line) => {
      const given = /^# (\w+): (\w+\[.*\])$/.exec(line);
      return given ? [[given[1]!, given[2]!]] : [];
    }),
  );
  const found = lines.flatMap((line) => {
    const step = /^((\w+): \{.*\}) # (.+)$/.exec(line);
    return step ? [{ line: step[1]!, step: step[2]!, types: step[3]! }] : [];
  });
  const [first] = found;
  if (!first || found.length > 1) return undefined;
  const named = [...first.types.matchAll(/(\w+): (\w+\[[^\]]*\])/g)];
  const outputs =
    named.length > 0
      ? Object.fromEntries(named.map((match) => [match[1]!, match[2]!]))
      : { out: first.types };
  return { inputs, step: first.step, line: first.line, outputs };
}

/** A brick that holds nothing but the example. */
export function brickOf({ inputs, step, line, outputs }: DocExample): string {
  const ports = Object.keys(outputs);
  const single = ports.length === 1;
  return [
    'kind: module',
    'name: example',
    'version: 1.0.0',
    ...section('inputs', inputs),
    ...section('outputs', single ? { [step]: outputs[ports[0]!]! } : outputs),
    'graph:',
    `  ${line}`,
    ...(single ? [] : ports.map((port) => `  ${port}: { op: identity, in: ${step}.${port} }`)),
    '',
  ].join('\n');
}

function section(name: string, types: Record<string, string>): string[] {
  const lines = Object.entries(types).map(([port, type]) => `  ${port}: ${type}`);
  return lines.length > 0 ? [`${name}:`, ...lines] : [];
}
