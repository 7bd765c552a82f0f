/** What a bench answers. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  goal?: string;
  holds?: boolean;
  /** What is not equal between contestants, and how it was measured. */
  notes?: string;
}
