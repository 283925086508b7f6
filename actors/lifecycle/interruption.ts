/** Ends a command that another one interrupts. It is not a failure: the interrupting command takes over. */
import type { Command } from "./phases.ts";

export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(by: Command) {
    super(`interrupted by ${by}`);
  }
}

export function isInterruption(error: unknown): error is Interrupted {
  return error instanceof Interrupted;
}
