/**
 * Reconciliation: looks up a message whose send has an unknown outcome. The outcome stays unknown while the message
 * cannot be looked up, or is still waiting in the page; past the claim's deadline the message is sent again under its
 * own id, and the network makes one message of the two.
 */
import { systemNow } from "../concurrency/clock.ts";
import { ACK } from "../contracts/states.ts";
import { DriverError, type SessionRun } from "../contracts/transport.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { detailOf, sentOutcome, subjectOf, type Outcome } from "./outcome.ts";
import type { SendQueuesOptions } from "./session-port.ts";

/** Looks the message up and returns the outcome. Never throws. */
export async function lookUpMessage(
  { sessions }: Pick<SendQueuesOptions, "sessions">,
  run: SessionRun,
  row: MessageRow,
): Promise<Outcome> {
  const isOverdue = systemNow() > (row.claim_deadline ?? 0);
  try {
    const receipt = await sessions.find(row.session_id, { waId: row.wa_id, to: row.chat_id });
    if (receipt !== null && receipt.ack >= ACK.server) return sentOutcome(run, row, receipt);
    if (receipt === null || isOverdue) return { ...subjectOf(run, row), kind: "not_found" };
    return { ...subjectOf(run, row), kind: "unknown", detail: "it waits in the page to be sent" };
  } catch (error) {
    const isDisconnected = error instanceof DriverError && error.kind === "not_connected";
    if (isOverdue && !isDisconnected) return { ...subjectOf(run, row), kind: "not_found" };
    return { ...subjectOf(run, row), kind: "unknown", detail: detailOf(error) };
  }
}
