/** Catalogs of businesses: the account's own, and those of others, which can only be read. */
import { z } from "zod";
import { MediaSource } from "../media.ts";
import { object, route } from "../route.ts";
import { DRIVER_PROBLEMS, MEDIA_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Catalog";
const ProductParams = SessionParams.extend({ id: z.string().min(1).max(60).describe("Id of the product") });
const CollectionParams = SessionParams.extend({ id: z.string().min(1).max(60).describe("Id of the collection") });

const Price = z.int().min(0).max(1_000_000_000_000).describe("In thousandths of the currency's unit");
const Currency = z.string().regex(/^[A-Z]{3}$/, "must be a currency such as EUR");

export const Product = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    price: z.int().nullable().describe("In thousandths of the currency's unit; null for none"),
    currency: z.string().describe("ISO 4217, such as EUR"),
    url: z.string().describe("Page of the product; empty for none"),
    retailerId: z.string().describe("The business's own number for it; empty for none"),
    hidden: z.boolean().describe("Whether others do not see it"),
    images: z.array(z.string()).describe("Where its pictures can be fetched, the main one first"),
  })
  .meta({ id: "Product" });

export const Collection = z
  .object({ id: z.string(), name: z.string(), products: z.array(z.string()).describe("Ids of its products") })
  .meta({ id: "Collection" });

const query = object({
  of: z
    .string()
    .min(3)
    .max(200)
    .optional()
    .describe("The business: a phone number or a WhatsApp id; by default itself"),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("The most entries that are listed"),
});
const fields = {
  name: z.string().trim().min(1).max(150),
  description: z.string().max(5_000).exactOptional(),
  price: Price.exactOptional(),
  currency: Currency.exactOptional().describe("ISO 4217, such as EUR"),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .exactOptional()
    .describe("Page of the product"),
  retailerId: z.string().max(100).exactOptional().describe("Your own number for it"),
  hidden: z.boolean().exactOptional().describe("Others do not see it"),
};
const common = { tag, problems: DRIVER_PROBLEMS };
const ProductIds = z.array(z.string().min(1).max(60)).max(100);

export const listProducts = route({
  method: "GET",
  path: "/sessions/:session/products",
  action: "business.products",
  permission: "catalog:read",
  summary: "List the products of the account, or of another business",
  ...common,
  params: SessionParams,
  query,
  responses: { 200: z.object({ data: z.array(Product) }) },
});

export const createProduct = route({
  method: "POST",
  path: "/sessions/:session/products",
  action: "business.products.create",
  permission: "catalog:write",
  summary: "Create a product. Business accounts only",
  ...common,
  params: SessionParams,
  body: object({ ...fields, picture: MediaSource.describe("The main picture") }),
  bodyLimit: "media",
  responses: { 201: Product },
  problems: [...DRIVER_PROBLEMS, ...MEDIA_PROBLEMS],
});

export const updateProduct = route({
  method: "PATCH",
  path: "/sessions/:session/products/:id",
  action: "business.products.update",
  permission: "catalog:write",
  summary: "Change a product of the account",
  ...common,
  params: ProductParams,
  body: object({ ...fields, name: fields.name.exactOptional() }).refine(
    (body) => Object.keys(body).length > 0,
    "at least one field is expected",
  ),
  responses: { 200: Product },
});

export const deleteProduct = route({
  method: "DELETE",
  path: "/sessions/:session/products/:id",
  action: "business.products.remove",
  permission: "catalog:write",
  summary: "Delete a product of the account",
  ...common,
  params: ProductParams,
  responses: { 204: null },
});

export const listCollections = route({
  method: "GET",
  path: "/sessions/:session/collections",
  action: "business.collections",
  permission: "catalog:read",
  summary: "List the collections of the account, or of another business",
  ...common,
  params: SessionParams,
  query,
  responses: { 200: z.object({ data: z.array(Collection) }) },
});

export const createCollection = route({
  method: "POST",
  path: "/sessions/:session/collections",
  action: "business.collections.create",
  permission: "catalog:write",
  summary: "Create a collection of products. Business accounts only",
  ...common,
  params: SessionParams,
  body: object({ name: z.string().trim().min(1).max(100), products: ProductIds.min(1).describe("Ids of products") }),
  responses: { 201: Collection },
});

export const updateCollection = route({
  method: "PATCH",
  path: "/sessions/:session/collections/:id",
  action: "business.collections.update",
  permission: "catalog:write",
  summary: "Rename a collection, add products to it, or take others out",
  ...common,
  params: CollectionParams,
  body: object({
    name: z.string().trim().min(1).max(100).exactOptional(),
    add: ProductIds.default([]).describe("Ids of products to add"),
    remove: ProductIds.default([]).describe("Ids of products to take out"),
  }),
  responses: { 200: Collection },
});

export const deleteCollection = route({
  method: "DELETE",
  path: "/sessions/:session/collections/:id",
  action: "business.collections.remove",
  permission: "catalog:write",
  summary: "Delete a collection; its products stay",
  ...common,
  params: CollectionParams,
  responses: { 204: null },
});

export const catalogRoutes = [
  listProducts,
  createProduct,
  updateProduct,
  deleteProduct,
  listCollections,
  createCollection,
  updateCollection,
  deleteCollection,
];
