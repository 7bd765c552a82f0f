/** How the `brique` command is called, for those who start it as a process. */

export interface TrainRequest {
  command: 'train';
  /** The composition: its file or its name; left out with `resume`. */
  model?: string;
  /** The id of a run to go on with. */
  resume?: string;
  engine?: EngineChoice;
  device?: string;
  /** `part.param` to value. */
  set?: Record<string, string | number | boolean>;
}

export interface EvaluateRequest {
  command: 'evaluate';
  model: string;
  run?: string;
  on?: string;
  engine?: EngineChoice;
  device?: string;
}

export type EngineChoice = 'auto' | 'graph' | 'eager';
export const ENGINE_CHOICES: readonly EngineChoice[] = ['auto', 'graph', 'eager'];

/** The arguments after `brique`; no shell is meant to read them. */
export function commandArguments(request: TrainRequest | EvaluateRequest): string[] {
  const args: string[] = [request.command, ...(request.model === undefined ? [] : [request.model])];
  if (request.engine) args.push('--engine', request.engine);
  if (request.device) args.push('--device', request.device);
  if (request.command === 'train') {
    if (request.resume !== undefined) args.push('--resume', request.resume);
    for (const [name, value] of Object.entries(request.set ?? {})) args.push('--set', `${name}=${value}`);
  } else {
    if (request.run) args.push('--run', request.run);
    if (request.on) args.push('--on', request.on);
  }
  return args;
}

/** Exit codes of every command. */
export const EXIT = { fine: 0, findings: 1, misuse: 2, cancelled: 130 } as const;
