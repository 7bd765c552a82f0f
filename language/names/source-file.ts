import { checkStructure, type StructureProblem } from '../schema/check';
import { parse } from '../syntax/parse';
import { asText, get } from '../syntax/path';
import type { Tree } from '../syntax/tree';
import { type Declaration, declarationOf } from './declarations';

export type Origin = 'workspace' | 'library' | 'registry';

/** One file's text and what can be said of it alone. Immutable; everything is computed when first asked for. */
export class SourceFile {
  private parsed: Tree | undefined;
  private declared: { value: Declaration | undefined } | undefined;
  private structural: StructureProblem[] | undefined;
  private signed: string | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
    readonly origin: Origin,
  ) {}

  get tree(): Tree {
    this.parsed ??= parse(this.text);
    return this.parsed;
  }

  get kind(): string | undefined {
    return asText(get(this.tree.root, 'kind'));
  }

  get declaration(): Declaration | undefined {
    this.declared ??= { value: declarationOf(this.file, this.tree) };
    return this.declared.value;
  }

  get structure(): StructureProblem[] {
    this.structural ??= checkStructure(this.tree);
    return this.structural;
  }

  /** Equal for two texts that no other file can tell apart by looking at the interface. */
  get interfaceKey(): string {
    this.signed ??= interfaceKeyOf(this.declaration);
    return this.signed;
  }
}

function interfaceKeyOf(declaration: Declaration | undefined): string {
  if (!declaration) return '';
  const head = [declaration.kind, declaration.name?.value, declaration.version?.value];
  switch (declaration.kind) {
    case 'module':
      return JSON.stringify([
        head,
        declaration.deprecated?.value,
        [...declaration.params.values()].map((p) => [
          p.name,
          p.type,
          p.default?.kind === 'scalar' ? p.default.value : null,
          p.min,
          p.max,
          p.values,
        ]),
        [...declaration.inputs.values()].map((port) => [port.name, port.text, port.space?.value]),
        [...declaration.outputs.values()].map((port) => [port.name, port.text, port.space?.value]),
        declaration.where.map(({ text }) => text),
        [...declaration.extensionPoints.values()].map((point) => point.name),
      ]);
    case 'dataset':
      return JSON.stringify([head, [...declaration.columns.values()].map((c) => [c.name, c.type, c.labels])]);
    case 'model':
      return JSON.stringify(head);
  }
}
