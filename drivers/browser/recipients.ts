/**
 * Finds recipients: the id that WhatsApp uses, the key of the message to be sent, and that message if the page has it.
 */
import { z } from "zod";
import { DriverError, type OutboundMessage } from "../../contracts/transport.ts";
import type { PageCalls } from "./page-calls.ts";
import type { RecipientIds } from "./recipient-ids.ts";

/** A message in the page; null when it is not there. t is in Unix seconds. */
export const Known = z.object({ ack: z.number(), t: z.number() }).nullable();

/** What the page knows of a recipient. */
export const Found = z.object({
  chat: z.string().nullable(),
  key: z.string(),
  isMember: z.boolean(),
  maySend: z.boolean(),
  known: Known,
});

export interface Recipient {
  readonly chat: string;
  readonly key: string;
  readonly known: z.infer<typeof Known>;
}

export interface RecipientParts {
  readonly page: PageCalls;
  readonly ids: RecipientIds;
}

type Addressed = Pick<OutboundMessage, "waId" | "to">;

/** Finds the recipient; null when there is no such chat and none can be created. */
export async function findRecipient({ page, ids }: RecipientParts, { to, waId }: Addressed): Promise<Recipient | null> {
  const { chat, key, known } = await page.run(Found, lookUp, { to: ids.known(to), waId });
  if (chat === null) return null;
  ids.note(to, chat);
  return { chat, key, known };
}

/** Finds a recipient that accepts messages from this account; rejects with DriverError otherwise. */
export async function requireRecipient(parts: RecipientParts, { to, waId }: Addressed): Promise<Recipient> {
  const { page, ids } = parts;
  return acceptRecipient(parts, to, await page.run(Found, lookUp, { to: ids.known(to), waId }));
}

/** The recipient that was found; throws a DriverError when it accepts no messages from this account. */
export function acceptRecipient({ ids }: RecipientParts, to: string, recipient: z.infer<typeof Found>): Recipient {
  const { chat, isMember, maySend, ...found } = recipient;
  const isGroup = to.endsWith("@g.us");
  if (chat === null && to.endsWith("@newsletter"))
    throw new DriverError("rejected", `there is no channel ${to}`, "target_not_found");
  if (chat === null) {
    const failure = isGroup ? "not_group_member" : "number_not_on_whatsapp";
    throw new DriverError(
      "rejected",
      `${to} is ${isGroup ? "not a group of this account" : "not on WhatsApp"}`,
      failure,
    );
  }
  if (!isMember) throw new DriverError("rejected", "this account is not in the group", "not_group_member");
  if (!maySend) throw new DriverError("rejected", `only admins may send to ${to}`, "group_admin_only");
  ids.note(to, chat);
  return { chat, ...found };
}

/**
 * Runs in the page. Uses WhatsApp's own query for numbers: wa-js reports a query without an answer as a number that
 * does not exist. In groups the key includes the account's privacy id.
 */
export async function lookUp({ to, waId }: Addressed): Promise<z.infer<typeof Found>> {
  const { functions, GroupMetadataStore, UserPrefs, WidFactory } = WPP.whatsapp;
  const wid = WidFactory.createWid(to);
  const missing = { chat: null, key: "", isMember: false, maySend: false, known: null };
  if (wid.isNewsletter()) return lookUpChannel();
  if (wid.isStatus()) {
    const me = String(UserPrefs.getMaybeMePnUser() ?? UserPrefs.getMaybeMeLidUser());
    const key = `true_${to}_${waId}_${me}`;
    return { chat: to, key, isMember: true, maySend: true, known: await find(key) };
  }
  let chat = WPP.chat.get(to) ?? chatOfOtherId();
  if (chat === undefined && wid.isGroup()) return missing;
  if (chat === undefined && wid.isUser()) {
    const found = await functions.queryWidExists(wid);
    if (!found) return missing;
    // WhatsApp's id can differ from the given one; a chat under the given one would be another chat.
    chat = await WPP.chat.find(found.wid.toString());
  }
  chat ??= await WPP.chat.find(to);
  const ownId = String(UserPrefs.getMaybeMeLidUser() ?? UserPrefs.getMaybeMePnUser());
  const key = ["true", chat.id, waId, ...(wid.isGroup() ? [ownId] : [])].join("_");
  const known = await find(key);
  if (!wid.isGroup()) return { chat: chat.id.toString(), key, isMember: true, maySend: true, known };
  const group = await GroupMetadataStore.find(chat.id);
  const maySend = group.participants.iAmAdmin() || group.announce !== true;
  return { chat: chat.id.toString(), key, isMember: group.participants.iAmMember(), maySend, known };

  /** The account may have the chat with this person under the other one of their two ids. */
  function chatOfOtherId(): ReturnType<typeof WPP.chat.get> {
    if (!wid.isUser()) return undefined;
    const { ApiContact } = WPP.whatsapp;
    const other = wid.isLid() ? ApiContact.getPhoneNumber(wid) : ApiContact.getCurrentLid(wid);
    return other ? WPP.chat.get(other.toString()) : undefined;
  }

  function find(id: string): Promise<z.infer<typeof Known>> {
    return WPP.chat.getMessageById(id).then(
      ({ ack = 0, t = 0 }) => ({ ack, t }),
      (error: { code?: string }) => {
        if (error.code === "msg_not_found") return null;
        throw error;
      },
    );
  }

  /** A channel that the account does not follow exists, too, but is not the account's. */
  async function lookUpChannel(): Promise<z.infer<typeof Found>> {
    const own = WPP.whatsapp.NewsletterStore.get(to) as unknown as
      { newsletterMetadata?: { membershipType?: string } } | undefined;
    const key = `true_${to}_${waId}`;
    if (own === undefined) {
      const query = functions.queryNewsletterMetadataByJid as (id: string) => Promise<unknown>;
      const exists = await query(to).then(
        () => true,
        (error: { statusCode?: unknown; status?: unknown }) => {
          if (Number(error.statusCode ?? error.status) === 404) return false;
          throw error;
        },
      );
      return exists ? { chat: to, key, isMember: true, maySend: false, known: null } : missing;
    }
    const known = await find(key);
    return { chat: to, key, isMember: true, maySend: own.newsletterMetadata?.membershipType === "owner", known };
  }
}
