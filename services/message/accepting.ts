/** The last step of every way to send: quota, queue length, idempotency, and the durable write. */
import { hash } from "node:crypto";
import type { Context } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import { priorityName } from "../../contracts/message-kinds.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import type { Message } from "../../contracts/routes/message.ts";
import type { CallMeta } from "../../access/call.ts";
import { findStoredAnswer } from "../../db/statements/messages/idempotency.ts";
import { principalOf } from "../../access/call.ts";
import { count } from "../../metrics/metrics.ts";
import { announceQueued } from "../../outbox/queue-hint.ts";
import type { AcceptRequest } from "../../outbox/accept.ts";
import type { NewMessage } from "../../db/rows/message.ts";
import { toMessageView } from "../../outbox/message-view.ts";
import type { MessageService } from "./types.ts";

type SendContext = Context<{ body?: unknown; params?: unknown }, CallMeta>;

/** What a way to send makes of its request: the rows, and the answer that a client gets. */
export interface Composed<T> {
  readonly messages: readonly [NewMessage, ...NewMessage[]];
  readonly answer: T;
}

/** The answer of a send of one. */
export function oneMessage(message: NewMessage): Composed<Message> {
  return { messages: [message], answer: toMessageView(message) };
}

/** Accepts what `compose` makes. With an Idempotency-Key a repeat gets the first answer, whatever has changed since. */
export async function accept<T>(
  service: MessageService,
  ctx: SendContext,
  route: string,
  compose: () => Promise<Composed<T>>,
): Promise<T> {
  const { tenantId, userId, apiKeyId } = principalOf(ctx);
  const key = ctx.meta.idempotencyKey;
  const scope = `${userId ?? apiKeyId ?? ""} ${route}`;
  if (key === undefined) return write(service, ctx, await compose(), null);
  const running = `${tenantId} ${scope} ${key}`;
  if (service.running.has(running)) throw new Problem("idempotency_in_progress", undefined, { retryAfter: 1 });
  service.running.add(running);
  try {
    // By the route, which names the session by its id, however the path has named it.
    const fingerprint = hash("sha256", JSON.stringify([route, ctx.params.body]), "base64url");
    const stored = await findStoredAnswer(service.database, { tenantId, scope, key, now: Date.now() });
    if (stored === undefined) return await write(service, ctx, await compose(), { scope, key, fingerprint });
    if (stored.fingerprint !== fingerprint) throw new Problem("idempotency_key_reused");
    return replay(ctx, stored.body);
  } finally {
    service.running.delete(running);
  }
}

async function write<T>(
  service: MessageService,
  ctx: SendContext,
  { messages, answer }: Composed<T>,
  idempotency: AcceptRequest["idempotency"],
): Promise<T> {
  const [first] = messages;
  const tenantId = first.tenant_id;
  const limits = await service.limits.get(tenantId, () =>
    ctx.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId }),
  );
  if (limits.status === "suspended") throw new Problem("tenant_suspended");
  await service.depths.requireRoom(service.database, first.session_id, messages.length);
  const accepted = await service.acceptor.submit({
    messages,
    // Kept for a repeat with the same key; without a key there is none.
    answer: { status: 202, body: idempotency === null ? "" : JSON.stringify(answer) },
    idempotency,
    dailyQuota: limits.quotas.messagesPerDay,
  });
  if (!accepted.replayed)
    for (const { type, priority } of messages)
      count(service.broker, "wa_messages_accepted_total", { kind: type, priority: priorityName(priority) });
  announceQueued(service.broker, [first.session_id]);
  return accepted.replayed ? replay(ctx, accepted.answer.body) : answer;
}

function replay<T>(ctx: SendContext, body: string): T {
  ctx.meta.$responseHeaders = { "Idempotency-Replayed": "true" };
  return JSON.parse(body) as T;
}
