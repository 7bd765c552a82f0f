import { ownersKeys } from '../inference/sharing';
import type { ModelDeclaration, Step } from '../names/declarations';
import { nearest } from '../names/nearest';
import { removeEntry } from '../syntax/edits';
import { asMap, entryOf, keyOf } from '../syntax/path';
import { type Analysis, listed, type Report, type Rule, replace } from './rule';

export const shareInvalid: Rule = {
  id: 'share-invalid',
  group: 'transfer',
  severity: 'error',
  summary: 'A part that cannot share the one it names, or says what only that one may say.',
  why: 'A shared brick has one set of weights. Its version, params, training and what is plugged in are said once, in the part that has the brick; each part that shares it only says what feeds it.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'model') return;
    for (const part of declaration.parts.values()) {
      if (!part.share) continue;
      const found = named(part, declaration, analysis);
      if (found) report(found);
      else for (const each of said(part, analysis)) report(each);
    }
    for (const { point } of declaration.plugs.values()) {
      const owner = declaration.parts.get(point.owner)?.share?.value;
      if (owner === undefined || !declaration.parts.get(owner)?.module) continue;
      report({
        range: point.ownerRange,
        message: `\`${point.owner}\` shares \`${owner}\`: what is plugged into \`${owner}\` is in both`,
        propose: () => [replace(analysis, point.ownerRange, owner, `Plug it into \`${owner}\``)],
      });
    }
  },
};

/** What is wrong with the part that it names. */
function named({ name, share }: Step, { parts }: ModelDeclaration, analysis: Analysis): Report | undefined {
  const { value, range } = share!;
  const owners = [...parts.values()].filter((part) => part.module).map((part) => part.name);
  const change = (to: string | undefined) => () =>
    to === undefined ? [] : [replace(analysis, range, to, `Share \`${to}\``)];
  const owner = parts.get(value);
  if (!owner)
    return {
      ...{ range, names: [value], message: `There is no part \`${value}\` to share` },
      help: owners.length > 0 ? `there ${owners.length > 1 ? 'are' : 'is'} ${listed(owners)}` : undefined,
      propose: change(nearest(value, owners)),
    };
  if (value === name) return { range, message: `\`${name}\` cannot share itself; give it a \`module\`` };
  if (!owner.share) return undefined;
  const root = rootOf(owner, parts);
  return {
    range,
    message: root
      ? `\`${value}\` has no brick of its own, it shares \`${root}\`; name that`
      : `\`${name}\` and \`${value}\` share each other in a circle; give one of them a \`module\``,
    propose: change(root),
  };
}

/** The part with a brick that a chain of shares ends with; undefined where it comes back to itself. */
function rootOf(part: Step, parts: ModelDeclaration['parts']): string | undefined {
  const seen = new Set<string>();
  let at: Step | undefined = part;
  while (at?.share && !seen.has(at.name)) {
    seen.add(at.name);
    at = parts.get(at.share.value);
  }
  return at && !at.share && at.module ? at.name : undefined;
}

/** What only the part that has the brick may say, all of it at once. */
function said(part: Step, { source: { tree, file } }: Analysis): Report[] {
  const map = asMap(part.entry.value);
  const entries = map ? ownersKeys.flatMap((key) => entryOf(map, key) ?? []) : [];
  const [first, ...others] = entries.toSorted((a, b) => a.range.start - b.range.start);
  if (!map || !first) return [];
  const names = listed([first, ...others].map(keyOf), ownersKeys.length);
  const edits = [first, ...others].map((entry) => ({ file, ...removeEntry(tree, map, entry) }));
  return [
    {
      range: first.key.range,
      message: `\`${part.name}\` shares \`${part.share!.value}\`, so ${names} ${others.length > 0 ? 'are' : 'is'} said there`,
      related: others.map(({ key }) => ({ file, range: key.range, message: 'and this' })),
      propose: () => [{ title: `Remove ${names}`, edits }],
    },
  ];
}
