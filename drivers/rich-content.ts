/** Lists, buttons, events and payments in WhatsApp Web's words, which both drivers and the sandbox use for them. */
import { z } from "zod";
import type { Button, OrderItem, RichContent } from "../contracts/rich-kinds.ts";

export type RichKind = RichContent["type"];
type Of<T extends RichKind> = Extract<RichContent, { type: T }>;

const THOUSANDTHS = 1_000;

const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);

const Row = z.object({ rowId: z.string().catch(""), title: z.string().catch(""), description: text });
const List = z.object({
  buttonText: z.string().catch(""),
  description: text,
  title: text,
  footerText: text,
  sections: z.array(z.object({ title: z.string().catch(""), rows: z.array(Row).catch([]) })).catch([]),
});
const HydratedButton = z.object({
  quickReplyButton: z.object({ displayText: z.string(), id: z.string() }).optional(),
  callButton: z.object({ displayText: z.string(), phoneNumber: z.string() }).optional(),
  urlButton: z.object({ displayText: z.string(), url: z.string() }).optional(),
});
const Amount = z.object({ value: z.number(), offset: z.number().positive() });
const Payload = z.object({ buttons: z.array(z.object({ buttonParamsJson: z.string() })).min(1) });
const Charge = z.object({
  currency: text,
  total_amount: Amount.optional(),
  order: z
    .object({
      items: z.array(z.object({ name: z.string(), amount: Amount, quantity: z.number().catch(1) })),
      tax: Amount.nullish(),
      shipping: Amount.nullish(),
      discount: Amount.nullish(),
    })
    .optional(),
  payment_settings: z.array(z.looseObject({ pix_static_code: z.unknown().optional() })).nullish(),
  external_payment_configurations: z.array(z.object({ payment_instruction: z.string() })).nullish(),
});
const PixCode = z.object({
  key_type: z.enum(["CNPJ", "CPF", "PHONE", "EMAIL", "EVP"]),
  merchant_name: z.string(),
  key: z.string(),
});

/** The attributes of a received message that hold such content; all but the type may be absent. */
export const RichAttributes = z.object({
  body: text,
  caption: text,
  title: text,
  footer: text,
  list: List.nullish().catch(null),
  hydratedButtons: z.array(HydratedButton).nullish().catch(null),
  eventName: text,
  eventDescription: text,
  eventStartTime: number,
  eventEndTime: number,
  eventLocation: z
    .object({ degreesLatitude: z.number(), degreesLongitude: z.number(), name: z.string().catch("") })
    .nullish()
    .catch(null),
  callType: z.unknown().optional(),
  nativeFlowName: text,
  interactivePayload: Payload.nullish().catch(null),
  orderId: text,
  token: text,
  orderTitle: text,
  itemCount: number,
  message: text,
  totalAmount1000: number,
  totalCurrencyCode: text,
});
type Attributes = z.infer<typeof RichAttributes>;

/** A message of WhatsApp Web's type with these attributes; null when it is none of these kinds. */
export function toRichContent(type: string, attributes: Attributes): RichContent | null {
  switch (type) {
    case "list":
      return attributes.list ? toList(attributes, attributes.list) : null;
    case "chat":
      return attributes.hydratedButtons?.length ? toButtons(attributes, attributes.hydratedButtons) : null;
    case "event_creation":
      return toEvent(attributes);
    case "interactive":
      return toPayment(attributes);
    case "order":
      return toOrder(attributes);
    default:
      return null;
  }
}

/** Only the fields that have a value. */
function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return Object.fromEntries(given) as { [K in keyof T]?: NonNullable<T[K]> };
}

const trimmed = (value: string | null | undefined): string | undefined => value?.trim() || undefined;

function toList({ footer }: Attributes, list: z.infer<typeof List>): Of<"list"> {
  return {
    type: "list",
    text: list.description ?? "",
    buttonText: list.buttonText,
    ...present({ title: trimmed(list.title), footer: trimmed(footer ?? list.footerText) }),
    sections: list.sections.map(({ title, rows }) => ({
      title,
      rows: rows.map((row) => ({
        id: row.rowId,
        title: row.title,
        ...present({ description: trimmed(row.description) }),
      })),
    })),
  };
}

function toButtons(
  { body, title, footer }: Attributes,
  buttons: readonly z.infer<typeof HydratedButton>[],
): Of<"buttons"> {
  return {
    type: "buttons",
    text: body ?? "",
    ...present({ title: trimmed(title), footer: trimmed(footer) }),
    buttons: buttons.map(toButton),
  };
}

/** A button that copies a code is one that opens an address with the code in it. */
function toButton({
  quickReplyButton: reply,
  callButton: call,
  urlButton: link,
}: z.infer<typeof HydratedButton>): Button {
  if (reply !== undefined) return { text: reply.displayText, id: reply.id };
  if (call !== undefined) return { text: call.displayText, phone: call.phoneNumber };
  const code = /[?&]code=otp([^&]+)/.exec(link?.url ?? "")?.[1];
  if (code !== undefined) return { text: link?.displayText ?? "", code };
  return { text: link?.displayText ?? "", url: link?.url ?? "" };
}

const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();

function toEvent(event: Attributes): Of<"event"> {
  const place = event.eventLocation;
  return {
    type: "event",
    name: event.eventName ?? "",
    startsAt: iso(event.eventStartTime ?? 0),
    ...present({
      description: trimmed(event.eventDescription),
      endsAt: event.eventEndTime ? iso(event.eventEndTime) : undefined,
      place: place
        ? { name: place.name, latitude: place.degreesLatitude, longitude: place.degreesLongitude }
        : undefined,
      call:
        event.callType === "voice" || event.callType === "video" ? (event.callType as "voice" | "video") : undefined,
    }),
  };
}

function toPayment({ nativeFlowName, interactivePayload, caption }: Attributes): RichContent | null {
  const charge = Charge.safeParse(parseJson(interactivePayload?.buttons[0]?.buttonParamsJson)).data;
  if (charge === undefined) return null;
  if (nativeFlowName === "payment_info") return toPix(charge);
  if (nativeFlowName !== "order_details" || charge.order === undefined) return null;
  const { items, tax, shipping, discount } = charge.order;
  return {
    type: "order",
    items: items.map(({ name, amount, quantity }): OrderItem => ({ name, quantity, price: moneyOf(amount) ?? 0 })),
    ...present({
      text: trimmed(caption),
      tax: moneyOf(tax),
      shipping: moneyOf(shipping),
      discount: moneyOf(discount),
      total: moneyOf(charge.total_amount),
      currency: charge.currency,
    }),
  };
}

function toPix(charge: z.infer<typeof Charge>): Of<"pix"> | null {
  const code = charge.payment_settings?.map((setting) => PixCode.safeParse(setting.pix_static_code).data).find(Boolean);
  if (code === undefined) return null;
  const instructions = trimmed(charge.external_payment_configurations?.[0]?.payment_instruction);
  return { type: "pix", keyType: code.key_type, name: code.merchant_name, key: code.key, ...present({ instructions }) };
}

function toOrder(order: Attributes): Of<"order"> {
  return {
    type: "order",
    ...present({
      text: trimmed(order.message),
      orderId: order.orderId,
      token: order.token,
      title: trimmed(order.orderTitle),
      itemCount: order.itemCount,
      total: order.totalAmount1000,
      currency: order.totalCurrencyCode,
    }),
  };
}

function moneyOf(amount: z.infer<typeof Amount> | null | undefined): number | undefined {
  return amount ? Math.round((amount.value * THOUSANDTHS) / amount.offset) : undefined;
}

function parseJson(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? "null");
  } catch {
    return null;
  }
}
