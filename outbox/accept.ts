/**
 * Acceptance: one transaction stores the messages, their idempotency key and their events. A 202 is sent only after its
 * commit.
 */
import { systemNow } from "../concurrency/clock.ts";
import { Problem } from "../contracts/errors.ts";
import type { EventDraft } from "../contracts/events.ts";
import type { Database, Sql } from "../db/database.ts";
import { GroupCommit } from "../db/group-commit.ts";
import type { NewMessage } from "../db/rows/message.ts";
import { appendEvents } from "../db/statements/events/append-events.ts";
import { findMessage } from "../db/statements/messages/find-message.ts";
import { deleteIdempotencyKey, storeIdempotencyKey, type StoredAnswer } from "../db/statements/messages/idempotency.ts";
import { insertMessages } from "../db/statements/messages/insert-messages.ts";
import { reserveUsage, finishUsage, useQuota, type DailyUsage } from "./daily-quota.ts";

export interface AcceptRequest {
  /** Accepted all or none; of one tenant and session. Only a single message may have a clientRef. */
  readonly messages: readonly [NewMessage, ...NewMessage[]];
  /** The response, stored for a repeated request with the same key. */
  readonly answer: StoredAnswer;
  readonly idempotency: { readonly scope: string; readonly key: string; readonly fingerprint: string } | null;
  /** Messages that the tenant may send per day; null without a limit. */
  readonly dailyQuota: number | null;
}

export interface Accepted {
  readonly answer: StoredAnswer;
  /** True for a repeated request, whose answer is that of the first. */
  readonly replayed: boolean;
}

/** A request in a transaction, and its result as soon as there is one. */
interface Entry {
  readonly request: AcceptRequest;
  result: Accepted | Error | undefined;
}

/** ms for which an idempotency key is remembered. */
const KEY_LIFETIME = 72 * 3_600_000;

/**
 * The process's writer of accepted messages; concurrent requests share transactions. `committed` is called after each.
 */
export function createAcceptor(database: Database, committed: () => void): GroupCommit<AcceptRequest, Accepted> {
  return new GroupCommit({ database, write: acceptAll, committed });
}

async function acceptAll(
  sql: Sql,
  requests: readonly AcceptRequest[],
  isSecondTry: boolean,
): Promise<(Accepted | Error)[]> {
  const now = systemNow();
  const entries = requests.map((request): Entry => ({ request, result: undefined }));
  for (const entry of inOrder(entries, ({ request }) => request.idempotency?.key ?? "")) {
    if (isSecondTry) entry.result = await findCommitted(sql, entry.request);
    entry.result ??= await findRepeated(sql, entry.request, now);
  }
  const usages = await applyQuotas(sql, entries.filter(isPending), now);
  const events = await insertAll(sql, entries.filter(isPending), usages);
  for (const usage of usages.values()) events.push(...(await finishUsage(sql, usage, now)));
  await appendEvents(sql, events, now);
  return entries.map(({ result }) => result ?? new Problem("internal"));
}

function isPending(entry: Entry): boolean {
  return entry.result === undefined;
}

/** Sorts by name: processes that lock several rows lock them in this order, so that they do not deadlock. */
function inOrder<T>(items: Iterable<T>, nameOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** The result if the first try was committed after all, with its count, its event and its key. */
async function findCommitted(sql: Sql, { messages: [first], answer }: AcceptRequest): Promise<Accepted | undefined> {
  return (await findMessage(sql, first.tenant_id, first.id)) === undefined ? undefined : { answer, replayed: false };
}

/** The stored answer of a repeated Idempotency-Key; undefined for a new request, whose key is stored. */
async function findRepeated(sql: Sql, request: AcceptRequest, now: number): Promise<Accepted | Error | undefined> {
  const { idempotency, answer, messages } = request;
  if (idempotency === null) return undefined;
  const expiresAt = now + KEY_LIFETIME;
  const tenantId = messages[0].tenant_id;
  const known = await storeIdempotencyKey(sql, { tenantId, ...idempotency, answer, expiresAt, now });
  if (known === null) return undefined;
  if (known.fingerprint !== idempotency.fingerprint) return new Problem("idempotency_key_reused");
  return { answer: known.answer, replayed: true };
}

/** Counts the messages against their tenants' daily quotas, and refuses the requests that exceed one. */
async function applyQuotas(sql: Sql, entries: readonly Entry[], now: number): Promise<Map<string, DailyUsage>> {
  const usages = new Map<string, DailyUsage>();
  const byTenant = Map.groupBy(entries, ({ request }) => request.messages[0].tenant_id);
  for (const [tenantId, own] of inOrder(byTenant, ([tenantId]) => tenantId)) {
    const count = own.reduce((sum, { request }) => sum + request.messages.length, 0);
    const usage = await reserveUsage(sql, { tenantId, limit: own[0]!.request.dailyQuota, count, now });
    usages.set(tenantId, usage);
    for (const entry of own) {
      const refusal = useQuota(usage, entry.request.messages.length, now);
      if (refusal !== undefined) await refuse(sql, entry, refusal);
    }
  }
  return usages;
}

/** Inserts the messages and returns their events; a message whose clientRef is taken is refused, and not counted. */
async function insertAll(
  sql: Sql,
  entries: readonly Entry[],
  usages: ReadonlyMap<string, DailyUsage>,
): Promise<EventDraft[]> {
  const inserted = await insertMessages(
    sql,
    entries.flatMap(({ request }) => request.messages),
  );
  const events: EventDraft[] = [];
  for (const entry of entries) {
    const { messages, answer } = entry.request;
    const [first] = messages;
    if (inserted.has(first.id)) {
      entry.result = { answer, replayed: false };
      events.push(...messages.filter((message) => message.status === "queued").map(queuedEvent));
      continue;
    }
    usages.get(first.tenant_id)!.accepted -= messages.length;
    const detail = `a message of this session has the clientRef "${first.client_ref}"`;
    await refuse(sql, entry, new Problem("client_ref_taken", detail));
  }
  return events;
}

/** Refuses a request, and releases its key for a corrected one. */
async function refuse(sql: Sql, entry: Entry, problem: Problem): Promise<void> {
  const { messages, idempotency } = entry.request;
  if (idempotency !== null) await deleteIdempotencyKey(sql, messages[0].tenant_id, idempotency);
  entry.result = problem;
}

function queuedEvent(message: NewMessage): EventDraft {
  return {
    type: "message.queued",
    tenantId: message.tenant_id,
    sessionId: message.session_id,
    data: {
      messageId: message.id,
      chatId: message.chat_id,
      type: message.type,
      clientRef: message.client_ref,
      status: "queued",
    },
  };
}
