/** Contacts and chats of a session's account, asked of its actor. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import type * as chats from "../../contracts/routes/chat.ts";
import type * as routes from "../../contracts/routes/contact.ts";
import { addressOf, type Address } from "../../contracts/address.ts";
import { operateSession, type OperationInput } from "../../actors/operate.ts";
import type { Call } from "../../access/call.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import { secretsMixin, type SecretsLocals } from "../../mixins/secrets.ts";
import { locateSession } from "../../access/session-scope.ts";
import { cutPage, WHOLE } from "./pages.ts";

const DONE = { ok: true } as const;
type Contacts = DatabaseLocals & SecretsLocals;

/** The last instant that RFC 3339 can write: what is muted for ever is muted until then. */
const END_OF_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(Math.min(ms, END_OF_TIME)).toISOString();
}

/** The latest first; those of the same moment by their ids. */
function placeOfChat({ chat, lastAt }: { chat: Address; lastAt: number | null }): string {
  return `${String(END_OF_TIME - (lastAt ?? 0)).padStart(16, "0")} ${chat.chatId}`;
}

/** The action that changes a chat in one way. */
function changing(change: OperationInput<"changeChat">["change"]) {
  return async function (this: Contacts, ctx: Call<typeof chats.archiveChat>) {
    const session = await locateSession(this.database, ctx);
    await operateSession(ctx, session.sessionId, "changeChat", {
      chatId: session.chatId(ctx.params.params.chatId, ":chatId"),
      change,
    });
    return DONE;
  };
}

function blocking(blocked: boolean) {
  return async function (this: Contacts, ctx: Call<typeof routes.blockContact>) {
    const session = await locateSession(this.database, ctx);
    await operateSession(ctx, session.sessionId, "block", {
      chatId: session.chatId(ctx.params.params.id, ":id"),
      blocked,
    });
    return DONE;
  };
}

export default {
  name: "contact",
  mixins: [secretsMixin, databaseMixin],

  actions: {
    async list(ctx: Call<typeof routes.listContacts>) {
      const { sessionId } = await locateSession(this.database, ctx);
      const contacts = await operateSession(ctx, sessionId, "listContacts", { limit: WHOLE });
      return cutPage(
        this.secrets,
        `contacts ${sessionId}`,
        contacts,
        ctx.params.query,
        ({ address }) => address.chatId,
      );
    },

    async get(ctx: Call<typeof routes.getContact>) {
      const session = await locateSession(this.database, ctx);
      const contact = await operateSession(ctx, session.sessionId, "getContact", {
        chatId: session.chatId(ctx.params.params.id, ":id"),
      });
      if (contact === null) throw new Problem("not_found", "the account does not know this contact");
      return contact;
    },

    async check(ctx: Call<typeof routes.checkNumbers>) {
      const session = await locateSession(this.database, ctx);
      const { phones } = ctx.params.body;
      const chatIds = phones.map((phone, index) => session.chatId(phone, `/phones/${index}`));
      const checked = new Map(
        (await operateSession(ctx, session.sessionId, "checkNumbers", { chatIds })).map((number) => [
          number.chatId,
          number,
        ]),
      );
      const data = phones.map((input, index) => {
        const { exists, address } = checked.get(chatIds[index]!) ?? { exists: false, address: null };
        return { input, exists, ...(address ?? { chatId: null, phone: null, lid: null }) };
      });
      return { data };
    },

    block: blocking(true),
    unblock: blocking(false),

    async picture(ctx: Call<typeof routes.getPicture>) {
      const session = await locateSession(this.database, ctx);
      return operateSession(ctx, session.sessionId, "getPicture", {
        chatId: session.chatId(ctx.params.params.id, ":id"),
      });
    },

    async about(ctx: Call<typeof routes.getAbout>) {
      const session = await locateSession(this.database, ctx);
      return operateSession(ctx, session.sessionId, "getAbout", {
        chatId: session.chatId(ctx.params.params.id, ":id"),
      });
    },

    async blocklist(ctx: Call<typeof routes.listBlocked>) {
      const { sessionId } = await locateSession(this.database, ctx);
      return { data: (await operateSession(ctx, sessionId, "listBlocked", {})).map((chatId) => addressOf(chatId)) };
    },

    async chats(ctx: Call<typeof chats.listChats>) {
      const { sessionId } = await locateSession(this.database, ctx);
      const found = await operateSession(ctx, sessionId, "listChats", { limit: WHOLE });
      const { data, nextCursor } = cutPage(this.secrets, `chats ${sessionId}`, found, ctx.params.query, placeOfChat);
      return {
        data: data.map(({ lastAt, mutedUntil, ...chat }) => ({
          ...chat,
          lastAt: isoOrNull(lastAt),
          mutedUntil: isoOrNull(mutedUntil),
        })),
        nextCursor,
      };
    },

    unreadChat: changing("unread"),
    archiveChat: changing("archive"),
    unarchiveChat: changing("unarchive"),
    pinChat: changing("pin"),
    unpinChat: changing("unpin"),
    muteChat: changing("mute"),
    unmuteChat: changing("unmute"),
    clearChat: changing("clear"),

    async deleteChat(ctx: Call<typeof chats.deleteChat>): Promise<void> {
      const session = await locateSession(this.database, ctx);
      await operateSession(ctx, session.sessionId, "changeChat", {
        chatId: session.chatId(ctx.params.params.chatId, ":chatId"),
        change: "delete",
      });
    },
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, Contacts>;
