/**
 * A session that is linked to another account: what was queued for the earlier one must not leave from the new number.
 * The queue pauses until someone decides, or until the earlier account is back.
 */
import { systemNow } from "../concurrency/clock.ts";
import type { Address } from "../contracts/address.ts";
import type { EventDraft } from "../contracts/events.ts";
import type { SessionRun } from "../contracts/transport.ts";
import type { Database, Sql } from "../db/database.ts";
import { appendEvents } from "../db/statements/events/append-events.ts";
import { selectInFlight } from "../db/statements/messages/due-messages.ts";
import { lockMessagesById } from "../db/statements/messages/lock-messages.ts";
import { saveStatuses } from "../db/statements/messages/save-statuses.ts";
import { findAccount } from "../db/statements/sessions/find-account.ts";
import {
  countWaiting,
  lockQueueAccount,
  pauseQueue,
  selectWaiting,
  setQueueAccount,
} from "../db/statements/sessions/queue-account.ts";
import { MessageChange } from "./message-change.ts";
import { canMove } from "./message-states.ts";

const CANCELS_PER_TRANSACTION = 500;

/** Records that the session is linked to `me`, and pauses its queue if that is another account than before. */
export async function bindQueue(
  sql: Sql,
  { sessionId, tenantId }: Pick<SessionRun, "sessionId" | "tenantId">,
  me: Address,
  now: number,
): Promise<EventDraft[]> {
  const { account, pause } = await lockQueueAccount(sql, sessionId);
  if (account === null || isSame(account, me)) {
    if (account === null || pause !== null || account.chatId !== me.chatId || account.lid !== me.lid)
      await setQueueAccount(sql, sessionId, me);
    return [];
  }
  if (pause === "account_changed") return [];
  const drafts = await failInFlight(sql, sessionId, now);
  const waiting = await countWaiting(sql, sessionId);
  if (waiting === 0) {
    await setQueueAccount(sql, sessionId, me);
    return drafts;
  }
  await pauseQueue(sql, sessionId, now);
  const data = { previous: account, current: { chatId: me.chatId, phone: me.phone, lid: me.lid }, waiting };
  return [...drafts, { type: "session.account_changed", tenantId, sessionId, data }];
}

/** An account that changes its number keeps its privacy id. */
function isSame(one: Address, other: Address): boolean {
  return one.chatId === other.chatId || (one.lid !== null && one.lid === other.lid);
}

/** What the earlier account was sending cannot be looked up any more, and sending it again could double it. */
async function failInFlight(sql: Sql, sessionId: string, now: number): Promise<EventDraft[]> {
  const inFlight = await selectInFlight(sql, [sessionId]);
  const changes = (
    await lockMessagesById(
      sql,
      inFlight.map(({ id }) => id),
    )
  ).map((row) => {
    const change = new MessageChange(row, now);
    const detail = "the session was linked to another account while it was being sent; it may have arrived";
    change.set({ error_code: "account_changed", error_detail: detail });
    change.move("result", "failed", now, "account_changed");
    return change;
  });
  await saveStatuses(
    sql,
    changes.map((change) => change.toStatusChange()),
  );
  return changes.flatMap((change) => change.events());
}

/** Sends the queue from the account that the session is linked to now. Has no effect on a queue that is not paused. */
export async function resumeQueue(database: Database, sessionId: string): Promise<void> {
  await database.transaction(async (sql) => {
    const { pause } = await lockQueueAccount(sql, sessionId);
    const account = await findAccount(sql, sessionId);
    if (pause === "account_changed" && account !== null) await setQueueAccount(sql, sessionId, account);
  });
}

/**
 * Cancels what was queued before the account changed. In several transactions: after a failure it is repeated, and the
 * queue stays paused until then.
 */
export async function cancelQueue(database: Database, sessionId: string): Promise<void> {
  for (let count = CANCELS_PER_TRANSACTION; count === CANCELS_PER_TRANSACTION;)
    count = await database.transaction((sql) => cancelSome(sql, sessionId));
}

async function cancelSome(sql: Sql, sessionId: string): Promise<number> {
  const now = systemNow();
  const { pause, changedAt } = await lockQueueAccount(sql, sessionId);
  if (pause !== "account_changed" || changedAt === null) return 0;
  const ids = await selectWaiting(sql, { sessionId, until: changedAt, limit: CANCELS_PER_TRANSACTION });
  const changes = (await lockMessagesById(sql, ids))
    .filter((row) => canMove("cancel", row.status, "cancelled"))
    .map((row) => {
      const change = new MessageChange(row, now);
      change.set({ error_code: null, error_detail: null });
      change.move("cancel", "cancelled", now, "account_changed");
      return change;
    });
  await saveStatuses(
    sql,
    changes.map((change) => change.toStatusChange()),
  );
  await appendEvents(
    sql,
    changes.flatMap((change) => change.events()),
    now,
  );
  return changes.length;
}
