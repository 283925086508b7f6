/** Contacts and chats of a session's account, read and changed through its actor. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import * as chats from "../../contracts/routes/chat.ts";
import * as routes from "../../contracts/routes/contact.ts";
import { addressOf, RecipientReader, type Address } from "../../contracts/address.ts";
import { operateSession, type OperationInput } from "../../actors/call-session.ts";
import { actionsOf } from "../../access/serve.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import { secretsMixin, type SecretsLocals } from "../../mixins/secrets.ts";
import { locateSession } from "../../access/session-scope.ts";
import { cutPage, MAX_ITEMS } from "./pages.ts";

const DONE = { ok: true } as const;
type ContactLocals = DatabaseLocals & SecretsLocals;

const { serve } = actionsOf<ContactLocals>();

/** The last instant in RFC 3339: a chat muted forever is muted until then. */
const END_OF_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(Math.min(ms, END_OF_TIME)).toISOString();
}

/** The sort key of a chat: latest first, then by id. */
function sortKeyOf({ chat, lastAt }: { chat: Address; lastAt: number | null }): string {
  return `${String(END_OF_TIME - (lastAt ?? 0)).padStart(16, "0")} ${chat.chatId}`;
}

/** A number to be checked; `error` when it cannot be read, or is not a person's. */
function readNumber(input: string, country: string | null, pointer: string) {
  const reader = new RecipientReader(country);
  const chatId = reader.read(input, pointer);
  if (chatId !== null && !/@(?:c\.us|lid)$/.test(chatId)) {
    const detail = `"${input}" is not a person: phone numbers, …@c.us and …@lid can be checked`;
    return { input, chatId: null, error: { pointer, code: "invalid_phone", detail } };
  }
  return { input, chatId, error: reader.problems[0] ?? null };
}

/** The action that makes one kind of change to a chat. */
function changeChat(route: typeof chats.archiveChat, change: OperationInput<"changeChat">["change"]) {
  return serve(route, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    await operateSession(ctx, this.database, session.sessionId, "changeChat", {
      chatId: session.chatId(ctx.params.params.chatId, ":chatId"),
      change,
    });
    return DONE;
  });
}

function setBlocked(route: typeof routes.blockContact, blocked: boolean) {
  return serve(route, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    await operateSession(ctx, this.database, session.sessionId, "block", {
      chatId: session.chatId(ctx.params.params.id, ":id"),
      blocked,
    });
    return DONE;
  });
}

export default {
  name: "contact",
  mixins: [secretsMixin, databaseMixin],

  actions: {
    list: serve(routes.listContacts, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const contacts = await operateSession(ctx, this.database, sessionId, "listContacts", { limit: MAX_ITEMS });
      return cutPage(
        this.secrets,
        `contacts ${sessionId}`,
        contacts,
        ctx.params.query,
        ({ address }) => address.chatId,
      );
    }),

    get: serve(routes.getContact, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const contact = await operateSession(ctx, this.database, session.sessionId, "getContact", {
        chatId: session.chatId(ctx.params.params.id, ":id"),
      });
      if (contact === null) throw new Problem("not_found", "the account has no such contact");
      return contact;
    }),

    check: serve(routes.checkNumbers, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const { phones } = ctx.params.body;
      const items = phones.map((input, index) => readNumber(input, session.country, `/phones/${index}`));
      const chatIds = [...new Set(items.flatMap(({ chatId }) => chatId ?? []))];
      const checked = new Map(
        (await operateSession(ctx, this.database, session.sessionId, "checkNumbers", { chatIds })).map((number) => [
          number.chatId,
          number,
        ]),
      );
      const data = items.map(({ input, chatId, error }) => {
        const { exists, address } = checked.get(chatId ?? "") ?? { exists: false, address: null };
        return { input, exists, ...(address ?? { chatId: null, phone: null, lid: null }), error };
      });
      return { data };
    }),

    save: serve(routes.saveContact, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const chatId = session.chatId(ctx.params.params.id, ":id");
      const { name } = ctx.params.body;
      await operateSession(ctx, this.database, session.sessionId, "saveContact", { chatId, name });
      const saved = await operateSession(ctx, this.database, session.sessionId, "getContact", { chatId });
      if (saved === null) throw new Problem("outcome_unknown", "the contact cannot be read after it was saved");
      return saved;
    }),

    remove: serve(routes.removeContact, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const chatId = session.chatId(ctx.params.params.id, ":id");
      await operateSession(ctx, this.database, session.sessionId, "removeContact", { chatId });
    }),

    commonGroups: serve(routes.listCommonGroups, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const chatId = session.chatId(ctx.params.params.id, ":id");
      return { data: await operateSession(ctx, this.database, session.sessionId, "listCommonGroups", { chatId }) };
    }),

    business: serve(routes.getContactBusiness, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const profile = await operateSession(ctx, this.database, session.sessionId, "getBusinessProfile", {
        chatId: session.chatId(ctx.params.params.id, ":id"),
      });
      if (profile === null) throw new Problem("not_found", "the contact is not a business");
      return profile;
    }),

    block: setBlocked(routes.blockContact, true),
    unblock: setBlocked(routes.unblockContact, false),

    picture: serve(routes.getPicture, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      return operateSession(ctx, this.database, session.sessionId, "getPicture", {
        chatId: session.chatId(ctx.params.params.id, ":id"),
      });
    }),

    about: serve(routes.getAbout, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      return operateSession(ctx, this.database, session.sessionId, "getAbout", {
        chatId: session.chatId(ctx.params.params.id, ":id"),
      });
    }),

    blocklist: serve(routes.listBlocked, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return {
        data: (await operateSession(ctx, this.database, sessionId, "listBlocked", {})).map((chatId) =>
          addressOf(chatId),
        ),
      };
    }),

    chats: serve(chats.listChats, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const found = await operateSession(ctx, this.database, sessionId, "listChats", { limit: MAX_ITEMS });
      const { data, nextCursor } = cutPage(this.secrets, `chats ${sessionId}`, found, ctx.params.query, sortKeyOf);
      return {
        data: data.map(({ lastAt, mutedUntil, ...chat }) => ({
          ...chat,
          lastAt: isoOrNull(lastAt),
          mutedUntil: isoOrNull(mutedUntil),
        })),
        nextCursor,
      };
    }),

    unreadChat: changeChat(chats.unreadChat, "unread"),
    archiveChat: changeChat(chats.archiveChat, "archive"),
    unarchiveChat: changeChat(chats.unarchiveChat, "unarchive"),
    pinChat: changeChat(chats.pinChat, "pin"),
    unpinChat: changeChat(chats.unpinChat, "unpin"),
    muteChat: changeChat(chats.muteChat, "mute"),
    unmuteChat: changeChat(chats.unmuteChat, "unmute"),
    clearChat: changeChat(chats.clearChat, "clear"),

    setDisappearing: serve(chats.setDisappearing, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, session.sessionId, "setDisappearing", {
        chatId: session.chatId(ctx.params.params.chatId, ":chatId"),
        seconds: ctx.params.body.seconds,
      });
      return DONE;
    }),

    deleteChat: serve(chats.deleteChat, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, session.sessionId, "changeChat", {
        chatId: session.chatId(ctx.params.params.chatId, ":chatId"),
        change: "delete",
      });
    }),
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, ContactLocals>;
