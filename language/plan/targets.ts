/**
 * Whether a pattern of `lora: { targets: … }` means a node, given by its path inside the brick: by the whole way down or
 * by one of its steps, a copy's number left away; `*` is any run of characters. `formerly`: what nodes of the brick were
 * called before, by which they may be meant, too.
 */
export function isTarget(
  pattern: string,
  path: string,
  formerly: Readonly<Record<string, string>> = {},
): boolean {
  const [first = ''] = /^[^./]+/.exec(path) ?? [];
  const before = Object.hasOwn(formerly, first) ? formerly[first] + path.slice(first.length) : undefined;
  return isMeant(pattern, path) || (before !== undefined && isMeant(pattern, before));
}

function isMeant(pattern: string, path: string): boolean {
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`);
  const steps = path.split('/').map((step) => step.replace(/\.\d+$/, ''));
  return [path, ...path.split('/'), steps.join('/'), ...steps].some((each) => expression.test(each));
}

function escaped(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
}
