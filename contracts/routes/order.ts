/** Orders of customers, which come as messages. */
import { z } from "zod";
import { route } from "../route.ts";
import { filtered, MessageParams, REFERENCE_PROBLEMS } from "./message.ts";
import { DRIVER_PROBLEMS } from "./session.ts";

export const Order = z
  .object({
    items: z
      .array(
        z.object({
          productId: z.string().describe("As in the catalog"),
          name: z.string(),
          quantity: z.number().describe("How many of it"),
          price: z.number().nullable().describe("Of one, in thousandths of the currency's unit"),
        }),
      )
      .describe("What was ordered"),
    total: z.number().nullable().describe("In thousandths of the currency's unit"),
    currency: z.string().nullable().describe("ISO 4217"),
    createdAt: z.iso.datetime().describe("When it was ordered"),
  })
  .meta({ id: "Order" });

export const getOrder = route({
  method: "GET",
  path: "/messages/:id/order",
  action: "message.order",
  permission: "message:read",
  summary: "Get what was ordered from the catalog; a message without an `orderId` is not found",
  ...filtered,
  params: MessageParams,
  responses: { 200: Order },
  problems: [...REFERENCE_PROBLEMS, ...DRIVER_PROBLEMS],
});
