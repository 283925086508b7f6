/** Accepting messages: what a 202 stands for. One transaction holds the message, its idempotency key and its event. */
import { appendEvents } from "../db/statements/events/append-events.ts";
import { findMessage } from "../db/statements/messages/find-message.ts";
import { insertMessages } from "../db/statements/messages/insert-messages.ts";
import { addUsage } from "../db/statements/messages/usage.ts";
import { claimIdempotencyKey, dropIdempotencyKey, type StoredAnswer } from "../db/statements/messages/idempotency.ts";
import type { Database, Sql } from "../db/database.ts";
import type { EventDraft } from "../contracts/events.ts";
import { Problem } from "../contracts/errors.ts";
import type { Message } from "../contracts/routes/message.ts";
import type { NewMessage } from "../db/rows/message.ts";
import { GroupCommit } from "../db/group-commit.ts";

export interface AcceptRequest {
  /** Accepted together or not at all; of one tenant and session. Only a single one may have a clientRef. */
  readonly messages: readonly [NewMessage, ...NewMessage[]];
  /** The answer that the client gets, kept for a repeat with the same key. */
  readonly answer: StoredAnswer;
  readonly idempotency: { readonly scope: string; readonly key: string; readonly fingerprint: string } | null;
  /** Messages that the tenant may send per day; null without a limit. */
  readonly dailyQuota: number | null;
}

export interface Accepted {
  readonly answer: StoredAnswer;
  readonly replayed: boolean;
}

/** ms for which an idempotency key is remembered. */
const KEY_LIFE = 72 * 3_600_000;

/** The writer of accepted messages of one process. */
export function createAcceptor(database: Database, committed: () => void): GroupCommit<AcceptRequest, Accepted> {
  return new GroupCommit({ database, write: acceptAll, committed });
}

async function acceptAll(
  sql: Sql,
  requests: readonly AcceptRequest[],
  isSecondTry: boolean,
): Promise<(Accepted | Error)[]> {
  const now = Date.now();
  const results: (Accepted | Error | undefined)[] = [];
  const fresh: { request: AcceptRequest; index: number }[] = [];
  for (const [, { request, index }] of inOrder(
    requests.map((request, index) => [request.idempotency?.key ?? "", { request, index }] as const),
  )) {
    results[index] =
      (isSecondTry ? await answerCommitted(sql, request) : undefined) ?? (await answerKnown(sql, request, now));
    if (results[index] === undefined) fresh.push({ request, index });
  }
  const allowed = await withinQuota(sql, fresh, results, now);
  const inserted = await insertMessages(
    sql,
    allowed.flatMap(({ request }) => request.messages),
  );
  const drafts: EventDraft[] = [];
  for (const { request, index } of allowed) {
    const [first] = request.messages;
    if (inserted.has(first.id)) {
      results[index] = { answer: request.answer, replayed: false };
      drafts.push(...request.messages.filter((message) => message.status === "queued").map(queuedEvent));
    } else {
      await addUsage(sql, {
        tenantId: first.tenant_id,
        metric: "messages",
        period: periodOf(now),
        by: -request.messages.length,
      });
      if (request.idempotency !== null) await dropIdempotencyKey(sql, first.tenant_id, request.idempotency);
      results[index] = new Problem(
        "client_ref_taken",
        `a message of this session has the clientRef "${first.client_ref}"`,
      );
    }
  }
  await appendEvents(sql, drafts, now);
  return results.map((result) => result ?? new Problem("internal"));
}

/** The answer when the first try was committed after all, with its count, its event and its key. */
async function answerCommitted(sql: Sql, { messages: [first], answer }: AcceptRequest): Promise<Accepted | undefined> {
  return (await findMessage(sql, first.tenant_id, first.id)) === undefined ? undefined : { answer, replayed: false };
}

/** The stored answer of a repeated Idempotency-Key, or undefined when the request is new (the key is then taken). */
async function answerKnown(sql: Sql, request: AcceptRequest, now: number): Promise<Accepted | Error | undefined> {
  if (request.idempotency === null) return undefined;
  const known = await claimIdempotencyKey(sql, {
    tenantId: request.messages[0].tenant_id,
    ...request.idempotency,
    answer: request.answer,
    expiresAt: now + KEY_LIFE,
    now,
  });
  if (known === null) return undefined;
  if (known.fingerprint !== request.idempotency.fingerprint) return new Problem("idempotency_key_reused");
  return { answer: known.answer, replayed: true };
}

/** Rows of tenants and keys are taken in the order of their names, so that two processes never wait for each other in a ring. */
function inOrder<V>(entries: Iterable<readonly [string, V]>): (readonly [string, V])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

type Indexed = { request: AcceptRequest; index: number };

/** Counts the messages of each tenant's day and refuses the requests that would go above its quota. */
async function withinQuota(
  sql: Sql,
  fresh: readonly Indexed[],
  results: (Accepted | Error | undefined)[],
  now: number,
): Promise<Indexed[]> {
  const allowed: Indexed[] = [];
  const period = periodOf(now);
  for (const [tenantId, items] of inOrder(Map.groupBy(fresh, ({ request }) => request.messages[0].tenant_id))) {
    const wanted = items.reduce((sum, { request }) => sum + request.messages.length, 0);
    let left =
      (items[0]!.request.dailyQuota ?? Number.POSITIVE_INFINITY) -
      (await addUsage(sql, { tenantId, metric: "messages", period, by: wanted })) +
      wanted;
    let refused = 0;
    for (const item of items) {
      const { messages, idempotency, dailyQuota } = item.request;
      if (messages.length <= left) {
        left -= messages.length;
        allowed.push(item);
        continue;
      }
      refused += messages.length;
      if (idempotency !== null) await dropIdempotencyKey(sql, tenantId, idempotency);
      results[item.index] = new Problem(
        "quota_exceeded",
        `the tenant may send ${dailyQuota} messages a day, and ${Math.max(0, left)} of today's are left`,
        {
          retryAfter: secondsToMidnight(now),
        },
      );
    }
    if (refused > 0) await addUsage(sql, { tenantId, metric: "messages", period, by: -refused });
  }
  return allowed.toSorted((a, b) => a.index - b.index);
}

/** The day by which the messages are counted. */
function periodOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

function secondsToMidnight(now: number): number {
  return Math.ceil((86_400_000 - (now % 86_400_000)) / 1_000);
}

function queuedEvent(message: NewMessage): EventDraft {
  return {
    type: "message.queued",
    tenantId: message.tenant_id,
    sessionId: message.session_id,
    data: {
      messageId: message.id,
      chatId: message.chat_id,
      type: message.type as Message["type"],
      clientRef: message.client_ref,
      status: "queued",
    },
  };
}
