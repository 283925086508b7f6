/** Schemas of requests about businesses: profiles, products, orders and notes. */
import { z } from "zod";
import type { WireBusinessOperations } from "../contracts/sandbox-wire-business.ts";
import { chat, limit, picture } from "./wire-fields.ts";

const id = z.string().regex(/^\d{1,20}$/, "must be an id");
const line = z.string().max(500);
const ids = z.array(id).max(500);
const owner = { owner: chat, limit };

export const businessInputs: {
  readonly [N in keyof WireBusinessOperations]: z.ZodType<WireBusinessOperations[N][0]>;
} = {
  businessProfile: z.strictObject({ id: chat }),
  setBusinessProfile: z.strictObject({
    description: z.string().max(512).exactOptional(),
    address: line.exactOptional(),
    email: line.exactOptional(),
    website: z.array(line).max(2).exactOptional(),
    categories: z
      .array(z.strictObject({ id: line, localized_display_name: line }))
      .max(3)
      .exactOptional(),
    hours: z.record(z.string(), z.unknown()).nullable().exactOptional(),
    cartEnabled: z.boolean().exactOptional(),
  }),
  products: z.strictObject(owner),
  product: z.strictObject({ owner: chat, id }),
  saveProduct: z.strictObject({
    id: id.exactOptional(),
    name: line.min(1).exactOptional(),
    description: z.string().max(5000).exactOptional(),
    price: z.int().min(0).nullable().exactOptional(),
    currency: z.string().max(3).exactOptional(),
    url: z.string().max(2000).exactOptional(),
    retailerId: line.exactOptional(),
    hidden: z.boolean().exactOptional(),
    images: z.array(picture).max(10).exactOptional(),
  }),
  deleteProducts: z.strictObject({ ids }),
  collections: z.strictObject(owner),
  saveCollection: z.strictObject({ id: id.exactOptional(), name: line.min(1).exactOptional(), add: ids, remove: ids }),
  deleteCollection: z.strictObject({ id }),
  createOrder: z.strictObject({
    seller: chat,
    items: z
      .array(z.strictObject({ product: id, quantity: z.int().min(1).max(10_000) }))
      .min(1)
      .max(100),
  }),
  order: z.strictObject({ id, token: z.string().max(200) }),
  note: z.strictObject({ chat }),
  setNote: z.strictObject({ chat, content: z.string().min(1).max(5000) }),
};
