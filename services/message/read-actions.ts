/** Looking at messages: lists, one, its timeline, its media; and uploads. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Context } from "moleculer";
import { parseRecipient } from "../../contracts/address.ts";
import { Problem } from "../../contracts/errors.ts";
import { toMediaType } from "../../contracts/media.ts";
import type { Principal } from "../../contracts/permissions.ts";
import type * as chats from "../../contracts/routes/chat.ts";
import type * as routes from "../../contracts/routes/message.ts";
import type { Message } from "../../contracts/routes/message.ts";
import { findMedia } from "../../db/statements/messages/media.ts";
import { listMessages } from "../../db/statements/messages/list-messages.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import { principalOf, type Call, type CallMeta } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { countryOf, requireSession } from "../../access/session-scope.ts";
import { storeUpload } from "../../media/media-store.ts";
import type { MessageRow } from "../../db/rows/message.ts";
import { toMessageView, toTimeline } from "../../outbox/message-view.ts";
import type { MessageActions, MessageService } from "./types.ts";
import { mediaLimitsOf } from "./media-limits.ts";
import { requireMessage } from "./send-actions.ts";
import { readUpload } from "./upload.ts";

type Query = Call<typeof routes.listMessages>["params"]["query"];

/** Stored statuses behind a public one. */
const STORED: Readonly<Record<string, readonly string[]>> = {
  queued: ["queued", "retrying"],
  sending: ["sending", "reconciling"],
};

async function listPage(
  service: MessageService,
  principal: Principal,
  query: Query,
  session: Readonly<SessionRow> | null,
  chatAt = "?chat",
): Promise<{ data: Message[]; nextCursor: string | null }> {
  const rows = await listMessages<MessageRow>(service.database, {
    tenantId: principal.tenantId,
    before: query.cursor === undefined ? null : Number(fromCursor(service.secrets, "messages", query.cursor)),
    limit: query.limit + 1,
    sessionId: session?.id ?? null,
    sessions: principal.sessions,
    statuses: query.status === undefined ? null : (STORED[query.status] ?? [query.status]),
    direction: query.direction ?? null,
    chatId:
      query.chat === undefined
        ? null
        : parseRecipient(query.chat, session === null ? null : countryOf(session), chatAt),
    from: query.from === undefined ? null : Date.parse(query.from),
    until: query.until === undefined ? null : Date.parse(query.until),
    clientRef: query.clientRef ?? null,
    batchId: query.batch ?? null,
    text: query.q ?? null,
  });
  const page = rows.slice(0, query.limit);
  return {
    data: page.map(toMessageView),
    nextCursor: rows.length > query.limit ? toCursor(service.secrets, "messages", String(page.at(-1)!.seq)) : null,
  };
}

/** A file name as a header's parameter carries it (RFC 8187). */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export const readActions: MessageActions = {
  async list(ctx: Call<typeof routes.listMessages>) {
    return listPage(this, principalOf(ctx), ctx.params.query, null);
  },

  async listOfSession(ctx: Call<typeof routes.listSessionMessages>) {
    const principal = principalOf(ctx);
    const session = await requireSession(this.database, principal, ctx.params.params.session);
    return listPage(this, principal, ctx.params.query, session);
  },

  async listOfChat(ctx: Call<typeof chats.listChatMessages>) {
    const principal = principalOf(ctx);
    const session = await requireSession(this.database, principal, ctx.params.params.session);
    return listPage(this, principal, { ...ctx.params.query, chat: ctx.params.params.chatId }, session, ":chatId");
  },

  async get(ctx: Call<typeof routes.getMessage>): Promise<Message> {
    return toMessageView(await requireMessage(this, principalOf(ctx), ctx.params.params.id));
  },

  async timeline(ctx: Call<typeof routes.getTimeline>) {
    return { data: toTimeline(await requireMessage(this, principalOf(ctx), ctx.params.params.id)) };
  },

  async media(ctx: Call<typeof routes.getMedia>): Promise<Readable> {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    const media = row.media_id === null ? undefined : await findMedia(this.database, row.tenant_id, row.media_id);
    if (media === undefined) throw new Problem("not_found", "the message has no media");
    // What a stranger sent must never be run by a browser that opens it from our origin.
    ctx.meta.$responseHeaders = {
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeName(media.filename ?? row.id)}`,
      "Content-Length": String(media.size),
      "X-Content-Type-Options": "nosniff",
    };
    ctx.meta.$responseType = toMediaType(media.mimetype);
    return createReadStream(join(configOf(this.broker).dataDir, media.path));
  },

  async upload(ctx: Context<unknown, CallMeta>) {
    const { tenantId } = principalOf(ctx);
    const { dataDir, maxBytes, requireRoom } = mediaLimitsOf(this, ctx);
    const media = await readUpload(ctx, maxBytes);
    const row = await storeUpload(this.database, dataDir, { tenantId, ...media }, requireRoom);
    return { uploadId: row.id, mimetype: row.mimetype, filename: row.filename, size: row.size, sha256: row.sha256 };
  },
};
