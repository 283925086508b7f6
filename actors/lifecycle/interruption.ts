/** Thrown through a command that another one interrupts. It is no failure: whoever interrupts takes the session from here. */
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
