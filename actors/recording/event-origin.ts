import type { Id } from "../../contracts/ids.ts";

/** Whose fact it is. */
export interface EventOrigin {
  readonly sessionId: Id<"session">;
  readonly tenantId: Id<"tenant">;
  readonly epoch: number;
}
