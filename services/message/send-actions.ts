/** Actions that queue messages: send, bulk, forward, retry, edit, revoke; and those that act on one: cancel, star. */
import { systemNow } from "../../concurrency/clock.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { countryOf, requireSession } from "../../access/session-scope.ts";
import { operateSession } from "../../actors/call-session.ts";
import { Problem } from "../../contracts/errors.ts";
import * as statusRoutes from "../../contracts/routes/status.ts";
import { STATUS_CHAT } from "../../contracts/address.ts";
import { SendMessage } from "../../contracts/message-kinds.ts";
import { inviteToGroup } from "../../contracts/routes/invitation.ts";
import * as routes from "../../contracts/routes/message.ts";
import type { Message } from "../../contracts/message.ts";
import type { MessageRow, NewMessage } from "../../db/rows/message.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { count } from "../../metrics/metrics.ts";
import { cancelMessage } from "../../outbox/cancel.ts";
import { toMessageView } from "../../outbox/message-view.ts";
import { accept, oneMessage } from "./accept.ts";
import { composeBatch, composeMessage, newOutbound } from "./compose.ts";
import { toKnownChats } from "./known-chats.ts";
import { mediaLimitsOf } from "./media-limits.ts";
import { requireChangeable, requireMessage, requireRevocable } from "./message-access.ts";
import { requireWritable } from "./recipient.ts";
import { keyOf } from "./targets.ts";
import type { MessageService } from "./types.ts";

const { serve } = actionsOf<MessageService>();

/** What has a text or a caption. */
const EDITABLE: ReadonlySet<string> = new Set(["text", "image", "video", "gif", "document"]);

/** The row of an edit or a revocation of `row`. */
function newChange(
  row: MessageRow,
  session: SessionRow,
  change: Pick<NewMessage, "type"> & Partial<NewMessage>,
): NewMessage {
  return newOutbound(session, systemNow(), {
    ...change,
    chat_id: row.chat_id,
    chat_lid: row.chat_lid,
    target_key: keyOf(row),
    content: JSON.stringify({ messageId: row.id }),
  });
}

/** The row of another attempt at `row`: a new message with the same content, to the same chat. */
function newRetry(row: MessageRow, session: SessionRow): NewMessage {
  const { type, chat_id, chat_lid, content, text, media_id, reply_to, target_key, mentions, priority } = row;
  const copy = { type, chat_id, chat_lid, content, text, media_id, reply_to, target_key, mentions, priority };
  return newOutbound(session, systemNow(), { ...copy, retry_of: row.id });
}

/** A forward shows a message to someone else, so it takes the permission to read it. */
function requireReading(ctx: Call<typeof routes.sendMessage> | Call<typeof routes.forwardMessage>): void {
  if (!principalOf(ctx).permissions.includes("message:read"))
    throw new Problem("forbidden", "a forward shows what a message says: these credentials lack message:read");
}

export const sendActions = {
  send: serve(routes.sendMessage, async function (ctx) {
    const session = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    if (ctx.params.body.type === "forward") requireReading(ctx);
    const limits = mediaLimitsOf(this, ctx);
    return accept(this, ctx, `POST messages ${session.id}`, async () =>
      oneMessage(await composeMessage(this.database, session, ctx.params.body, limits)),
    );
  }),

  postStatus: serve(statusRoutes.postStatus, async function (ctx) {
    const session = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    const limits = mediaLimitsOf(this, ctx);
    return accept(this, ctx, `POST status ${session.id}`, async () => {
      const body = SendMessage.parse({ ...ctx.params.body, to: STATUS_CHAT });
      return oneMessage(await composeMessage(this.database, session, body, limits, STATUS_CHAT));
    });
  }),

  invite: serve(inviteToGroup, async function (ctx) {
    const session = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    const { to, text } = ctx.params.body;
    const { id: groupId } = ctx.params.params;
    const { code } = await operateSession(ctx, this.database, session.id, "getInvite", { groupId, revoke: false });
    const words = [text, `https://chat.whatsapp.com/${code}`].filter((line) => line !== undefined).join("\n");
    const limits = mediaLimitsOf(this, ctx);
    return accept(this, ctx, `POST invitation ${session.id} ${groupId}`, async () => {
      const body = SendMessage.parse({ type: "text", to, text: words, linkPreview: true });
      return oneMessage(await composeMessage(this.database, session, body, limits));
    });
  }),

  bulk: serve(routes.sendBulk, async function (ctx) {
    const session = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    const limits = mediaLimitsOf(this, ctx);
    return accept(this, ctx, `POST bulk ${session.id}`, () =>
      composeBatch(this.database, session, ctx.params.body, limits),
    );
  }),

  forward: serve(routes.forwardMessage, async function (ctx) {
    const principal = principalOf(ctx);
    requireReading(ctx);
    const row = await requireMessage(this, principal, ctx.params.params.id);
    const session = await requireSession(this.database, principal, row.session_id);
    const given = requireWritable(ctx.params.body.to, countryOf(session), "/to");
    const scope = { tenantId: session.tenant_id, sessionId: session.id };
    const [chat_id] = (await toKnownChats(this.database, scope, [given])) as [string];
    const forward = { type: "forward", chat_id, target_key: keyOf(row) } as const;
    return accept(this, ctx, `POST forward ${row.id}`, async () =>
      oneMessage(newOutbound(session, systemNow(), forward)),
    );
  }),

  star: serve(routes.starMessage, async function (ctx) {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    await operateSession(ctx, this.database, row.session_id, "star", { key: keyOf(row), star: ctx.params.body.star });
    return { ok: true };
  }),

  retry: serve(routes.retryMessage, async function (ctx) {
    const principal = principalOf(ctx);
    const row = await requireMessage(this, principal, ctx.params.params.id);
    if (row.direction !== "outbound" || !["failed", "expired", "cancelled"].includes(row.status))
      throw new Problem("not_retryable", `it is ${row.status}`, { facts: { status: row.status } });
    const session = await requireSession(this.database, principal, row.session_id);
    return accept(this, ctx, `POST retry ${row.id}`, async () => oneMessage(newRetry(row, session)));
  }),

  edit: serve(routes.editMessage, async function (ctx) {
    const { id } = ctx.params.params;
    return accept(this, ctx, `PATCH message ${id}`, async () => {
      const { row, session } = await requireChangeable(this, principalOf(ctx), id);
      if (!EDITABLE.has(row.type))
        throw new Problem("not_changeable", `only texts and captions can be edited; this is a ${row.type}`);
      return oneMessage(newChange(row, session, { type: "edit", text: ctx.params.body.text }));
    });
  }),

  revoke: serve(routes.revokeMessage, async function (ctx) {
    const { id } = ctx.params.params;
    return accept(this, ctx, `POST revoke ${id}`, async () => {
      const { row, session } = await requireRevocable(this, principalOf(ctx), id);
      return oneMessage(newChange(row, session, { type: "revoke" }));
    });
  }),

  cancel: serve(routes.cancelMessage, async function (ctx): Promise<Message> {
    const { id } = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    const row = await cancelMessage(this.database, id);
    announceEvents(this.broker);
    count(this.broker, "wa_messages_finished_total", { status: "cancelled", code: "" });
    return toMessageView(row);
  }),
};
