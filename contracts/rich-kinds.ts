/** The kinds of messages that WhatsApp shows as forms: lists, buttons, events and what is to be paid. */
import { z } from "zod";
import { fieldProblem } from "./errors.ts";
import { filled, line } from "./message-fields.ts";
import { object } from "./route.ts";

export interface ListSection {
  readonly title: string;
  readonly rows: readonly { readonly id: string; readonly title: string; readonly description?: string }[];
}

/** One of `id`, `phone`, `url` and `code` says what it does: answer, call, open or copy. */
export interface Button {
  readonly text: string;
  readonly id?: string;
  readonly phone?: string;
  readonly url?: string;
  readonly code?: string;
}

export interface OrderItem {
  readonly name: string;
  readonly quantity: number;
  /** In thousandths of the currency's unit, as in the catalog. */
  readonly price: number;
}

export type RichContent =
  | {
      readonly type: "list";
      readonly text: string;
      readonly buttonText: string;
      readonly title?: string;
      readonly footer?: string;
      readonly sections: readonly ListSection[];
    }
  | {
      readonly type: "buttons";
      readonly text: string;
      readonly title?: string;
      readonly footer?: string;
      readonly buttons: readonly Button[];
    }
  | {
      readonly type: "event";
      readonly name: string;
      readonly description?: string;
      /** ISO. */
      readonly startsAt: string;
      readonly endsAt?: string;
      readonly place?: { readonly name: string; readonly latitude: number; readonly longitude: number };
      readonly call?: "voice" | "video";
    }
  | {
      readonly type: "pix";
      readonly keyType: (typeof PIX_KEYS)[number];
      readonly name: string;
      readonly key: string;
      readonly instructions?: string;
    }
  | {
      /** Sent: what a customer is to pay. Received: that too, or what a customer has ordered (`orderId`). */
      readonly type: "order";
      readonly text?: string;
      readonly items?: readonly OrderItem[];
      readonly discount?: number;
      readonly tax?: number;
      readonly shipping?: number;
      readonly total?: number;
      readonly currency?: string;
      readonly orderId?: string;
      readonly token?: string;
      readonly title?: string;
      readonly itemCount?: number;
    };

export const PIX_KEYS = ["CNPJ", "CPF", "PHONE", "EMAIL", "EVP"] as const;

const MOST_ROWS = 10;
/** In thousandths of the currency's unit, as in the catalog. */
const Money = z.int().min(0).max(1_000_000_000_000);
const words = {
  title: line(60).optional().describe("Above the text"),
  footer: line(60).optional().describe("Below the text"),
};

const ButtonFields = object({
  text: line(25).describe("What is on the button"),
  id: z.string().min(1).max(256).optional().describe("Comes back as `selectedId` when it is pressed"),
  phone: z.string().min(3).max(40).optional().describe("Is called"),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional()
    .describe("Is opened"),
  code: z.string().min(1).max(100).optional().describe("Is copied"),
}).refine(({ id, phone, url, code }) => [id, phone, url, code].filter((what) => what !== undefined).length === 1, {
  error: "one of id, phone, url and code is required",
});

function checkList({ sections }: { sections: readonly ListSection[] }): Record<string, unknown> {
  if (sections.flatMap(({ rows }) => rows).length > MOST_ROWS)
    throw fieldProblem("validation", "/sections", `WhatsApp shows at most ${MOST_ROWS} rows in all sections together`);
  return {};
}

function checkButtons({ buttons }: { buttons: readonly Button[] }): Record<string, unknown> {
  if (new Set(buttons.map(({ id }) => id !== undefined)).size > 1)
    throw fieldProblem("validation", "/buttons", "WhatsApp does not mix buttons that answer with others");
  return {};
}

function checkEvent({ startsAt, endsAt }: { startsAt: string; endsAt?: string }): Record<string, unknown> {
  if (endsAt !== undefined && Date.parse(endsAt) <= Date.parse(startsAt))
    throw fieldProblem("validation", "/endsAt", "must be after startsAt");
  return {};
}

export const richKinds = {
  list: {
    fields: {
      text: z.string().min(1).max(1_024).describe("Above the list"),
      buttonText: line(20).describe("The button that opens it"),
      ...words,
      sections: z
        .array(
          object({
            title: line(24),
            rows: z
              .array(
                object({
                  id: z.string().min(1).max(200).describe("Comes back as `selectedId` when it is chosen"),
                  title: line(24),
                  description: line(72).optional(),
                }),
              )
              .min(1)
              .max(MOST_ROWS)
              .describe("What can be chosen"),
          }),
        )
        .min(1)
        .max(10)
        .describe("With at most 10 rows in all of them together"),
    },
    recipients: "many",
    text: "text",
    normalize: checkList,
  },
  buttons: {
    fields: {
      text: z.string().min(1).max(1_024),
      ...words,
      buttons: z.array(ButtonFields).min(1).max(3).describe("Those that answer cannot be mixed with others"),
    },
    recipients: "many",
    text: "text",
    normalize: checkButtons,
  },
  event: {
    fields: {
      name: line(100),
      description: filled(2_048).optional(),
      startsAt: z.iso.datetime({ offset: true }).describe("When it begins"),
      endsAt: z.iso.datetime({ offset: true }).optional().describe("Two hours after its start by default"),
      place: object({
        name: line(200),
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
      })
        .optional()
        .describe("Where it takes place"),
      call: z.enum(["voice", "video"]).optional().describe("Adds a link to a call"),
    },
    recipients: "many",
    normalize: checkEvent,
  },
  pix: {
    fields: {
      keyType: z.enum(PIX_KEYS).describe("What the key is"),
      name: line(100).describe("Who is paid"),
      key: line(100).describe("The Pix key"),
      instructions: filled(1_000).optional().describe("For who pays"),
    },
    recipients: "many",
  },
  order: {
    fields: {
      text: filled(1_000).optional().describe("A note"),
      items: z
        .array(
          object({
            name: line(100),
            quantity: z.int().min(1).max(100_000).describe("How many of it"),
            price: Money.describe("Of one"),
          }),
        )
        .min(1)
        .max(100)
        .describe("Prices are in thousandths of the unit of the account's currency: 12500 is 12.50"),
      discount: Money.optional().describe("Is taken off"),
      tax: Money.optional().describe("Is added"),
      shipping: Money.optional().describe("Is added"),
    },
    recipients: "many",
    text: "text",
    measured: ["total", "currency", "orderId", "token", "title", "itemCount"],
  },
} as const;
