/** The catalogue of a business, and what its customers order. */
import { z } from "zod";
import * as catalog from "../../../../contracts/routes/catalog.ts";
import { getOrder } from "../../../../contracts/routes/order.ts";
import type { Route } from "../../../../contracts/route.ts";
import { doorRoute, Flag, Phones, success, toChatIds, type DoorCall } from "../call.ts";
import { mediaOf } from "../files.ts";
import { queue, sentId } from "../sending.ts";

type Product = z.infer<typeof catalog.Product>;
type Collection = z.infer<typeof catalog.Collection>;

const common = { access: "token", live: "session" } as const;
const path = (name: string): string => `/api/:session/${name}`;
const own = (call: DoorCall): { params: { session: string } } => ({ params: { session: call.session } });
const withId = (call: DoorCall, id: string): { params: { session: string; id: string } } => ({
  params: { session: call.session, id },
});
const Ids = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

const toProduct = (product: Product): object => ({
  id: product.id,
  name: product.name,
  description: product.description,
  price: product.price,
  currency: product.currency,
  url: product.url,
  retailerId: product.retailerId,
  isHidden: product.hidden,
  imageUrl: product.images[0] ?? null,
  additionalImageUrls: product.images.slice(1),
});
const toCollection = ({ id, name, products }: Collection): object => ({ id, name, products });

/** `phone` and `qnt` of the query. */
function listQuery({ query }: DoorCall): object {
  const { phone, qnt } = query;
  return { ...(phone === undefined ? {} : { of: phone }), ...(qnt === undefined ? {} : { limit: qnt }) };
}

async function products(call: DoorCall): Promise<Product[]> {
  return (await call.api.call<{ data: Product[] }>(catalog.listProducts, { ...own(call), query: listQuery(call) }))
    .data;
}

const Change = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  price: z.coerce.number().optional(),
  currency: z.string().optional(),
  url: z.string().optional(),
  retailerId: z.string().optional(),
  isHidden: z.boolean().optional(),
});

function productFields({
  name,
  description,
  price,
  currency,
  url,
  retailerId,
  isHidden,
}: z.infer<typeof Change>): object {
  return Object.fromEntries(
    Object.entries({ name, description, price, currency, url, retailerId, hidden: isHidden }).filter(
      ([, value]) => value !== undefined && value !== "",
    ),
  );
}

const catalogPost = <B extends z.ZodType>(
  name: string,
  summary: string,
  body: B,
  handle: (call: DoorCall, body: z.output<B>) => Promise<unknown>,
) =>
  doorRoute({
    method: "POST",
    group: "Catalog",
    ...common,
    path: path(name),
    summary,
    body,
    handle: async (call, given) => success(await handle(call, given as z.output<B>)),
  });

function removeAll(call: DoorCall, route: Route, ids: readonly string[]): Promise<unknown> {
  return Promise.all(ids.map((id) => call.api.call(route, withId(call, id))));
}

export const catalogRoutes = [
  doorRoute({
    method: "GET",
    group: "Catalog",
    ...common,
    path: path("get-products"),
    summary: "List the products of a business",
    handle: async (call) => success((await products(call)).map(toProduct)),
  }),
  doorRoute({
    method: "GET",
    group: "Catalog",
    ...common,
    path: path("get-product-by-id"),
    summary: "Get a product",
    handle: async (call) => {
      const found = (await products(call)).find(({ id }) => id === call.query["id"]);
      return success(found === undefined ? null : toProduct(found));
    },
  }),
  catalogPost(
    "add-product",
    "Add a product",
    Change.extend({ name: z.string(), image: z.string(), currency: z.string().default("BRL") }),
    async (call, { image, ...fields }) => {
      const picture = mediaOf(call, /^https?:/.test(image) ? { path: image } : { base64: image });
      const body = { ...productFields(fields), picture };
      return toProduct(await call.api.call<Product>(catalog.createProduct, { ...own(call), body }));
    },
  ),
  catalogPost(
    "edit-product",
    "Change a product",
    z.looseObject({ id: z.string(), options: Change }),
    async (call, { id, options }) =>
      toProduct(
        await call.api.call<Product>(catalog.updateProduct, { ...withId(call, id), body: productFields(options) }),
      ),
  ),
  catalogPost("del-products", "Delete products", z.looseObject({ id: Ids }), async (call, { id }) => {
    await removeAll(call, catalog.deleteProduct, id);
    return true;
  }),
  doorRoute({
    method: "GET",
    group: "Catalog",
    ...common,
    path: path("get-collections"),
    summary: "List the collections of a business",
    handle: async (call) => {
      const { data } = await call.api.call<{ data: Collection[] }>(catalog.listCollections, {
        ...own(call),
        query: listQuery(call),
      });
      return success(data.map(toCollection));
    },
  }),
  catalogPost(
    "create-collection",
    "Create a collection",
    z.looseObject({ name: z.string(), products: Ids }),
    async (call, { name, products: ids }) =>
      toCollection(
        await call.api.call<Collection>(catalog.createCollection, { ...own(call), body: { name, products: ids } }),
      ),
  ),
  catalogPost(
    "edit-collection",
    "Change a collection",
    z.looseObject({
      id: z.string(),
      options: z.looseObject({
        collectionName: z.string().optional(),
        productsToAdd: Ids.optional(),
        productsToRemove: Ids.optional(),
      }),
    }),
    async (call, { id, options: { collectionName: name, productsToAdd: add, productsToRemove: remove } }) => {
      const body = { ...(name === undefined ? {} : { name }), ...(add ? { add } : {}), ...(remove ? { remove } : {}) };
      return toCollection(await call.api.call<Collection>(catalog.updateCollection, { ...withId(call, id), body }));
    },
  ),
  catalogPost("del-collection", "Delete collections", z.looseObject({ id: Ids }), async (call, { id }) => {
    await removeAll(call, catalog.deleteCollection, id);
    return true;
  }),
  catalogPost(
    "send-link-catalog",
    "Send the link of the account's catalog",
    z.looseObject({ phones: Phones, message: z.string().optional() }),
    async (call, { phones, message }) => {
      const phone = (await call.current()).me?.phone?.slice(1) ?? "";
      const text = [message, `https://wa.me/c/${phone}`].filter(Boolean).join("\n");
      const sent: object[] = [];
      for (const to of toChatIds({ phone: phones, isGroup: false, isNewsletter: false, isLid: false }))
        sent.push(sentId(await queue(call, to, { type: "text", text, linkPreview: true })));
      return sent;
    },
  ),
  catalogPost(
    "set-product-visibility",
    "Hide a product, or show it",
    z.looseObject({ id: z.string(), value: Flag }),
    async (call, { id, value }) =>
      toProduct(await call.api.call<Product>(catalog.updateProduct, { ...withId(call, id), body: { hidden: value } })),
  ),
  doorRoute({
    method: "GET",
    group: "Orders",
    ...common,
    path: path("get-business-profiles-products"),
    summary: "List the products of a business",
    handle: async (call) => success((await products(call)).map(toProduct)),
  }),
  doorRoute({
    method: "GET",
    group: "Orders",
    ...common,
    path: path("get-order-by-messageId/:messageId"),
    summary: "Read what was ordered with a message",
    handle: async (call) => success(await call.api.call(getOrder, { params: { id: call.params["messageId"] } })),
  }),
];
