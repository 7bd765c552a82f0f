/** What the brick promises of its weights, held against the run that they come from. */
import { type Guarantee, guaranteesOf, isKept } from '../../language/versions/judge/guarantees';
import { valueText } from '../../protocol/runs/words';
import type { FoundBrick } from './brick';
import type { Reason } from './reasons';
import type { TrainedWeights } from './trained';

export function guaranteeReasons(
  { module, name }: FoundBrick,
  trained: TrainedWeights | undefined,
): Reason[] {
  return guaranteesOf(module).flatMap((guarantee): Reason[] => {
    const reason = trained ? notKept(guarantee, trained) : unmeasured(guarantee, name);
    return reason ? [reason] : [];
  });
}

function unmeasured({ metric, text }: Guarantee, name: string): Reason {
  return {
    code: 'guarantee-unmeasured',
    message: `It guarantees \`${metric}\` ${text}, and nothing says how well it does`,
    help: `Publish it with the run that measured it: brique publish ${name} --run latest`,
  };
}

function notKept(guarantee: Guarantee, { of, from }: TrainedWeights): Reason | undefined {
  const { metric, text } = guarantee;
  const { id } = of.run.record;
  const values = from.measured?.values ?? [];
  const found = values.find((each) => each.metric === metric);
  if (!found) {
    const there = values.map((each) => each.metric);
    return {
      code: 'guarantee-unmeasured',
      message: `It guarantees \`${metric}\` ${text}, which ${id} did not measure`,
      help: there.length > 0 ? `It measured ${there.join(', ')}.` : 'It ended before it was evaluated.',
    };
  }
  if (isKept(guarantee, found.value)) return undefined;
  return {
    code: 'guarantee-broken',
    message: `It guarantees \`${metric}\` ${text}, and in ${id} it is ${valueText(found.value)}`,
    help: 'Publish a better run, or promise less: then the version must be a major one.',
  };
}
