/** Sending what is chosen from, voted on or paid: buttons, lists, polls, orders and Pix keys. */
import { z } from "zod";
import { doorRoute, Target } from "../call.ts";
import { sendTo } from "../sending.ts";

const common = { method: "POST", group: "Messages", access: "token", live: "phones" } as const;
const path = (name: string): string => `/api/:session/${name}`;

const Button = z.looseObject({
  id: z.string().optional(),
  text: z.string(),
  url: z.string().optional(),
  phoneNumber: z.string().optional(),
  code: z.string().optional(),
});

function toButton({ id, text, url, phoneNumber, code }: z.infer<typeof Button>, index: number): object {
  if (url !== undefined) return { text, url };
  if (phoneNumber !== undefined) return { text, phone: phoneNumber };
  if (code !== undefined) return { text, code };
  return { text, id: id ?? String(index) };
}

const Section = z.looseObject({
  title: z.string(),
  rows: z.array(z.looseObject({ rowId: z.string(), title: z.string(), description: z.string().optional() })),
});
/** Prices are in thousandths of the unit here and there: 74900 is 74.90. */
const Item = z.looseObject({ name: z.string(), qnt: z.coerce.number().default(1), price: z.coerce.number() });

export const richSendingRoutes = [
  doorRoute({
    ...common,
    path: path("send-buttons"),
    summary: "Send buttons",
    body: Target.extend({
      message: z.string(),
      options: z.looseObject({
        title: z.string().optional(),
        footer: z.string().optional(),
        buttons: z.array(Button).optional(),
      }),
    }),
    handle: (call, body) => {
      const { title, footer, buttons } = body.options;
      return sendTo(call, body, {
        type: "buttons",
        text: body.message,
        ...(title === undefined || title === "" ? {} : { title }),
        ...(footer === undefined || footer === "" ? {} : { footer }),
        buttons: (buttons ?? []).map(toButton),
      });
    },
  }),
  doorRoute({
    ...common,
    path: path("send-list-message"),
    summary: "Send a list to choose from",
    body: Target.extend({
      description: z.string().default(" "),
      title: z.string().optional(),
      footer: z.string().optional(),
      buttonText: z.string().default("SELECIONE UMA OPÇÃO"),
      sections: z.array(Section),
    }),
    handle: (call, body) =>
      sendTo(call, body, {
        type: "list",
        text: body.description,
        buttonText: body.buttonText,
        ...(body.title === undefined || body.title === "" ? {} : { title: body.title }),
        ...(body.footer === undefined || body.footer === "" ? {} : { footer: body.footer }),
        sections: body.sections.map(({ title, rows }) => ({
          title,
          rows: rows.map(({ rowId, title: name, description }) => ({
            id: rowId,
            title: name,
            ...(description === undefined || description === "" ? {} : { description }),
          })),
        })),
      }),
  }),
  doorRoute({
    ...common,
    path: path("send-order-message"),
    summary: "Send what a customer is to pay",
    body: Target.extend({ items: z.array(Item), options: z.looseObject({}).optional() }),
    handle: (call, body) =>
      sendTo(call, body, {
        type: "order",
        items: body.items.map(({ name, qnt, price }) => ({ name, quantity: qnt, price })),
      }),
  }),
  doorRoute({
    ...common,
    path: path("send-poll-message"),
    summary: "Send a poll",
    body: Target.extend({
      name: z.string(),
      choices: z.array(z.string()),
      options: z.looseObject({ selectableCount: z.coerce.number().optional() }).optional(),
    }),
    handle: (call, body) => {
      const count = body.options?.selectableCount;
      return sendTo(call, body, {
        type: "poll",
        question: body.name,
        options: body.choices,
        ...(count === undefined ? {} : { selectableCount: count === 0 ? body.choices.length : count }),
      });
    },
  }),
  doorRoute({
    ...common,
    path: path("send-pix-key"),
    summary: "Send a Pix key",
    body: Target.extend({
      keyType: z.string(),
      name: z.string(),
      key: z.string(),
      instructions: z.string().optional(),
    }),
    handle: (call, body) =>
      sendTo(call, body, {
        type: "pix",
        keyType: body.keyType,
        name: body.name,
        key: body.key,
        ...(body.instructions === undefined ? {} : { instructions: body.instructions }),
      }),
  }),
];
