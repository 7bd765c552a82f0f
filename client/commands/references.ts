import { commands, Location, Position, Range, Uri } from 'vscode';

interface Place {
  line: number;
  character: number;
}

interface Found {
  uri: string;
  range: { start: Place; end: Place };
}

/** Peeks at places that the language server names, as plain data. */
export async function showReferences(uri: string, at: Place, found: Found[]): Promise<void> {
  const locations = found.map(
    ({ uri: file, range }) =>
      new Location(Uri.parse(file), new Range(position(range.start), position(range.end))),
  );
  await commands.executeCommand('editor.action.showReferences', Uri.parse(uri), position(at), locations);
}

function position({ line, character }: Place): Position {
  return new Position(line, character);
}
