/** Sizes as people write them. */
import type { Dim } from './polynomial';
import type { Term, Terms } from './terms';

export type Show = (symbol: string) => string;

/** Removes the path of the instance that a symbol belongs to; a symbol made for `_` is written `_` again. */
export function showSymbol(symbol: string): string {
  const name = symbol.slice(symbol.lastIndexOf(':') + 1);
  return name.startsWith('_') ? '_' : name;
}

/** Positive terms first, so that text starts with a name; the constant last. */
export function printTerms(terms: Terms, show: Show): string {
  const symbolic = terms.filter((t) => t.key !== '');
  const constant = terms.filter((t) => t.key === '');
  const positive = symbolic.filter((t) => !(t.coefficient < 0));
  const negative = symbolic.filter((t) => t.coefficient < 0);
  const ordered =
    positive.length === 0 ? [...constant, ...negative] : [...positive, ...negative, ...constant];
  const text = ordered.map((t) => `${t.coefficient < 0 ? ' - ' : ' + '}${printTerm(t, show)}`).join('');
  return text.replace(/^ \+ /, '').replace(/^ - /, '-') || '0';
}

function printTerm({ coefficient, factors }: Term, show: Show): string {
  const size = Number.isNaN(coefficient) ? 'a very large number' : String(Math.abs(coefficient));
  if (factors.length === 0) return size;
  const alone = factors.length === 1 && coefficient === 1;
  const texts = factors.map(({ atom }) => {
    if ('symbol' in atom) return show(atom.symbol);
    const text = `${inDivision(atom.numerator, show)}//${inDivision(atom.denominator, show)}`;
    return alone ? text : `(${text})`;
  });
  return [...texts, ...(size === '1' ? [] : [size])].join('*');
}

/** In brackets unless it is a single word. */
function inDivision(dim: Dim, show: Show): string {
  const text = dim.toString(show);
  return /^\w+$/.test(text) ? text : `(${text})`;
}
