import type { Rule } from './rule';

export const extendsCircle: Rule = {
  id: 'extends-circle',
  group: 'names',
  severity: 'error',
  summary: 'A composition that extends itself, over others or at once.',
  why: 'What it inherits would have no beginning.',
  check({ declaration, catalogue, source }, report) {
    if (declaration?.kind !== 'model' || !declaration.circle || !declaration.base) return;
    const { circle, base } = declaration;
    const names = new Map(
      [...catalogue.all('model')].map((each) => [each.source.file, each.declaration.name?.value]),
    );
    const way = circle.map((file) => `\`${names.get(file) ?? file}\``).join(' → ');
    const isIn = circle.includes(source.file);
    report({
      range: base.range,
      message: `${isIn ? 'This' : 'What it extends'} extends itself: ${way}`,
    });
  },
};
