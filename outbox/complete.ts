/** What became of a claimed message. Every outcome is written under the claim's epoch, or not at all. */
import type { EventDraft } from "../contracts/events.ts";
import type { MessageFailure } from "../contracts/states.ts";
import type { Sql } from "../db/database.ts";
import { lockMessagesById } from "../db/statements/messages/lock-messages.ts";
import { saveStatuses } from "../db/statements/messages/save-statuses.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { isOpen, MessageChange } from "./status.ts";

export type Outcome = { readonly messageId: string; readonly epoch: number; readonly at: number } & (
  | { readonly kind: "sent"; readonly ack: number; readonly key: string; readonly lid: string | null }
  | { readonly kind: "rejected"; readonly failure: MessageFailure; readonly detail: string }
  /** It provably did not leave; `wait` when the session was not ready, which costs no attempt. */
  | { readonly kind: "not_sent"; readonly detail: string; readonly wait: boolean }
  /** It may have left: it is looked up before anything else happens in its session. */
  | { readonly kind: "unknown"; readonly detail: string }
  /** Looked up and not there: it is sent again, under the same id. */
  | { readonly kind: "not_found" }
);

const MAX_ATTEMPTS = 6;
/** Tries after which a message that was looked up and not found is sent again without waiting. */
const AT_ONCE = 3;

/** Full jitter on 2 s, doubled for each attempt, 5 minutes at most. */
export function backoff(attempts: number): number {
  return Math.round(Math.random() * Math.min(300_000, 2_000 * 2 ** attempts)) + 200;
}

/** Writes the outcomes and returns the events they make; outcomes of an older epoch, or of a message that an acknowledgement has moved on, change nothing. */
export async function completeMessages(sql: Sql, outcomes: readonly Outcome[], now: number): Promise<EventDraft[]> {
  if (outcomes.length === 0) return [];
  const rows = await lockMessagesById<MessageRow>(
    sql,
    outcomes.map((outcome) => outcome.messageId),
  );
  const byId = new Map<string, MessageRow>(rows.map((row) => [row.id, row]));
  const changes: MessageChange[] = [];
  for (const outcome of outcomes) {
    const row = byId.get(outcome.messageId);
    if (row === undefined || row.claim_epoch !== outcome.epoch) continue;
    const change = new MessageChange(row, now);
    if (outcome.kind === "sent") change.set({ wa_key: outcome.key, chat_lid: outcome.lid ?? row.chat_lid });
    if (isOpen(row.status)) apply(change, outcome, now);
    if (change.isChanged) changes.push(change);
  }
  await saveStatuses(
    sql,
    changes.map((change) => change.toStatusChange()),
  );
  return changes.flatMap((change) => change.events());
}

function apply(change: MessageChange, outcome: Outcome, now: number): void {
  switch (outcome.kind) {
    case "sent":
      return change.applyAck(outcome.ack, outcome.at);
    case "rejected":
      change.set({ error_code: outcome.failure, error_detail: outcome.detail });
      return change.moveTo("failed", "failed", outcome.at, outcome.failure);
    case "not_sent":
      return outcome.wait ? requeue(change, outcome.detail) : retryLater(change, outcome.detail, now);
    case "unknown":
      return change.set({ status: "reconciling", error_code: "outcome_unknown", error_detail: outcome.detail });
    case "not_found":
      // A few times at once: a claim of which nobody heard was no try. What goes on like that waits between its tries, and they are counted.
      if (change.row.attempts <= AT_ONCE) return change.set({ status: "queued", claim_epoch: null });
      return retryLater(
        change,
        change.row.error_detail ?? "what became of the last try is not known, and it did not arrive",
        now,
      );
  }
}

function requeue(change: MessageChange, detail: string): void {
  change.set({
    status: "queued",
    claim_epoch: null,
    attempts: change.row.attempts - 1,
    error_code: "session_not_connected",
    error_detail: detail,
  });
}

function retryLater(change: MessageChange, detail: string, now: number): void {
  if (change.row.attempts >= MAX_ATTEMPTS) {
    change.set({ error_code: "attempts_exhausted", error_detail: detail });
    change.moveTo("failed", "failed", now, "attempts_exhausted");
    return;
  }
  change.set({
    status: "retrying",
    claim_epoch: null,
    next_attempt_at: now + backoff(change.row.attempts),
    error_code: "retrying",
    error_detail: detail,
  });
}
