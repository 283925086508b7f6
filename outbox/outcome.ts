/** The outcome of a send or of a lookup, and how it follows from a receipt or an error. */
import { systemNow } from "../concurrency/clock.ts";
import type { Address } from "../contracts/address.ts";
import type { MessageFailure } from "../contracts/states.ts";
import { sanitizeText } from "../contracts/text.ts";
import { DriverError, explain, type SendReceipt, type SessionRun } from "../contracts/transport.ts";
import type { MessageRow } from "../db/rows/message.ts";

/** `epoch` is that of the run which has claimed the message, `at` is Unix ms. */
export type Outcome = { readonly messageId: string; readonly epoch: number; readonly at: number } & (
  | { readonly kind: "sent"; readonly ack: number; readonly key: string; readonly chat: Address }
  | { readonly kind: "rejected"; readonly failure: MessageFailure; readonly detail: string }
  /** It provably was not sent. `notConnected`: the session could not try, so the attempt does not count. */
  | { readonly kind: "not_sent"; readonly detail: string; readonly notConnected: boolean }
  /** It may have been sent: it is looked up before its session sends anything else. */
  | { readonly kind: "unknown"; readonly detail: string }
  /** Looked up and not found: it is sent again, under the same id. */
  | { readonly kind: "not_found" }
);

type Subject = Pick<Outcome, "messageId" | "epoch" | "at">;

/** The fields that every outcome has. */
export function subjectOf(run: SessionRun, row: MessageRow, at = systemNow()): Subject {
  return { messageId: row.id, epoch: run.epoch, at };
}

export function sentOutcome(run: SessionRun, row: MessageRow, { ack, key, chat, at }: SendReceipt): Outcome {
  return { ...subjectOf(run, row, at), kind: "sent", ack, key, chat };
}

/** The outcome of a send that failed. */
export function failedOutcome(run: SessionRun, row: MessageRow, error: unknown): Outcome {
  const subject = subjectOf(run, row);
  const detail = detailOf(error);
  if (!(error instanceof DriverError) || error.kind === "unknown") return { ...subject, kind: "unknown", detail };
  if (error.kind === "rejected")
    return { ...subject, kind: "rejected", failure: error.failure ?? "rejected_by_network", detail };
  return { ...subject, kind: "not_sent", detail, notConnected: error.kind === "not_connected" };
}

/** The explanation of the error in a form that can be stored; it may contain text from the page. */
export function detailOf(error: unknown): string {
  if (error instanceof DriverError) return sanitizeText(explain(error));
  return sanitizeText(error instanceof Error ? error.message : String(error));
}
