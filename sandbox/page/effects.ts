/** The effect of an event from the server. */
import type { Changes } from "./storage.ts";

export interface Effect {
  /** What is stored, together with the event's number. */
  changes?: Changes;
  /** Shows it, after it has been stored. */
  show?: () => Promise<void> | void;
}
