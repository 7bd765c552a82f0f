import { nearest } from '../names/nearest';
import { listed, type Rule, replace, respell } from './rule';

export const invalidWhere: Rule = {
  id: 'invalid-where',
  group: 'shapes',
  severity: 'error',
  after: ['unknown-key', 'missing-field', 'wrong-value'],
  summary: 'A condition on sizes that cannot be read, or that no sizes meet.',
  why: 'A condition compares sizes that the file names, as in `seq <= 512` or `hidden % heads == 0`.',
  check(analysis, report) {
    const { declaration, inference } = analysis;
    if (declaration?.kind !== 'module' && declaration?.kind !== 'model') return;
    const known = inference?.kind === 'model' ? modelSizes() : moduleSizes();
    for (const { parsed, range: at } of declaration.where) {
      const place = ({ start, end }: { start: number; end: number }) => ({
        start: at.start + start,
        end: at.start + end,
      });
      for (const problem of parsed.problems) {
        const range = place(problem);
        const { message, suggestion } = problem;
        report({
          range,
          message,
          propose: () =>
            suggestion === undefined
              ? []
              : [replace(analysis, range, suggestion, `Change to \`${suggestion}\``, true)],
        });
      }
      for (const use of known ? parsed.names : []) {
        if (known!.has(use.name)) continue;
        const range = place(use);
        const near = nearest(use.name, known!);
        report({
          range,
          names: [use.name, ...(near ? [near] : [])],
          message: `There is no size \`${use.name}\` here; there are ${listed(known!) || 'none'}`,
          propose: () => (near ? [respell(analysis, range, near)] : []),
        });
      }
    }
    for (const { ties } of inference?.kind === 'model' && known ? inference.model.dims.values() : []) {
      for (const { value, range, reference } of ties) {
        if (known!.has(value)) continue;
        const near = nearest(value, known!);
        report({
          range,
          names: [value, ...(near ? [near] : []), reference.owner],
          message: `There is no size \`${value}\` here; there are ${listed(known!) || 'none'}`,
          propose: () => (near ? [respell(analysis, range, near)] : []),
        });
      }
    }
    for (const problem of inference?.graph.problems ?? []) {
      if (inference?.kind !== 'module' || problem.kind !== 'condition' || problem.step) continue;
      report({
        range: problem.range,
        message: `No sizes meet \`${problem.condition.text}\` together with what else is asked of them`,
      });
    }

    function moduleSizes(): Set<string> | undefined {
      if (declaration?.kind !== 'module') return undefined;
      const ports = [...declaration.inputs.values(), ...declaration.outputs.values()];
      const params = [...declaration.params.values()].filter(({ type }) => type === 'int');
      return new Set([
        ...params.map(({ name }) => name),
        ...ports.flatMap(({ parsed }) => parsed.names.map(({ name }) => name)),
      ]);
    }

    /** `part.size`, and what `dims` fixes; undefined when a part is not known. */
    function modelSizes(): Set<string> | undefined {
      if (inference?.kind !== 'model') return undefined;
      const names = new Set(inference.model.dims.keys());
      for (const alias of inference.data.keys()) names.add(`${alias}.batch`);
      for (const { step, target } of inference.graph.steps.values()) {
        if (target.kind !== 'module') return undefined;
        const { params, inputs, outputs } = target.module;
        for (const param of params.values())
          if (param.type === 'int') names.add(`${step.name}.${param.name}`);
        for (const { parsed } of [...inputs.values(), ...outputs.values()])
          for (const { name } of parsed.names) names.add(`${step.name}.${name}`);
      }
      return names;
    }
  },
};
