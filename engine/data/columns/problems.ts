import type { PlanColumn } from '../../../language/plan/format';
import { fail } from '../../failure';

/** A raw column and how to name its rows in messages. */
export interface RawColumn {
  values: unknown[];
  textual: boolean;
  /** `data/amazon.json row 12`. */
  place(row: number): string;
}

/** Empty in the sense of a table: nothing there, or only an empty cell. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** What breaks the contract of a column: the first such row, and how many there are. */
export class Problems {
  #first: { row: number; why: string } | undefined;
  #count = 0;

  constructor(
    readonly column: PlanColumn,
    readonly raw: RawColumn,
  ) {}

  /** Gives 0, to stand where the value would. */
  add(row: number, why: string): number {
    this.#count += 1;
    this.#first ??= { row, why };
    return 0;
  }

  /** Fails with the first one, if there is any. */
  report(): void {
    if (!this.#first) return;
    const { row, why } = this.#first;
    const more = this.#count > 1 ? ` (and ${this.#count - 1} more rows like it)` : '';
    fail('data-contract', `${this.raw.place(row)}: column ${this.column.name} ${why}${more}`, {
      help: 'Correct the data, or the contract of the dataset.',
      file: this.column.at.file,
      line: this.column.at.line,
    });
  }
}

export function show(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
