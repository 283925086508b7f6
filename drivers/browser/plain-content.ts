/** Sends content without a file: texts, locations, contacts and polls. */
import { z } from "zod";
import { STATUS_CHAT } from "../../contracts/address.ts";
import { formatVcard } from "../../contracts/vcard.ts";
import { Sent, TEXT_WITHIN_MS, type Of, type Options } from "./outbound-content.ts";
import { PageError, type PageCalls } from "./page-calls.ts";
import { Found, lookUp } from "./recipients.ts";
import { throwNotSent } from "./refusals.ts";

/** A function of `WPP.chat`, with its arguments between the chat and the options. */
interface Call {
  readonly method:
    "sendTextMessage" | "sendTextStatus" | "sendLocationMessage" | "sendCreatePollMessage" | "sendRawMessage";
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

type Plain = Of<"text" | "location" | "contact" | "poll">;

interface PlainRequest {
  readonly to: string;
  readonly waId: string;
  readonly content: Plain;
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

function plainCall(content: Plain, options: Omit<Options, "messageId">): Omit<Call, "chat"> {
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
  }
}

/** The library's own function for contacts writes cards with a single number. */
function toRawCards(contacts: Of<"contact">["contacts"]): object {
  const cards = contacts.map((card) => ({ displayName: card.name, vcard: formatVcard(card) }));
  const [only, ...others] = cards;
  if (only === undefined || others.length > 0) return { type: "multi_vcard", vcardList: cards };
  return { type: "vcard", body: only.vcard, vcardFormattedName: only.displayName };
}
