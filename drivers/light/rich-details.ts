/** Lists, buttons, events and payments as the library writes them, for the sandbox's wire. */
import { randomBytes } from "node:crypto";
import type { Button, RichContent } from "../../contracts/rich-kinds.ts";
import type { WireMessage } from "../../contracts/sandbox-wire.ts";

type Of<T extends RichContent["type"]> = Extract<RichContent, { type: T }>;
type RichBody = Pick<WireMessage, "type" | "text" | "details">;

const EVENT_LENGTH = 2 * 3_600;

export function toRichBody(content: RichContent): RichBody {
  switch (content.type) {
    case "list":
      return { type: "list", details: { list: listOf(content), ...(content.footer && { footer: content.footer }) } };
    case "buttons":
      return { type: "buttons", text: content.text, details: buttonsOf(content) };
    case "event":
      return { type: "event", details: eventOf(content) };
    case "pix":
      return { type: "interactive", details: pixOf(content) };
    case "order":
      return { type: "interactive", ...(content.text && { text: content.text }), details: chargeOf(content) };
  }
}

function listOf({ text, buttonText, title, footer, sections }: Of<"list">): object {
  const rows = (section: (typeof sections)[number]) =>
    section.rows.map(({ id, title: name, description = "" }) => ({ rowId: id, title: name, description }));
  return {
    buttonText,
    description: text,
    ...(title && { title }),
    ...(footer && { footerText: footer }),
    listType: 1,
    sections: sections.map((section) => ({ title: section.title, rows: rows(section) })),
  };
}

function buttonsOf({ title, footer, buttons }: Of<"buttons">): Record<string, unknown> {
  return {
    ...(title && { title }),
    ...(footer && { footer }),
    isFromTemplate: true,
    hydratedButtons: buttons.map((button, index) => ({ index, ...hydrated(button, index) })),
  };
}

function hydrated({ text: displayText, id, phone, url, code }: Button, index: number): object {
  if (phone !== undefined) return { callButton: { displayText, phoneNumber: phone } };
  if (url !== undefined) return { urlButton: { displayText, url } };
  if (code !== undefined)
    return {
      urlButton: { displayText, url: `https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp${code}` },
    };
  return { quickReplyButton: { displayText, id: id ?? String(index) } };
}

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1_000);

function eventOf({ name, description, startsAt, endsAt, place, call }: Of<"event">): Record<string, unknown> {
  return {
    eventName: name,
    eventDescription: description ?? " ",
    ...(place && {
      eventLocation: { degreesLatitude: place.latitude, degreesLongitude: place.longitude, name: place.name },
    }),
    eventStartTime: seconds(startsAt),
    eventEndTime: endsAt === undefined ? seconds(startsAt) + EVENT_LENGTH : seconds(endsAt),
    isEventCanceled: false,
    callType: call ?? 0,
    ...(call && { eventJoinLink: `https://call.whatsapp.com/${call}/${randomBytes(11).toString("base64url")}` }),
  };
}

function pixOf({ keyType, name, key, instructions = "" }: Of<"pix">): Record<string, unknown> {
  const pix_static_code = { key_type: keyType, merchant_name: name, key };
  return flow("payment_info", "payment_info", {
    payment_settings: [{ type: "pix_static_code", pix_static_code }],
    external_payment_configurations: [{ type: "payment_instruction", payment_instruction: instructions }],
    currency: "BRL",
  });
}

function chargeOf({ items = [], tax, shipping, discount }: Of<"order">): Record<string, unknown> {
  const amount = (value: number) => ({ value, offset: 1_000 });
  const optional = (value: number | undefined) => (value ? amount(value) : null);
  const subtotal = items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return flow("order_details", "review_and_pay", {
    currency: "USD",
    total_amount: amount(subtotal + (tax ?? 0) + (shipping ?? 0) - (discount ?? 0)),
    order: {
      status: "pending",
      items: items.map(({ name, price, quantity }) => ({ name, amount: amount(price), quantity })),
      subtotal: amount(subtotal),
      tax: optional(tax),
      shipping: optional(shipping),
      discount: optional(discount),
    },
  });
}

function flow(nativeFlowName: string, button: string, parameters: object): Record<string, unknown> {
  return {
    nativeFlowName,
    interactiveType: "native_flow",
    interactivePayload: {
      buttons: [{ buttonParamsJson: JSON.stringify(parameters), name: button }],
      messageVersion: 1,
    },
  };
}
