/** Operations on catalogs. */
import { readFile } from "node:fs/promises";
import type { WireCollection, WireProduct } from "../../contracts/sandbox-wire-business.ts";
import type { WireMe } from "../../contracts/sandbox-wire.ts";
import { MESSAGE_FAILURE_WORDS } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { CatalogOperations, CollectionInfo, ProductInfo } from "../operations/catalog.ts";
import { targetNotFound } from "../target-key.ts";
import type { Request } from "./requests.ts";

function toProduct({ owner: _owner, ...product }: WireProduct): ProductInfo {
  return product;
}

function toCollection({ id, name, products }: WireCollection): CollectionInfo {
  return { id, name, products: products.map((product) => product.id) };
}

export function catalogOperations(request: Request, self: () => WireMe): CatalogOperations {
  const ownerOf = (owner: string | null): string => owner ?? self().id;
  const requireBusiness = (): void => {
    if (!self().business) throw new DriverError("rejected", MESSAGE_FAILURE_WORDS.business_only, "business_only");
  };
  const requireProduct = async (id: string): Promise<void> => {
    if ((await request("product", { owner: self().id, id })) === null) throw targetNotFound();
  };
  const requireCollection = async (id: string): Promise<void> => {
    const found = await request("collections", { owner: self().id, limit: 1_000 });
    if (found.every((collection) => collection.id !== id)) throw targetNotFound();
  };
  return {
    listProducts: async ({ owner, limit }) =>
      (await request("products", { owner: ownerOf(owner), limit })).map(toProduct),
    createProduct: async ({ fields, media }) => {
      requireBusiness();
      const image = `data:${media.mimetype};base64,${(await readFile(media.path)).toString("base64")}`;
      return toProduct(await request("saveProduct", { ...fields, images: [image] }));
    },
    updateProduct: async ({ id, fields }) => {
      requireBusiness();
      await requireProduct(id);
      return toProduct(await request("saveProduct", { ...fields, id }));
    },
    deleteProduct: async ({ id }) => {
      requireBusiness();
      await requireProduct(id);
      await request("deleteProducts", { ids: [id] });
    },
    listCollections: async ({ owner, limit }) =>
      (await request("collections", { owner: ownerOf(owner), limit })).map(toCollection),
    saveCollection: async ({ id, name, add, remove }) => {
      requireBusiness();
      if (id !== null) await requireCollection(id);
      for (const product of [...add, ...remove]) await requireProduct(product);
      const change = { add: [...add], remove: [...remove], ...(name === undefined ? {} : { name }) };
      return toCollection(await request("saveCollection", id === null ? change : { ...change, id }));
    },
    readOrder: async ({ orderId, token }) => {
      const { items, total, currency, createdAt } = await request("order", { id: orderId, token });
      const lines = items.map(({ product: productId, name, quantity, price }) => ({
        productId,
        name,
        quantity,
        price,
      }));
      return { items: lines, total, currency, createdAt };
    },
    deleteCollection: async ({ id }) => {
      requireBusiness();
      await requireCollection(id);
      await request("deleteCollection", { id });
    },
  };
}
