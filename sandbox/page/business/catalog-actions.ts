/** A business's actions on its catalog, and looking at the catalogs of others. */
import type { WireBusinessOperations, WireCollection } from "../../../contracts/sandbox-wire-business.ts";
import { define } from "../loader.ts";
import { filehashOf, type OpaqueData } from "../media.ts";
import { me } from "../me.ts";
import { modelOf } from "../model.ts";
import { createWid, type Wid } from "../wid.ts";
import { ask } from "../wire.ts";
import { applyProduct, catalogOf, describeProduct, type ProductModel } from "./products.ts";

type ProductChange = WireBusinessOperations["saveProduct"][0];

/** The product as a user has changed it. wa-js puts new values beside the attributes in places. */
function changeOf(model: ProductModel & { price?: number }): ProductChange {
  const { priceAmount1000, imageCdnUrl, additionalImageCdnUrl = [] } = model;
  const price =
    model.price ?? (priceAmount1000 === null || priceAmount1000 === undefined ? null : Number(priceAmount1000));
  return {
    name: model.name,
    description: model.description ?? "",
    price: price === null ? null : Math.round(price),
    currency: model.currency ?? "",
    url: model.url ?? "",
    retailerId: model.retailerId ?? "",
    hidden: model.isHidden === true,
    images: [imageCdnUrl, ...additionalImageCdnUrl].filter(Boolean),
  };
}

async function addProduct(model: ProductModel): Promise<ProductModel> {
  return applyProduct(await ask("saveProduct", changeOf(model)));
}

async function editProduct(model: ProductModel): Promise<ProductModel> {
  const id = model.id ?? "";
  return applyProduct(await ask("saveProduct", { ...changeOf(model), id }));
}

async function deleteProducts(ids: string[]): Promise<void> {
  await ask("deleteProducts", { ids: ids.map(String) });
  for (const id of ids) catalogOf(createWid(me().id)).productCollection.remove(id);
}

async function queryCatalog(owner: Wid, _after: unknown, limit: number): Promise<{ data: object[] }> {
  const products = await ask("products", { owner: owner.toString(), limit: Number(limit) });
  for (const product of products) applyProduct(product);
  return { data: products.map(describeProduct) };
}

/** `data` is undefined when there is no such product. */
async function queryProduct(owner: Wid, id: string | number): Promise<{ data: object | undefined }> {
  const product = await ask("product", { owner: owner.toString(), id: String(id) });
  if (product === null) return { data: undefined };
  applyProduct(product);
  return { data: describeProduct(product) };
}

async function productVisibilitySet(id: string | string[], hidden: boolean): Promise<void> {
  for (const one of [id].flat()) applyProduct(await ask("saveProduct", { id: String(one), hidden }));
}

interface ProductCollAttributes {
  id: string;
  name: string;
  totalItemsCount: number;
}
class ProductCollModel extends modelOf<ProductCollAttributes>("productColl") {}

/** A collection in the words of the real server. */
function describeCollection({ id, name, products }: WireCollection): object {
  return { id, name, status_info: { status: "APPROVED" }, products: products.map(describeProduct) };
}

async function createCollection(name: string, products: string[]): Promise<object> {
  return describeCollection(await ask("saveCollection", { name, add: products.map(String), remove: [] }));
}

async function editCollection(
  id: string,
  name: string | undefined,
  _isHidden: boolean,
  add: string[],
  remove: string[],
): Promise<object> {
  const change = { id, add: add.map(String), remove: remove.map(String) };
  return describeCollection(await ask("saveCollection", name === undefined ? change : { ...change, name }));
}

interface Query {
  catalogWid: Wid;
  limit: number | string;
}

async function queryCollectionsIQ({ catalogWid, limit }: Query): Promise<{ collections: object[] }> {
  const collections = await ask("collections", { owner: catalogWid.toString(), limit: Number(limit) });
  return { collections: collections.map(describeCollection) };
}

class ProductCatalogSession {
  readonly sessionId = crypto.randomUUID();
}

/** Pictures are not uploaded anywhere: their address is their content. */
export async function uploadProductImage(data: OpaqueData): Promise<string> {
  const bytes = await data.forceToBlob().arrayBuffer();
  return `data:${data.type()};base64,${new Uint8Array(bytes).toBase64()}`;
}

define("WAWebBizProductCatalogBridge", {
  addProduct,
  editProduct,
  deleteProducts,
  sendProductToChat: () => Promise.reject(new Error("products are sent as messages")),
  queryCatalog,
  queryProduct,
  queryProductList: queryCatalog,
});
define("WAWebBizProductVisibilityAction", { productVisibilitySet });
define("WAWebBizCreateCollectionJob", { createCollection });
define("WAWebBizEditCollectionJob", {
  editCollection,
  deleteCollection: (id: string) => ask("deleteCollection", { id }),
});
define("WAWebBizQueryCollectionsJob", { queryCollectionsIQ });
define("WAWebProductCollModel", { default: ProductCollModel });
define("WAWebBizProductCatalogSession", { ProductCatalogSession });
define("WAWebMediaCalculateFilehash", {
  calculateFilehashFromBlob: async (blob: Blob) => filehashOf(await blob.arrayBuffer()),
});
