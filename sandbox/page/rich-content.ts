/** Kinds of messages whose content the server passes on as it is: lists, events, orders and the like. */
import type { WireMessage } from "../../contracts/sandbox-wire.ts";
import { Wid } from "./wid.ts";

/** The real client's type of a wire type, and the attributes that hold the content. */
interface RichKind {
  readonly type: string;
  readonly attributes: readonly string[];
}

const INTERACTIVE = ["nativeFlowName", "interactiveType", "interactiveHeader", "interactivePayload"];
const EVENT = [
  "eventName",
  "eventDescription",
  "eventLocation",
  "eventStartTime",
  "eventEndTime",
  "isEventCanceled",
  "callType",
  "eventJoinLink",
];
const ORDER = [
  "orderId",
  "token",
  "orderTitle",
  "sellerJid",
  "status",
  "itemCount",
  "message",
  "totalAmount1000",
  "totalCurrencyCode",
  "thumbnail",
];
const PRODUCT = [
  "businessOwnerJid",
  "productId",
  "title",
  "description",
  "currencyCode",
  "priceAmount1000",
  "url",
  "productImageCount",
];
const INVITE = ["inviteCode", "inviteCodeExp", "inviteGrp", "inviteGrpName", "inviteGrpJpegThum", "comment"];
const BUTTONS = ["title", "footer", "hydratedButtons", "isFromTemplate", "selectedId", "selectedIndex"];
/** Of a text: the preview of its link, its look as a status, and what button it answers. */
const TEXT = [
  "subtype",
  "title",
  "description",
  "canonicalUrl",
  "matchedText",
  "thumbnail",
  "richPreviewType",
  "doNotPlayInline",
  "inviteGrpType",
  "backgroundColor",
  "textColor",
  "font",
  "selectedId",
  "selectedIndex",
];

const KINDS: Partial<Record<WireMessage["type"], RichKind>> = {
  text: { type: "chat", attributes: TEXT },
  list: { type: "list", attributes: ["list", "footer"] },
  buttons: { type: "chat", attributes: BUTTONS },
  interactive: { type: "interactive", attributes: INTERACTIVE },
  event: { type: "event_creation", attributes: EVENT },
  order: { type: "order", attributes: ORDER },
  product: { type: "product", attributes: PRODUCT },
  group_invite: { type: "groups_v4_invite", attributes: INVITE },
  phone_number_request: { type: "request_phone_number", attributes: [] },
};

/** The wire type of a message that wa-js passes; undefined when it is none of these kinds. */
export function richTypeOf(raw: { type?: string; hydratedButtons?: unknown }): WireMessage["type"] | undefined {
  if (raw.type === "chat" && raw.hydratedButtons !== undefined) return "buttons";
  const found = Object.entries(KINDS).find(([, kind]) => kind.type === raw.type);
  return found?.[0] as WireMessage["type"] | undefined;
}

/** The content of a message in the wire's form; undefined when there is nothing but a text. */
export function detailsOf(type: WireMessage["type"], raw: object): Record<string, unknown> | undefined {
  const { attributes = [] } = KINDS[type] ?? {};
  const values = raw as Record<string, unknown>;
  const given = attributes.filter((name) => values[name] !== undefined && values[name] !== null);
  if (type === "text" && given.length === 0) return undefined;
  return Object.fromEntries(given.map((name) => [name, plain(values[name])]));
}

/** Ids as text, everything else as it is. */
function plain(value: unknown): unknown {
  return value instanceof Wid ? value.toString() : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** The attributes of a message that was received. */
export function richAttributes({ type, details }: WireMessage): Record<string, unknown> {
  const { attributes = [] } = KINDS[type] ?? {};
  const given = Object.entries(details ?? {}).filter(([name]) => attributes.includes(name));
  return Object.fromEntries(given);
}

/** The real client's type of a rich kind. */
export function realTypeOf(type: WireMessage["type"]): string | undefined {
  return KINDS[type]?.type;
}
