/** The last step of every way to send: quota, queue length, idempotency, and the durable write. */
import { createHash } from "node:crypto";
import type { Context } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import type { Message } from "../../contracts/routes/message.ts";
import type { CallMeta } from "../../mixins/call.ts";
import { principalOf } from "../../mixins/call.ts";
import { announceQueued } from "../../mixins/queue-hint.ts";
import type { AcceptRequest } from "../../outbox/accept.ts";
import type { NewMessage } from "../../outbox/message-row.ts";
import { toMessageView } from "../../outbox/message-view.ts";
import type { MessageService } from "./door.ts";

type SendContext = Context<{ body?: unknown; params?: unknown }, CallMeta>;

/** Accepts what `compose` makes. With an Idempotency-Key a repeat gets the first answer, and `compose` may run in vain. */
export async function acceptMessage(service: MessageService, ctx: SendContext, route: string, compose: () => Promise<NewMessage>): Promise<Message> {
  const { tenantId, userId, apiKeyId } = principalOf(ctx);
  const key = ctx.meta.idempotencyKey;
  const scope = `${userId ?? apiKeyId ?? ""} ${route}`;
  if (key === undefined) return write(service, ctx, await compose(), null);
  const running = `${tenantId} ${scope} ${key}`;
  if (service.running.has(running)) throw new Problem("idempotency_in_progress", undefined, { retryAfter: 1 });
  service.running.add(running);
  try {
    const fingerprint = createHash("sha256")
      .update(JSON.stringify([route, ctx.params.params, ctx.params.body]))
      .digest("base64url");
    return await write(service, ctx, await compose(), { scope, key, fingerprint });
  } finally {
    service.running.delete(running);
  }
}

async function write(service: MessageService, ctx: SendContext, message: NewMessage, idempotency: AcceptRequest["idempotency"]): Promise<Message> {
  const limits = await ctx.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId: message.tenant_id });
  if (limits.status === "suspended") throw new Problem("tenant_suspended");
  await service.depths.requireRoom(service.database, message.session_id);
  const view = toMessageView(message);
  const { answer, replayed } = await service.acceptor.submit({
    message,
    answer: { status: 202, body: JSON.stringify(view) },
    idempotency,
    dailyQuota: limits.quotas.messagesPerDay,
  });
  const sent = replayed ? (JSON.parse(answer.body) as Message) : view;
  ctx.meta.$responseHeaders = { Location: `/api/v1/messages/${sent.id}`, ...(replayed ? { "Idempotency-Replayed": "true" } : {}) };
  announceQueued(service.broker, [message.session_id]);
  return sent;
}
