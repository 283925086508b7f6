/**
 * Requests to the sandbox that wait for their replies. Each has a deadline, and all fail when the connection is lost.
 */
import type { ServerFrame, WireErrorCode, WireOperationName, WireOperations } from "../../contracts/sandbox-wire.ts";
import { MESSAGE_FAILURE_WORDS, type MessageFailure } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";

type Answer = Extract<ServerFrame, { type: "reply" | "error" }>;

/** Sends a request and returns the output of its reply; rejects with a DriverError only. */
export type Request = <N extends WireOperationName>(
  op: N,
  input: WireOperations[N][0],
) => Promise<WireOperations[N][1]>;

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: DriverError) => void;
  readonly timer: NodeJS.Timeout;
}

const DEADLINE_MS = 15_000;

const FAILURE_OF: Partial<Record<WireErrorCode, MessageFailure>> = {
  not_on_whatsapp: "number_not_on_whatsapp",
  not_in_group: "not_group_member",
  not_admin: "group_admin_only",
  target_not_found: "target_not_found",
  too_late: "too_late_to_change",
  business_only: "business_only",
};

export class Requests {
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** Registers a request; `send` puts the frame on the wire. */
  add<N extends WireOperationName>(
    op: N,
    input: WireOperations[N][0],
    send: (frame: string) => void,
  ): Promise<WireOperations[N][1]> {
    const id = ++this.#lastId;
    return new Promise<WireOperations[N][1]>((resolve, reject) => {
      const timer = setTimeout(() => this.#expire(id, op), DEADLINE_MS);
      this.#waiting.set(id, { resolve: resolve as (output: unknown) => void, reject, timer });
      send(JSON.stringify({ type: "request", id, op, input }));
    });
  }

  complete(answer: Answer): void {
    const waiting = this.#remove(answer.id);
    if (answer.type === "reply") waiting?.resolve(answer.output);
    else waiting?.reject(toDriverError(answer.code, answer.detail));
  }

  #expire(id: number, op: string): void {
    this.#remove(id)?.reject(new DriverError("unknown", `the sandbox did not answer ${op} in ${DEADLINE_MS} ms`));
  }

  #remove(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  /** The connection is lost: the waiting requests may or may not have arrived. */
  failAll(message: string): void {
    for (const id of this.#waiting.keys()) this.#remove(id)?.reject(new DriverError("unknown", message));
  }
}

function toDriverError(code: WireErrorCode, detail: string): DriverError {
  if (code === "not_linked") return new DriverError("not_connected", detail);
  const failure = FAILURE_OF[code] ?? "rejected_by_network";
  const message = failure === "rejected_by_network" ? MESSAGE_FAILURE_WORDS[failure] : detail;
  return new DriverError("rejected", message, failure);
}
