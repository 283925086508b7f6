/** Actions that read messages: lists, a message, its timeline, its media; and the upload of media. */
import { operateSession } from "../../actors/call-session.ts";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { principalOf, type Call } from "../../access/call.ts";
import { fromTenantCursor, toTenantCursor } from "../../access/cursor.ts";
import { actionsOf } from "../../access/serve.ts";
import { countryOf, requireSession } from "../../access/session-scope.ts";
import { parseRecipient } from "../../contracts/address.ts";
import { Problem } from "../../contracts/errors.ts";
import { toMediaType } from "../../contracts/media.ts";
import type { Principal } from "../../contracts/permissions.ts";
import * as chats from "../../contracts/routes/chat.ts";
import { getOrder } from "../../contracts/routes/order.ts";
import * as routes from "../../contracts/routes/message.ts";
import type { Message, Poll } from "../../contracts/message.ts";
import { toStoredStatuses } from "../../contracts/states.ts";
import { listMessages } from "../../db/statements/messages/list-messages.ts";
import { findMedia } from "../../db/statements/messages/media.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import { storeUpload } from "../../media/media-store.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { toMessageView, toTimeline } from "../../outbox/message-view.ts";
import { mediaLimitsOf } from "./media-limits.ts";
import { storedIdsOf } from "./known-chats.ts";
import { requireMessage } from "./message-access.ts";
import { toPollView } from "./poll-view.ts";
import type { MessageService } from "./types.ts";
import { readUpload } from "./upload.ts";

const { serve } = actionsOf<MessageService>();

type Query = Call<typeof routes.listMessages>["params"]["query"];

/** One page of messages. `chatPointer` is the pointer to the chat in problems. */
async function listPage(
  service: MessageService,
  principal: Principal,
  query: Query,
  session: Readonly<SessionRow> | null,
  chatPointer = "?chat",
): Promise<{ data: Message[]; nextCursor: string | null }> {
  const { tenantId } = principal;
  const sessionId = session?.id ?? null;
  const chatId =
    query.chat === undefined
      ? null
      : parseRecipient(withPlus(query.chat), session === null ? null : countryOf(session), chatPointer);
  const rows = await service.read(async (sql) =>
    listMessages(sql, {
      tenantId,
      before:
        query.cursor === undefined
          ? null
          : fromTenantCursor(service.secrets, "messages", principal.tenantId, query.cursor),
      limit: query.limit + 1,
      sessionId,
      sessions: principal.sessions,
      statuses: query.status === undefined ? null : toStoredStatuses(query.status),
      direction: query.direction ?? null,
      chatIds: chatId === null ? null : await storedIdsOf(sql, { tenantId, sessionId }, chatId),
      from: query.from === undefined ? null : Date.parse(query.from),
      until: query.until === undefined ? null : Date.parse(query.until),
      clientRef: query.clientRef ?? null,
      batchId: query.batch ?? null,
      text: query.q ?? null,
    }),
  );
  const page = rows.slice(0, query.limit);
  return {
    data: page.map(toMessageView),
    nextCursor:
      rows.length > query.limit
        ? toTenantCursor(service.secrets, "messages", principal.tenantId, page.at(-1)!.seq)
        : null,
  };
}

/** A + that is not encoded in a query arrives as a space. */
function withPlus(chat: string): string {
  return chat.replace(/^ (?=\d)/, "+");
}

/** A file name encoded for a header's parameter (RFC 8187). */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export const readActions = {
  list: serve(routes.listMessages, async function (ctx) {
    return listPage(this, principalOf(ctx), ctx.params.query, null);
  }),

  listOfSession: serve(routes.listSessionMessages, async function (ctx) {
    const principal = principalOf(ctx);
    const session = await requireSession(this.database, principal, ctx.params.params.session);
    return listPage(this, principal, ctx.params.query, session);
  }),

  listOfChat: serve(chats.listChatMessages, async function (ctx) {
    const principal = principalOf(ctx);
    const session = await requireSession(this.database, principal, ctx.params.params.session);
    return listPage(this, principal, { ...ctx.params.query, chat: ctx.params.params.chatId }, session, ":chatId");
  }),

  get: serve(routes.getMessage, async function (ctx): Promise<Message> {
    return toMessageView(await requireMessage(this, principalOf(ctx), ctx.params.params.id));
  }),

  timeline: serve(routes.getTimeline, async function (ctx) {
    return { data: toTimeline(await requireMessage(this, principalOf(ctx), ctx.params.params.id)) };
  }),

  poll: serve(routes.getPoll, async function (ctx): Promise<Poll> {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    if (row.type !== "poll") throw new Problem("not_found", `the message is a ${row.type}, not a poll`);
    return toPollView(row);
  }),

  order: serve(getOrder, async function (ctx) {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    const { orderId, token } = JSON.parse(row.content) as { orderId?: string; token?: string };
    if (row.type !== "order" || orderId === undefined || token === undefined)
      throw new Problem("not_found", "the message is no order from the catalog");
    const order = await operateSession(ctx, this.database, row.session_id, "readOrder", { orderId, token });
    return { ...order, items: [...order.items], createdAt: new Date(order.createdAt).toISOString() };
  }),

  media: serve(routes.getMedia, async function (ctx): Promise<Readable> {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    const media = row.media_id === null ? undefined : await findMedia(this.database, row.tenant_id, row.media_id);
    if (media === undefined) throw new Problem("not_found", "the message has no media");
    // Received media must never run as a page or script of this origin.
    ctx.meta.$responseHeaders = {
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeName(media.filename ?? row.id)}`,
      "Content-Length": String(media.size),
      "X-Content-Type-Options": "nosniff",
    };
    ctx.meta.$responseType = toMediaType(media.mimetype);
    return createReadStream(join(configOf(this.broker).dataDir, media.path));
  }),

  upload: serve(routes.uploadMedia, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const { dataDir, maxBytes, requireRoom } = mediaLimitsOf(this, ctx);
    const media = await readUpload(ctx, maxBytes);
    const row = await storeUpload(this.database, dataDir, { tenantId, ...media }, requireRoom);
    return { uploadId: row.id, mimetype: row.mimetype, filename: row.filename, size: row.size, sha256: row.sha256 };
  }),
};
