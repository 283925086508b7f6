/** A scenario: a fault that a cluster under load is put through. */
import type { Stage } from "./stage.ts";

/** What one fault measured, in ms, by name. */
export type Measures = Readonly<Record<string, number>>;

export interface Fault {
  /** Counts the faults of the run from 0. */
  readonly number: number;
  /** A random number from 0 to 1, from the seed. */
  readonly dice: () => number;
  /** How long an outage lasts, in s; null for the scenario's own time. */
  readonly seconds: number | null;
}

export interface Scenario {
  readonly says: string;
  /** It is played with the data directory on a volume of its own. */
  readonly needsVolume?: true;
  /** Resolves when the cluster is whole again. */
  readonly play: (stage: Stage, fault: Fault) => Promise<Measures>;
}
