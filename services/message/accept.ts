/** The last step of every request that queues messages: quota, queue length, idempotency, and the durable write. */
import { hash } from "node:crypto";
import type { Context } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import { principalOf, type CallMeta } from "../../access/call.ts";
import { Problem } from "../../contracts/errors.ts";
import { priorityName } from "../../contracts/message-kinds.ts";
import type { Message } from "../../contracts/message.ts";
import type { NewMessage } from "../../db/rows/message.ts";
import { findStoredAnswer } from "../../db/statements/messages/idempotency.ts";
import { count } from "../../metrics/metrics.ts";
import type { AcceptRequest } from "../../outbox/accept.ts";
import { toMessageView } from "../../outbox/message-view.ts";
import { announceQueued } from "../../outbox/queue-hint.ts";
import { limitsOf } from "./tenant-limits.ts";
import type { MessageService } from "./types.ts";

type SendContext = Context<unknown, CallMeta>;

/** A request turned into rows, and its response. */
export interface Composed<T> {
  readonly messages: readonly [NewMessage, ...NewMessage[]];
  readonly answer: T;
}

/** A request for a single message. */
export function oneMessage(message: NewMessage): Composed<Message> {
  return { messages: [message], answer: toMessageView(message) };
}

/**
 * Accepts the messages that `compose` returns. A repeated request with the same Idempotency-Key gets the first
 * response, even if the session or its messages have changed since. `route` names the action and the ids in its path.
 */
export async function accept<T>(
  service: MessageService,
  ctx: SendContext,
  route: string,
  compose: () => Promise<Composed<T>>,
): Promise<T> {
  const { tenantId, userId, apiKeyId } = principalOf(ctx);
  const key = ctx.meta.idempotencyKey;
  if (key === undefined) return write(service, ctx, await compose(), null);
  const scope = `${userId ?? apiKeyId ?? ""} ${route}`;
  const running = `${tenantId} ${scope} ${key}`;
  if (service.running.has(running)) throw new Problem("idempotency_in_progress", undefined, { retryAfter: 1 });
  service.running.add(running);
  try {
    // The route has the session's id, so that requests by the session's id and by its name count as the same.
    const fingerprint = hash("sha256", JSON.stringify([route, bodyOf(ctx.params)]), "base64url");
    const stored = await findStoredAnswer(service.database, { tenantId, scope, key, now: systemNow() });
    if (stored === undefined) return await write(service, ctx, await compose(), { scope, key, fingerprint });
    if (stored.fingerprint !== fingerprint) throw new Problem("idempotency_key_reused");
    return replay(ctx, stored.body);
  } finally {
    service.running.delete(running);
  }
}

/** The body of a request; the parameters of an internal call. */
function bodyOf(params: unknown): unknown {
  return typeof params === "object" && params !== null && "body" in params ? params.body : params;
}

async function write<T>(
  service: MessageService,
  ctx: SendContext,
  { messages, answer }: Composed<T>,
  idempotency: AcceptRequest["idempotency"],
): Promise<T> {
  const { broker } = service;
  const sessionId = messages[0].session_id;
  const limits = await limitsOf(service, ctx);
  if (limits.status === "suspended") throw new Problem("tenant_suspended");
  await service.depths.requireRoom(service.database, sessionId, messages.length);
  const accepted = await service.acceptor.submit({
    messages,
    // Only read when a request with the same key is repeated.
    answer: { status: 202, body: idempotency === null ? "" : JSON.stringify(answer) },
    idempotency,
    dailyQuota: limits.quotas.messagesPerDay,
  });
  if (accepted.replayed) return replay(ctx, accepted.answer.body);
  for (const { type, priority } of messages)
    count(broker, "wa_messages_accepted_total", { kind: type, priority: priorityName(priority) });
  announceQueued(broker, [sessionId]);
  return answer;
}

function replay<T>(ctx: SendContext, body: string): T {
  ctx.meta.$responseHeaders = { "Idempotency-Replayed": "true" };
  return JSON.parse(body) as T;
}
