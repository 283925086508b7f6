/** What time alone brings about: planned messages fall due, retries come round, and what is too old expires. */
import { appendEvents } from "../db/statements/events/append-events.ts";
import { deleteExpiredKeys } from "../db/statements/messages/idempotency.ts";
import { saveStatuses } from "../db/statements/messages/save-statuses.ts";
import { selectDueMessages } from "../db/statements/messages/due-messages.ts";
import type { Database } from "../db/database.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { MessageChange } from "./status.ts";

const BATCH = 500;

export interface Swept {
  /** Sessions whose queue has grown. */
  readonly sessions: readonly string[];
  /** True when more is waiting. */
  readonly more: boolean;
  readonly eventsWritten: boolean;
  /** Messages that were not sent in time. */
  readonly expired: number;
}

/** One round: at most a batch of each kind, in one transaction. */
export async function sweepMessages(database: Database): Promise<Swept> {
  const now = Date.now();
  // A look without the write lock first: most rounds find nothing.
  if ((await selectDueMessages<MessageRow>(database, { now, limit: 1, lock: false })).length === 0)
    return { sessions: [], more: false, eventsWritten: false, expired: 0 };
  return database.transaction(async (sql) => {
    const rows = await selectDueMessages<MessageRow>(sql, { now, limit: BATCH, lock: true });
    const changes = rows.map((row) => fallDue(new MessageChange(row, now), now));
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

function fallDue(change: MessageChange, now: number): MessageChange {
  const { row } = change;
  if (row.expires_at !== null && row.expires_at <= now) {
    change.set({
      error_code: row.error_code ?? "expired",
      error_detail: row.error_detail ?? "it was not sent before its expiresAt",
    });
    change.moveTo("expired", "expired", now);
  } else if (row.status === "scheduled") {
    change.moveTo("queued", "queued", now);
  } else {
    change.set({ status: "queued", next_attempt_at: null });
  }
  return change;
}

/** Forgets idempotency keys whose time is over. */
export async function sweepIdempotencyKeys(database: Database): Promise<void> {
  await deleteExpiredKeys(database, Date.now());
}
