/** Operations on catalogs of businesses. */
import { z } from "zod";
import type { CatalogOperations, CollectionInfo, ProductFields, ProductInfo } from "../operations/catalog.ts";
import { targetNotFound } from "../target-key.ts";
import { requireBusiness, toDataUrl } from "./account-operations.ts";
import type { Handlers } from "./handlers.ts";
import type { PageCalls } from "./page-calls.ts";
import { lenient } from "./shapes.ts";

const Nothing = z.unknown();
const CREATE_WITHIN_MS = 60_000;
/** More than a catalog of WhatsApp holds. */
const ALL = 1_000;

const Urls = lenient(z.array(z.object({ key: z.string(), value: z.string() })));
const Product = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  name: z.string(),
  description: lenient(z.string()),
  price: lenient(z.union([z.string(), z.number()])),
  currency: lenient(z.string()),
  url: lenient(z.string()),
  retailer_id: lenient(z.string()),
  is_hidden: lenient(z.boolean()),
  image_cdn_urls: Urls,
  additional_image_cdn_urls: lenient(z.array(z.union([z.string(), z.unknown()]))),
});
const Collection = z.object({
  id: z.string(),
  name: z.string(),
  products: lenient(z.array(z.object({ id: z.union([z.string(), z.number()]).transform(String) }))),
});

/** The address of a further picture: a text, or a list with the sizes. */
function addressOf(image: unknown): string[] {
  if (typeof image === "string") return [image];
  const sizes = Urls.parse(image) ?? [];
  const full = sizes.find(({ key }) => key === "full") ?? sizes[0];
  return full === undefined ? [] : [full.value];
}

function toProduct(found: z.infer<typeof Product>): ProductInfo {
  const price = found.price === undefined || found.price === "" ? null : Number(found.price);
  return {
    id: found.id,
    name: found.name,
    description: found.description ?? "",
    price,
    currency: found.currency ?? "",
    url: found.url ?? "",
    retailerId: found.retailer_id ?? "",
    hidden: found.is_hidden === true,
    images: [...addressOf(found.image_cdn_urls), ...(found.additional_image_cdn_urls ?? []).flatMap(addressOf)],
  };
}

/** Runs in the page: the id of the owner, the account itself for null. */
async function readProducts({ owner, limit }: { owner: string | null; limit: number }): Promise<unknown[]> {
  const { UserPrefs } = WPP.whatsapp;
  const own = String(UserPrefs.getMaybeMePnUser() ?? UserPrefs.getMaybeMeLidUser());
  return (await WPP.catalog.getProducts(owner ?? own, limit)) ?? [];
}

/** Runs in the page. */
async function readCollections({ owner, limit }: { owner: string | null; limit: number }): Promise<unknown[]> {
  const { UserPrefs } = WPP.whatsapp;
  const own = String(UserPrefs.getMaybeMePnUser() ?? UserPrefs.getMaybeMeLidUser());
  return (await WPP.catalog.getCollections(owner ?? own, limit, limit)) ?? [];
}

async function productsOf(page: PageCalls, owner: string | null, limit: number): Promise<ProductInfo[]> {
  const found = await page.run(z.array(Product), readProducts, { owner, limit });
  return found.slice(0, limit).map(toProduct);
}

async function collectionsOf(page: PageCalls, owner: string | null, limit: number): Promise<CollectionInfo[]> {
  const found = await page.run(z.array(Collection), readCollections, { owner, limit });
  return found
    .slice(0, limit)
    .map(({ id, name, products }) => ({ id, name, products: (products ?? []).map((product) => product.id) }));
}

/** The account's product with the id, as the server has it now. */
async function requireProduct(page: PageCalls, id: string): Promise<ProductInfo> {
  const product = (await productsOf(page, null, ALL)).find((candidate) => candidate.id === id);
  if (product === undefined) throw targetNotFound();
  return product;
}

async function requireCollection(page: PageCalls, id: string): Promise<CollectionInfo> {
  const collection = (await collectionsOf(page, null, ALL)).find((candidate) => candidate.id === id);
  if (collection === undefined) throw targetNotFound();
  return collection;
}

/** Runs in the page. The library multiplies the price of a new product by ten thousand. */
async function create({ fields, image }: { fields: ProductFields & { name: string }; image: string }): Promise<string> {
  const { name, description, price, currency, url, retailerId, hidden } = fields;
  const product = await WPP.catalog.createProduct({
    name,
    image,
    ...(description === undefined ? {} : { description }),
    ...(price === undefined ? {} : { price: price / 10_000 }),
    ...(currency === undefined ? {} : { currency }),
    ...(url === undefined ? {} : { url }),
    ...(retailerId === undefined ? {} : { retailerId }),
    ...(hidden === undefined ? {} : { isHidden: hidden }),
  });
  return String(product.id);
}

/** Runs in the page. */
async function edit({ id, fields }: { id: string; fields: ProductFields }): Promise<void> {
  const { price, hidden, ...texts } = fields;
  const change = { ...texts, ...(price === undefined ? {} : { priceAmount1000: price }) };
  if (Object.keys(change).length > 0) await WPP.catalog.editProduct(id, change);
  if (hidden !== undefined) await WPP.catalog.setProductVisibility(id, hidden);
}

/** Runs in the page; returns the id. */
async function saveOne(given: {
  id: string | null;
  name?: string;
  add: readonly string[];
  remove: readonly string[];
}): Promise<string> {
  const { id, name, add, remove } = given;
  if (id === null) {
    const made = (await WPP.catalog.createCollection(name ?? "", [...add])) as { id: unknown };
    return String(made.id);
  }
  const change = { productsToAdd: [...add], productsToRemove: [...remove], ...(name === undefined ? {} : { name }) };
  await WPP.catalog.editCollection(id, change);
  return id;
}

const Order = z.object({
  products: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      quantity: z.coerce.number().nullish(),
      price: z.coerce.number().nullish(),
    }),
  ),
  total: z.coerce.number().nullish(),
  currency: z.string().nullish(),
  createdAt: z.number(),
});

/** Runs in the page. */
function findOrder({ orderId, token }: { orderId: string; token: string }): Promise<unknown> {
  return WPP.whatsapp.functions.queryOrder(orderId, 1, 1, token);
}

export const CATALOG_HANDLERS: Pick<Handlers, keyof CatalogOperations> = {
  listProducts: async ({ page, ids }, { owner, limit }) => {
    if (owner !== null) await ids.requirePerson(owner);
    return productsOf(page, owner === null ? null : ids.known(owner), limit);
  },
  createProduct: async ({ page }, { fields, media }) => {
    await requireBusiness(page);
    const id = await page.run(z.string(), create, { fields, image: await toDataUrl(media) }, CREATE_WITHIN_MS);
    return requireProduct(page, id);
  },
  updateProduct: async ({ page }, given) => {
    await requireBusiness(page);
    await requireProduct(page, given.id);
    await page.run(Nothing, edit, given);
    return requireProduct(page, given.id);
  },
  deleteProduct: async ({ page }, { id }) => {
    await requireBusiness(page);
    await requireProduct(page, id);
    await page.run(Nothing, (product) => WPP.catalog.delProducts([product]), id);
  },
  listCollections: async ({ page, ids }, { owner, limit }) => {
    if (owner !== null) await ids.requirePerson(owner);
    return collectionsOf(page, owner === null ? null : ids.known(owner), limit);
  },
  saveCollection: async ({ page }, given) => {
    await requireBusiness(page);
    if (given.id !== null) await requireCollection(page, given.id);
    for (const product of [...given.add, ...given.remove]) await requireProduct(page, product);
    return requireCollection(page, await page.run(z.string(), saveOne, given));
  },
  readOrder: async ({ page }, given) => {
    const { products, total, currency, createdAt } = await page.run(Order, findOrder, given);
    return {
      items: products.map(({ id, name, quantity, price }) => ({
        productId: id,
        name,
        quantity: quantity ?? 1,
        price: price ?? null,
      })),
      total: total ?? null,
      currency: currency ?? null,
      createdAt: createdAt * 1_000,
    };
  },
  deleteCollection: async ({ page }, { id }) => {
    await requireBusiness(page);
    await requireCollection(page, id);
    await page.run(Nothing, (collection) => WPP.catalog.deleteCollection(collection), id);
  },
};
