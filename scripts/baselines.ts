export interface Contestant {
  name: string;
  metrics: Record<string, number>;
}

/** What the trained model has to beat, measured on the same examples of the same split. */
export async function baselines(): Promise<Contestant[]> {
  return [];
}
