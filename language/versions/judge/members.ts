/** What a user of a brick can name: its ports, params and extension points. */
import type { Located } from '../../names/declarations';
import type { Subject, Surface } from './change';
import type { Side } from './pair';

export interface Member {
  name: string;
  section: 'inputs' | 'outputs' | 'params' | 'extension_points';
  kind: Subject['kind'];
  surface: Surface;
  /** In words: `The input`. */
  said: string;
  deprecated: Located<string> | undefined;
}

export function membersOf({ module }: Side): Member[] {
  const all = (
    members: Iterable<{ name: string; deprecated?: Located<string> | undefined }>,
    what: Pick<Member, 'section' | 'kind' | 'surface' | 'said'>,
  ) => [...members].map(({ name, deprecated }): Member => ({ name, deprecated, ...what }));
  const { inputs, outputs, params, extensionPoints } = module;
  return [
    ...all(inputs.values(), { section: 'inputs', kind: 'input', surface: 'call', said: 'The input' }),
    ...all(outputs.values(), { section: 'outputs', kind: 'output', surface: 'call', said: 'The output' }),
    ...all(params.values(), { section: 'params', kind: 'param', surface: 'call', said: 'The param' }),
    ...all(extensionPoints.values(), {
      ...{ section: 'extension_points', kind: 'point', surface: 'train', said: 'The extension point' },
    }),
  ];
}
