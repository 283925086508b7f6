/** Sends content without a file: texts, locations, contacts, polls, lists, buttons, events and payments. */
import { z } from "zod";
import { STATUS_CHAT } from "../../contracts/address.ts";
import type { RichContent } from "../../contracts/rich-kinds.ts";
import { formatVcard } from "../../contracts/vcard.ts";
import { Sent, TEXT_WITHIN_MS, type Of, type Options } from "./outbound-content.ts";
import { PageError, type PageCalls } from "./page-calls.ts";
import { Found, lookUp } from "./recipients.ts";
import { throwNotSent } from "./refusals.ts";

/** A function of `WPP.chat`, with its arguments between the chat and the options. */
interface Call {
  readonly method:
    | "sendTextMessage"
    | "sendTextStatus"
    | "sendLocationMessage"
    | "sendCreatePollMessage"
    | "sendRawMessage"
    | "sendListMessage"
    | "sendEventMessage"
    | "sendPixKeyMessage"
    | "sendChargeMessage";
  readonly chat: string;
  readonly args: readonly unknown[];
  readonly options: object;
}

/** Runs in the page. */
async function callChat({ method, chat, args, options }: Call): Promise<Sent> {
  if (method === "sendTextStatus") {
    const [text] = args as [string];
    const status = (await WPP.status.sendTextStatus(text, options)) as { ack: number };
    return { ack: status.ack, result: null, t: null };
  }
  const send = WPP.chat[method] as (
    chat: string,
    ...rest: readonly unknown[]
  ) => Promise<{ ack: number; sendMsgResult: { messageSendResult?: string; t?: number } | null }>;
  const { ack, sendMsgResult } = await send(chat, ...args, options);
  return { ack, result: sendMsgResult?.messageSendResult ?? null, t: sendMsgResult?.t ?? null };
}

/** What the page finds out about a recipient and sends to it, in one call: each costs a round trip. */
const Attempt = z.object({
  /** The look-up failed: nothing was sent. */
  failed: z.object({ code: z.string(), status: z.number(), message: z.string() }).nullable(),
  found: Found.nullable(),
  /** null when nothing was sent: the recipient accepts no messages, or the page has this one already. */
  sent: Sent.nullable(),
});

/** Sends content without a file, if the recipient accepts it and the page does not have the message yet. */
export async function sendPlain(
  page: PageCalls,
  { to, waId, content, options }: PlainRequest,
): Promise<{ readonly found: z.infer<typeof Found>; readonly sent: Sent | null }> {
  const call = plainCall(content, options);
  const method = to === STATUS_CHAT ? "sendTextStatus" : call.method;
  const { failed, found, sent } = await page.runWith(
    Attempt,
    sendIfNew,
    { to, waId, call: { ...call, method } },
    TEXT_WITHIN_MS,
    [lookUp, callChat] as const,
  );
  if (failed !== null) return throwNotSent(new PageError(failed.code, failed.status, failed.message));
  if (found === null) throw new Error("the page has neither found nor refused the recipient");
  return { found, sent };
}

export type PlainContent = Of<"text" | "location" | "contact" | "poll"> | RichContent;

interface PlainRequest {
  readonly to: string;
  readonly waId: string;
  readonly content: PlainContent;
  readonly options: Omit<Options, "messageId">;
}

/** Runs in the page. */
async function sendIfNew(
  { to, waId, call }: { to: string; waId: string; call: Omit<Call, "chat"> },
  find: typeof lookUp,
  send: typeof callChat,
): Promise<z.infer<typeof Attempt>> {
  const found = await find({ to, waId }).catch((error: unknown) => ({ error }));
  if ("error" in found) {
    const thrown = found.error as { code?: unknown; name?: unknown; message?: unknown; statusCode?: unknown } | null;
    const status = Number(thrown?.statusCode);
    return {
      failed: {
        code: String(thrown?.code ?? thrown?.name ?? "error"),
        status: Number.isFinite(status) ? status : 0,
        message: String(thrown?.message ?? thrown),
      },
      found: null,
      sent: null,
    };
  }
  if (found.chat === null || !found.isMember || !found.maySend || found.known !== null)
    return { failed: null, found, sent: null };
  const options = { ...call.options, messageId: found.key };
  return { failed: null, found, sent: await send({ ...call, chat: found.chat, options }) };
}

function plainCall(content: PlainContent, options: Omit<Options, "messageId">): Omit<Call, "chat"> {
  switch (content.type) {
    case "text":
      return {
        method: "sendTextMessage",
        args: [content.text],
        options: { ...options, linkPreview: content.linkPreview === true },
      };
    case "location": {
      const { latitude: lat, longitude: lng, name, address } = content;
      return { method: "sendLocationMessage", args: [], options: { ...options, lat, lng, name, address } };
    }
    case "contact":
      return {
        method: "sendRawMessage",
        args: [toRawCards(content.contacts)],
        options,
      };
    case "poll":
      return {
        method: "sendCreatePollMessage",
        args: [content.question, content.options],
        options: { ...options, selectableCount: content.selectableCount },
      };
    default:
      return richCall(content, options);
  }
}

function richCall(content: RichContent, options: Omit<Options, "messageId">): Omit<Call, "chat"> {
  switch (content.type) {
    case "list": {
      const { text, buttonText, title, footer, sections } = content;
      const forms = sections.map((section) => ({
        title: section.title,
        rows: section.rows.map((row) => ({ rowId: row.id, title: row.title, description: row.description ?? "" })),
      }));
      return {
        method: "sendListMessage",
        args: [],
        options: { ...options, buttonText, description: text, title, footer, sections: forms },
      };
    }
    case "buttons": {
      const buttons = content.buttons.map(({ text, id, phone, url, code }) => ({
        text,
        ...(phone !== undefined ? { phoneNumber: phone } : url !== undefined ? { url } : code ? { code } : { id }),
      }));
      const { text, title, footer } = content;
      return { method: "sendTextMessage", args: [text], options: { ...options, buttons, title, footer } };
    }
    case "event": {
      const { name, description, startsAt, endsAt, place, call } = content;
      const location = place && {
        degreesLatitude: place.latitude,
        degreesLongitude: place.longitude,
        name: place.name,
      };
      const times = { startTime: toSeconds(startsAt), endTime: endsAt === undefined ? undefined : toSeconds(endsAt) };
      return {
        method: "sendEventMessage",
        args: [],
        options: { ...options, name, description, location, callType: call, ...times },
      };
    }
    case "pix": {
      const { keyType, name, key, instructions } = content;
      return { method: "sendPixKeyMessage", args: [{ keyType, name, key, instructions }], options };
    }
    case "order": {
      const { text, items = [], discount, tax, shipping } = content;
      const lines = items.map(({ name, quantity, price }) => ({
        type: "custom",
        name,
        qnt: quantity,
        price,
      }));
      return {
        method: "sendChargeMessage",
        args: [lines],
        options: { ...options, notes: text, discount, tax, shipping },
      };
    }
  }
}

const toSeconds = (iso: string): number => Math.floor(Date.parse(iso) / 1_000);

/** The library's own function for contacts writes cards with a single number. */
function toRawCards(contacts: Of<"contact">["contacts"]): object {
  const cards = contacts.map((card) => ({ displayName: card.name, vcard: formatVcard(card) }));
  const [only, ...others] = cards;
  if (only === undefined || others.length > 0) return { type: "multi_vcard", vcardList: cards };
  return { type: "vcard", body: only.vcard, vcardFormattedName: only.displayName };
}
