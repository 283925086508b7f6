/** Models of products and catalogs, and their forms on the wire and in the real server's answers. */
import type { WireProduct } from "../../../contracts/sandbox-wire-business.ts";
import { define } from "../loader.ts";
import { Collection, modelOf } from "../model.ts";
import { createWid, type Wid } from "../wid.ts";
import { ask } from "../wire.ts";

const PRODUCT_LIMIT = 500;

class ProductImageModel extends modelOf<{ id: string; mediaUrl: string }>("productImage") {
  /** The picture in memory, as wa-js reads it. */
  get mediaData() {
    const data = this.mediaUrl.split(",")[1] ?? "";
    return { preview: { getBase64: () => data } };
  }
}
class ProductImageCollection extends Collection<ProductImageModel> {}

interface ProductAttributes {
  id: string | undefined;
  catalogWid: Wid | string;
  name: string;
  description: string;
  url: string;
  currency: string;
  priceAmount1000: number | string | null;
  retailerId: string;
  isHidden: boolean;
  imageCdnUrl: string;
  additionalImageCdnUrl: string[];
}

export class ProductModel extends modelOf<ProductAttributes>("product") {
  /** wa-js sets this property of a new product. */
  productImageCollection: unknown = new ProductImageCollection(ProductImageModel);

  constructor(attributes: Partial<ProductAttributes> = {}) {
    super({ additionalImageCdnUrl: [], ...attributes });
  }

  getProductImageCollectionHead(): ProductImageModel | undefined {
    return this.imageCdnUrl === undefined ? undefined : new ProductImageModel({ id: "0", mediaUrl: this.imageCdnUrl });
  }
}

class ProductCollection extends Collection<ProductModel> {}

class CatalogModel extends modelOf<{ id: Wid }>("catalog") {
  readonly productCollection = new ProductCollection(ProductModel);
  /** The name under which wa-js finds products by id. */
  get msgProductCollection(): ProductCollection {
    return this.productCollection;
  }
}

class CatalogCollectionImpl extends Collection<CatalogModel> {
  /** Loads the catalog of an account; undefined when the account is not a business. */
  async find(id: Wid | string): Promise<CatalogModel | undefined> {
    const owner = createWid(id);
    if ((await ask("businessProfile", { id: owner.toString() })) === null) return undefined;
    const products = await ask("products", { owner: owner.toString(), limit: PRODUCT_LIMIT });
    const catalog = catalogOf(owner);
    catalog.productCollection.reset();
    for (const product of products) applyProduct(product);
    return catalog;
  }
  async findCarouselCatalog(id: Wid | string): Promise<(CatalogModel | undefined)[]> {
    return [await this.find(id)];
  }
  async findProduct({ catalogWid, productId }: { catalogWid: Wid; productId: string }): Promise<CatalogModel[]> {
    const product = await ask("product", { owner: catalogWid.toString(), id: String(productId) });
    if (product !== null) applyProduct(product);
    return [catalogOf(catalogWid)];
  }
}
const CatalogCollection = new CatalogCollectionImpl(CatalogModel);

/** The catalog of an account, as far as it is loaded. */
export function catalogOf(owner: Wid): CatalogModel {
  return CatalogCollection.get(owner) ?? CatalogCollection.add(new CatalogModel({ id: owner }))[0]!;
}

/** Loads the account's own catalog after the link. */
export async function loadOwnCatalog(id: string): Promise<void> {
  await CatalogCollection.find(id);
}

/** Shows a product in its catalog. */
export function applyProduct(product: WireProduct): ProductModel {
  const catalog = catalogOf(createWid(product.owner)).productCollection;
  const model = catalog.get(product.id) ?? new ProductModel({ id: product.id });
  const [main = "", ...others] = product.images;
  model.set({
    catalogWid: createWid(product.owner),
    name: product.name,
    description: product.description,
    url: product.url,
    currency: product.currency,
    priceAmount1000: product.price,
    retailerId: product.retailerId,
    isHidden: product.hidden,
    imageCdnUrl: main,
    additionalImageCdnUrl: others,
  });
  return catalog.add(model)[0]!;
}

/** A product in the words of the real server. */
export function describeProduct(product: WireProduct): object {
  const [main = "", ...others] = product.images;
  return {
    id: product.id,
    retailer_id: product.retailerId,
    name: product.name,
    description: product.description,
    url: product.url,
    currency: product.currency,
    price: String(product.price ?? ""),
    is_hidden: product.hidden,
    max_available: 99,
    availability: "in stock",
    checkmark: false,
    image_hashes_for_whatsapp: product.images.map((_, index) => `${product.id}-${index}`),
    image_cdn_urls: [
      { key: "requested", value: main },
      { key: "full", value: main },
    ],
    additional_image_cdn_urls: others.map((value) => [{ key: "full", value }]),
    whatsapp_product_can_appeal: false,
    capability_to_review_status: [{ key: "WHATSAPP", value: "APPROVED" }],
  };
}

define("WAWebProductModel", { default: ProductModel });
define("WAWebProductImageModel", { default: ProductImageModel });
define("WAWebProductImageCollection", { ProductImageCollection });
define("WAWebProductCollection", { ProductCollection });
define("WAWebCatalogModel", { default: CatalogModel });
define("WAWebCatalogCollection", { CatalogCollection });
