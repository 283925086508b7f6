/** Queues scheduled messages and retries that are due, and expires messages past their `expires_at`. */
import { systemNow } from "../concurrency/clock.ts";
import type { Database } from "../db/database.ts";
import { appendEvents } from "../db/statements/events/append-events.ts";
import { selectDueMessages } from "../db/statements/messages/due-messages.ts";
import { saveStatuses } from "../db/statements/messages/save-statuses.ts";
import { MessageChange } from "./message-change.ts";

const BATCH = 500;

export interface Sweep {
  /** Sessions whose queue has grown. */
  readonly sessions: readonly string[];
  /** True when more messages are due than one batch. */
  readonly more: boolean;
  readonly eventsWritten: boolean;
  /** How many messages have expired. */
  readonly expired: number;
}

/** Queues or expires the messages that are due, at most one batch, in one transaction. */
export async function enqueueAndExpire(database: Database): Promise<Sweep> {
  const now = systemNow();
  // Reading first without the write lock: most of the time nothing is due.
  if ((await selectDueMessages(database, { now, limit: 1, lock: false })).length === 0)
    return { sessions: [], more: false, eventsWritten: false, expired: 0 };
  return database.transaction(async (sql) => {
    const rows = await selectDueMessages(sql, { now, limit: BATCH, lock: true });
    const changes = rows.map((row) => new MessageChange(row, now));
    for (const change of changes) {
      const { expires_at } = change.row;
      if (expires_at !== null && expires_at <= now) expire(change, now);
      else enqueue(change, now);
    }
    await saveStatuses(
      sql,
      changes.map((change) => change.toStatusChange()),
    );
    const events = changes.flatMap((change) => change.events());
    await appendEvents(sql, events, now);
    const queued = changes.filter((change) => change.row.status === "queued");
    return {
      sessions: [...new Set(queued.map((change) => change.row.session_id))],
      more: rows.length === BATCH,
      eventsWritten: events.length > 0,
      expired: changes.length - queued.length,
    };
  });
}

function expire(change: MessageChange, now: number): void {
  const { error_code, error_detail } = change.row;
  change.set({
    error_code: error_code ?? "expired",
    error_detail: error_detail ?? "it was not sent before its expiresAt",
  });
  change.move("expire", "expired", now);
}

/** Clients already see a retry as queued, so only a scheduled message is reported. */
function enqueue(change: MessageChange, now: number): void {
  if (change.row.status === "scheduled") change.move("due", "queued", now);
  else change.moveSilently("due", "queued", { next_attempt_at: null });
}
