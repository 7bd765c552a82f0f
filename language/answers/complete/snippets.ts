/** Larger pieces to start from, where they stand. */
import pieces from '../../../snippets/brique.json';
import { kindOf } from '../../schema/at';
import { entriesOf, get } from '../../syntax/path';
import { lineStart } from '../../syntax/scan';
import type { Candidate } from '../answers';
import type { Context } from './context';

type Name = keyof typeof pieces;

/** Whole files, offered while nothing of a file is there. */
const files: readonly Name[] = ['Module', 'Dataset', 'Model', 'Derived model', 'Workspace'];

/** Entries of a section, by the kind of file and the section. */
const entries: Readonly<Record<string, Name>> = {
  'module graph': 'Node',
  'model parts': 'Part',
  'model tasks': 'Task',
};

/** Items of a list. */
const items: Readonly<Record<string, Name>> = { 'module tests': 'Brick test', 'model hooks': 'Hook' };

/** A key of a map, by the path of the map. */
const sections: Readonly<Record<string, [key: string, name: Name]>> = {
  'model ': ['plug', 'Plug'],
  'model train': ['sweep', 'Sweep'],
};

export function snippets(context: Context): Candidate[] {
  const { analysis, cursor } = context;
  const { tree } = analysis.source;
  const { path, slot } = cursor;
  if (!cursor.startsLine && !isItem(context)) return [];
  const kind = kindOf(tree);
  if (kind === undefined)
    return path.length === 0 && entriesOf(tree.root).every((entry) => entry === cursor.entry)
      ? files.map((name) => piece(context, name))
      : [];
  const place = `${kind} ${path.join('.')}`;
  const section = sections[place];
  if (slot === 'key' && section) return get(cursor.node, section[0]) ? [] : [piece(context, section[1])];
  const startsList = path.length === 1 && !cursor.node;
  const isInList = path.length === 2 && slot === 'value';
  const name =
    (slot === 'key' ? entries[place] : undefined) ??
    (startsList || isInList ? items[`${kind} ${path[0]}`] : undefined);
  return name ? [piece(context, name)] : [];
}

/** Whether nothing but the dash of a list stands before the cursor's word. */
function isItem({ analysis, cursor }: Context): boolean {
  const { start } = cursor.replace;
  return analysis.source.text.slice(lineStart(analysis.source.text, start), start).trim() === '-';
}

function piece(context: Context, name: Name): Candidate {
  const { body, description } = pieces[name];
  const text = body.join('\n');
  return {
    label: name.toLowerCase(),
    kind: 'snippet',
    detail: description,
    insert: isItem(context) ? text.replace(/^- /, '') : text,
    replace: context.cursor.replace,
    rank: 3,
  };
}
