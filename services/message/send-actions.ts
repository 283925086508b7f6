/** Ways to send: a new message, a retry, an edit, a revocation; and the way to take one back that has not left. */
import { Problem } from "../../contracts/errors.ts";
import type * as routes from "../../contracts/routes/message.ts";
import { parseRecipient } from "../../contracts/address.ts";
import type { Batch, Message } from "../../contracts/routes/message.ts";
import { operateSession } from "../../actors/operate.ts";
import type { Principal } from "../../contracts/permissions.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { findMessage } from "../../db/statements/messages/find-message.ts";
import { lockMessagesById } from "../../db/statements/messages/lock-messages.ts";
import { saveStatuses } from "../../db/statements/messages/save-statuses.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { count } from "../../metrics/metrics.ts";
import { countryOf, mayUseSession, requireSession } from "../../access/session-scope.ts";
import type { MessageRow, NewMessage } from "../../db/rows/message.ts";
import { toMessageView } from "../../outbox/message-view.ts";
import { MessageChange } from "../../outbox/status.ts";
import { accept, oneMessage } from "./accepting.ts";
import { blankMessage, composeBatch, composeMessage, keyOf } from "./compose.ts";
import type { MessageActions, MessageService } from "./types.ts";
import { mediaLimitsOf } from "./media-limits.ts";

/** The message, if the caller may touch it; otherwise it does not exist for it. */
export async function requireMessage(service: MessageService, principal: Principal, id: string): Promise<MessageRow> {
  const row = await findMessage<MessageRow>(service.database, principal.tenantId, id);
  if (row === undefined || !mayUseSession(principal, row.session_id))
    throw new Problem("not_found", `there is no message "${id}"`);
  return row;
}

const CHANGEABLE = new Set(["sent", "delivered", "read", "played"]);

/** The message to change, with its session. Only what has left, and was ours, can be changed. */
async function requireChangeable(
  service: MessageService,
  principal: Principal,
  id: string,
): Promise<{ row: MessageRow; session: SessionRow }> {
  const row = await requireMessage(service, principal, id);
  if (row.direction !== "outbound" || !CHANGEABLE.has(row.status)) {
    throw new Problem(
      "not_changeable",
      `only a message that was sent can be changed; this one is ${row.direction} and ${row.status}`,
      {
        facts: { status: row.status },
      },
    );
  }
  if (row.revoked_at !== null) throw new Problem("not_changeable", "the message was revoked");
  return { row, session: await requireSession(service.database, principal, row.session_id) };
}

/** The row of an edit or a revocation of `row`. */
function changeOf(row: MessageRow, session: SessionRow, change: Pick<NewMessage, "type" | "text">): NewMessage {
  return {
    ...blankMessage(session, Date.now()),
    ...change,
    chat_id: row.chat_id,
    chat_lid: row.chat_lid,
    target_key: keyOf(row),
    content: JSON.stringify({ messageId: row.id }),
  };
}

export const sendActions: MessageActions = {
  async send(ctx: Call<typeof routes.sendMessage>): Promise<Message> {
    const session = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    const limits = mediaLimitsOf(this, ctx);
    return accept(this, ctx, `POST messages ${session.id}`, async () =>
      oneMessage(await composeMessage(this.database, session, ctx.params.body, limits)),
    );
  },

  async bulk(ctx: Call<typeof routes.sendBulk>): Promise<Batch> {
    const session = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    const limits = mediaLimitsOf(this, ctx);
    return accept(this, ctx, `POST bulk ${session.id}`, () =>
      composeBatch(this.database, session, ctx.params.body, limits),
    );
  },

  async forward(ctx: Call<typeof routes.forwardMessage>): Promise<Message> {
    const principal = principalOf(ctx);
    const row = await requireMessage(this, principal, ctx.params.params.id);
    const session = await requireSession(this.database, principal, row.session_id);
    const chat = {
      chat_id: parseRecipient(ctx.params.body.to, countryOf(session), "/to"),
      target_key: keyOf(row),
      type: "forward",
    };
    return accept(this, ctx, `POST forward ${row.id}`, async () =>
      oneMessage({ ...blankMessage(session, Date.now()), ...chat }),
    );
  },

  async star(ctx: Call<typeof routes.starMessage>): Promise<{ ok: true }> {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    await operateSession(ctx, row.session_id, "star", { key: keyOf(row), star: ctx.params.body.star });
    return { ok: true };
  },

  async retry(ctx: Call<typeof routes.retryMessage>): Promise<Message> {
    const principal = principalOf(ctx);
    const row = await requireMessage(this, principal, ctx.params.params.id);
    if (row.direction !== "outbound" || !["failed", "expired", "cancelled"].includes(row.status)) {
      throw new Problem("not_retryable", `it is ${row.status}`, { facts: { status: row.status } });
    }
    const session = await requireSession(this.database, principal, row.session_id);
    const { type, chat_id, chat_lid, content, text, media_id, reply_to, target_key, mentions, priority } = row;
    const copy = {
      type,
      chat_id,
      chat_lid,
      content,
      text,
      media_id,
      reply_to,
      target_key,
      mentions,
      priority,
      retry_of: row.id,
    };
    return accept(this, ctx, `POST retry ${row.id}`, async () =>
      oneMessage({ ...blankMessage(session, Date.now()), ...copy }),
    );
  },

  async edit(ctx: Call<typeof routes.editMessage>): Promise<Message> {
    const { id } = ctx.params.params;
    return accept(this, ctx, `PATCH message ${id}`, async () => {
      const { row, session } = await requireChangeable(this, principalOf(ctx), id);
      if (row.type !== "text") throw new Problem("not_changeable", `only texts can be edited; this is a ${row.type}`);
      return oneMessage(changeOf(row, session, { type: "edit", text: ctx.params.body.text }));
    });
  },

  async revoke(ctx: Call<typeof routes.revokeMessage>): Promise<Message> {
    const { id } = ctx.params.params;
    return accept(this, ctx, `POST revoke ${id}`, async () => {
      const { row, session } = await requireChangeable(this, principalOf(ctx), id);
      return oneMessage(changeOf(row, session, { type: "revoke", text: null }));
    });
  },

  async cancel(ctx: Call<typeof routes.cancelMessage>): Promise<Message> {
    const { id } = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    const cancelled = await this.database.transaction(async (sql) => {
      const now = Date.now();
      const row = (await lockMessagesById<MessageRow>(sql, [id]))[0];
      if (row === undefined) throw new Problem("not_found");
      if (!["scheduled", "queued", "retrying"].includes(row.status))
        throw new Problem("not_cancellable", `it is ${row.status}`, { facts: { status: row.status } });
      const change = new MessageChange(row, now);
      change.set({ error_code: null, error_detail: null });
      change.moveTo("cancelled", "cancelled", now);
      await saveStatuses(sql, [change.toStatusChange()]);
      await appendEvents(sql, change.events(), now);
      return change.row;
    });
    announceEvents(this.broker);
    count(this.broker, "wa_messages_finished_total", { status: "cancelled", code: "" });
    return toMessageView({ ...cancelled, updated_at: Date.now() });
  },
};
