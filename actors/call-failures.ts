/** The failures of calls that an actor has not carried out, or not in time. */
import { QueueFullError } from "../concurrency/serial-queue.ts";
import { DriverError } from "../contracts/transport.ts";
import type { ActorCall } from "./protocol.ts";

/** Maps a full task queue to `not_sent`: the call was never started. */
export function toDriverError(error: unknown): never {
  throw error instanceof QueueFullError ? new DriverError("not_sent", "the session is overloaded") : error;
}

/** The call has no answer within `ms`. */
export function overdue(call: ActorCall, ms: number): DriverError {
  return call.kind === "pair"
    ? new DriverError("not_sent", "WhatsApp Web is still being loaded for the code; ask again with the same phone")
    : new DriverError("unknown", `no answer within ${ms} ms`);
}
