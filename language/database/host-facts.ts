/** What the host said while a file was analysed, so that it can be asked again whether that still holds. */
import type { Host } from '../rules/rule';
import type { Facts } from './facts';

type Question = Exclude<keyof Host, 'hash' | 'published'>;

const START = 'host ';
const QUESTIONS = Object.keys({ dataFile: 0, tokenizer: 0, weights: 0, run: 0 } satisfies Record<
  Question,
  0
>) as Question[];

/** The host as one computation sees it: whatever it says becomes a fact that the computation rests on. */
export function trackedHost(host: Host, facts: Facts): Host {
  const asking = (question: Question) => {
    const ask = host[question];
    if (!ask) return {};
    const tracked = (manifest: string, file: string) => {
      const answer = ask(manifest, file);
      facts.add(factOf(question, manifest, file, answer));
      return answer;
    };
    return { [question]: tracked };
  };
  return Object.assign({ ...host }, ...QUESTIONS.map(asking));
}

/** Whether a fact is what the host said of a run. */
export function isOfRun(fact: string): boolean {
  return fact.startsWith(`${START}run\n`);
}

/** Whether the host says what it said; undefined for other facts. */
export function isStillSaid(fact: string, host: Host): boolean | undefined {
  if (!fact.startsWith(START)) return undefined;
  const [question, manifest = '', file = ''] = fact.slice(START.length).split('\n');
  const ask = QUESTIONS.includes(question as Question) ? host[question as Question] : undefined;
  return factOf(question as Question, manifest, file, ask?.(manifest, file)) === fact;
}

function factOf(question: Question, manifest: string, file: string, answer: unknown): string {
  return START + [question, manifest, file, JSON.stringify(answer)].join('\n');
}
