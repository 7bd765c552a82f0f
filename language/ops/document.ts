/** What an op reads in its example: by name, the type of it. */
type Given = Record<string, string>;

/**
 * Documentation of an op in Markdown: what it does, what it costs, and a step of a brick that uses it, with the types
 * of what goes in and what comes out as comments.
 */
export function document(text: string, flops: string, given: Given, step: string, out: string): string {
  return `${text}\n\nFLOPs: ${flops}.\n\n${fenced([...typed(given), `${step} # ${out}`])}`;
}

/** The costs of what only moves numbers. */
export const nothing = 'none, numbers are only moved';

function typed(given: Given): string[] {
  return Object.entries(given).map(([name, type]) => `# ${name}: ${type}`);
}

function fenced(lines: string[]): string {
  return ['```yaml', ...lines, '```'].join('\n');
}
