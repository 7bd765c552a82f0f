/** The items that share a symbol with `symbols`, directly or through other items. */
export function connected<T>(
  items: readonly T[],
  symbols: Iterable<string>,
  symbolsOf: (item: T) => Iterable<string>,
): T[] {
  const bySymbol = new Map<string, number[]>();
  items.forEach((item, index) => {
    for (const symbol of symbolsOf(item)) {
      const present = bySymbol.get(symbol);
      if (present) present.push(index);
      else bySymbol.set(symbol, [index]);
    }
  });
  const found = new Set<number>();
  const open = [...symbols];
  for (let symbol = open.pop(); symbol !== undefined; symbol = open.pop()) {
    for (const index of bySymbol.get(symbol) ?? []) {
      if (found.has(index)) continue;
      found.add(index);
      open.push(...symbolsOf(items[index]!));
    }
    bySymbol.delete(symbol);
  }
  return items.filter((_, index) => found.has(index));
}
