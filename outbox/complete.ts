/** Completion: writes the outcomes of sends and lookups, each only if the run that claimed the message still has it. */
import { fullJitter } from "../concurrency/backoff.ts";
import type { EventDraft } from "../contracts/events.ts";
import type { Sql } from "../db/database.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { lockMessagesById } from "../db/statements/messages/lock-messages.ts";
import { MessageChange } from "./message-change.ts";
import { saveChanges } from "./save-changes.ts";
import { isInFlight } from "./message-states.ts";
import type { Outcome } from "./outcome.ts";

const MAX_ATTEMPTS = 6;
/** Attempts up to which a message that was looked up and not found is queued again without a delay. */
const IMMEDIATE_RETRIES = 3;

/** ms before a failed message is retried, with full jitter and in addition to the shortest delay. */
const RETRY = { base: 2_000, cap: 300_000 };
const SHORTEST_DELAY = 200;

function backOff(attempts: number): number {
  return fullJitter(RETRY, attempts) + SHORTEST_DELAY;
}

/**
 * Writes the outcomes and returns the events they cause. Ignored: outcomes of an earlier epoch, and those of messages
 * that an acknowledgement has already moved on.
 */
export async function completeMessages(sql: Sql, outcomes: readonly Outcome[], now: number): Promise<EventDraft[]> {
  if (outcomes.length === 0) return [];
  const rows = await lockMessagesById(
    sql,
    outcomes.map((outcome) => outcome.messageId),
  );
  const byId = new Map<string, MessageRow>(rows.map((row) => [row.id, row]));
  const changes: MessageChange[] = [];
  for (const outcome of outcomes) {
    const row = byId.get(outcome.messageId);
    if (row === undefined || row.claim_epoch !== outcome.epoch) continue;
    const change = new MessageChange(row, now);
    if (outcome.kind === "sent") {
      change.set({ wa_key: outcome.key, chat_lid: outcome.chat.lid ?? row.chat_lid });
      change.setChat(outcome.chat.chatId);
    }
    if (isInFlight(row.status)) apply(change, outcome, now);
    if (change.isChanged) changes.push(change);
  }
  return saveChanges(sql, changes, now);
}

function apply(change: MessageChange, outcome: Outcome, now: number): void {
  switch (outcome.kind) {
    case "sent":
      return change.applyAck(outcome.ack, outcome.at);
    case "rejected":
      change.set({ error_code: outcome.failure, error_detail: outcome.detail });
      return change.move("result", "failed", outcome.at, outcome.failure);
    case "not_sent":
      return outcome.notConnected ? requeue(change, outcome.detail) : retryLater(change, outcome.detail, now);
    case "unknown":
      return change.moveSilently("result", "reconciling", {
        error_code: "outcome_unknown",
        error_detail: outcome.detail,
      });
    case "not_found":
      // At first requeue immediately: the claim may never have reached the driver. After that, back off.
      if (change.row.attempts <= IMMEDIATE_RETRIES)
        return change.moveSilently("result", "queued", { claim_epoch: null });
      return retryLater(
        change,
        change.row.error_detail ?? "the outcome of the last attempt is unknown, and the message did not arrive",
        now,
      );
  }
}

function requeue(change: MessageChange, detail: string): void {
  change.moveSilently("result", "queued", {
    claim_epoch: null,
    attempts: change.row.attempts - 1,
    error_code: "session_not_connected",
    error_detail: detail,
  });
}

function retryLater(change: MessageChange, detail: string, now: number): void {
  if (change.row.attempts >= MAX_ATTEMPTS) {
    change.set({ error_code: "attempts_exhausted", error_detail: detail });
    return change.move("result", "failed", now, "attempts_exhausted");
  }
  change.moveSilently("result", "retrying", {
    claim_epoch: null,
    next_attempt_at: now + backOff(change.row.attempts),
    error_code: "retrying",
    error_detail: detail,
  });
}
