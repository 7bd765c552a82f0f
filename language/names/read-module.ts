import { asMap, asNumber, asScalar, asText, entriesOf, get, itemsOf, keyOf } from '../syntax/path';
import type { Entry, MapNode } from '../syntax/tree';
import { parseType } from '../types/type';
import { conditionsOf } from './conditions';
import type { ExtensionPoint, ModuleDeclaration, Named, Param, Port } from './declarations';
import { collect, locatedText, once } from './located';
import { nodeOf } from './read-step';

export function moduleOf(root: MapNode, named: Named): ModuleDeclaration {
  const python = locatedText(get(root, 'python'));
  const typescript = locatedText(get(root, 'typescript'));
  return {
    ...named,
    kind: 'module',
    deprecated: locatedText(get(root, 'deprecated')),
    params: collect(get(root, 'params'), paramOf),
    inputs: collect(get(root, 'inputs'), portOf),
    outputs: collect(get(root, 'outputs'), portOf),
    graph: collect(get(root, 'graph'), nodeOf),
    code: python
      ? { language: 'python', at: python }
      : typescript
        ? { language: 'typescript', at: typescript }
        : undefined,
    extensionPoints: collect(get(root, 'extension_points'), extensionPointOf),
    where: once(get(root, 'where'), conditionsOf),
    weights: locatedText(get(root, 'weights')),
    tests: itemsOf(get(root, 'tests')),
    hasCard: entriesOf(get(root, 'card')).length > 0,
  };
}

function paramOf(entry: Entry): Param {
  const map = asMap(entry.value);
  const listed = itemsOf(get(map, 'values')).flatMap((item) => {
    const value = asScalar(item)?.value;
    return value === null || value === undefined ? [] : [value];
  });
  return {
    name: keyOf(entry),
    key: entry.key.range,
    type: asText(get(map, 'type')) ?? 'int',
    default: get(map, 'default'),
    min: asNumber(get(map, 'min')),
    max: asNumber(get(map, 'max')),
    values: listed.length > 0 ? listed : undefined,
    doc: asText(get(map, 'doc')),
    isForSpeed: asText(get(map, 'affects')) === 'performance',
    deprecated: locatedText(get(map, 'deprecated')),
  };
}

/** A port is its type, or a map with `type`. */
function portOf(entry: Entry): Port | undefined {
  const at = locatedText(entry.value?.kind === 'map' ? get(entry.value, 'type') : entry.value);
  if (!at) return undefined;
  return {
    name: keyOf(entry),
    key: entry.key.range,
    text: at.value,
    range: at.range,
    parsed: parseType(at.value),
    space: locatedText(get(entry.value, 'space')),
    deprecated: locatedText(get(entry.value, 'deprecated')),
  };
}

function extensionPointOf(entry: Entry): ExtensionPoint {
  return {
    name: keyOf(entry),
    key: entry.key.range,
    at: locatedText(get(entry.value, 'at')),
    deprecated: locatedText(get(entry.value, 'deprecated')),
  };
}
