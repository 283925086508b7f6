/** The operations on catalogs of businesses: the account's own, and those of others, which it can only read. */
import type { StoredMedia } from "../../contracts/media.ts";

export interface ProductInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** In thousandths of the currency's unit; null when it has none. */
  readonly price: number | null;
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
  readonly url: string;
  /** The business's own number for it. */
  readonly retailerId: string;
  /** Others do not see it. */
  readonly hidden: boolean;
  /** Where its pictures can be fetched, the main one first. */
  readonly images: readonly string[];
}

export interface CollectionInfo {
  readonly id: string;
  readonly name: string;
  /** The ids of its products. */
  readonly products: readonly string[];
}

export interface OrderInfo {
  readonly items: readonly {
    readonly productId: string;
    readonly name: string;
    readonly quantity: number;
    /** In thousandths of the currency's unit, of one. */
    readonly price: number | null;
  }[];
  readonly total: number | null;
  readonly currency: string | null;
  /** Unix ms. */
  readonly createdAt: number;
}

export interface ProductFields {
  readonly name?: string;
  readonly description?: string;
  readonly price?: number;
  readonly currency?: string;
  readonly url?: string;
  readonly retailerId?: string;
  readonly hidden?: boolean;
}

/**
 * Reading takes the chat id of a business, or null for the account itself. Changing is rejected with `business_only`
 * when the account is not a business, and with `target_not_found` for what it does not have.
 */
export interface CatalogOperations {
  /** At most `limit`. An account that is not a business has none. */
  listProducts(input: { owner: string | null; limit: number }): Promise<readonly ProductInfo[]>;

  /** NOT idempotent: after `unknown` there may be a product. */
  createProduct(input: { fields: ProductFields & { name: string }; media: StoredMedia }): Promise<ProductInfo>;

  /** Changes what is given. Idempotent. */
  updateProduct(input: { id: string; fields: ProductFields }): Promise<ProductInfo>;

  deleteProduct(input: { id: string }): Promise<void>;

  listCollections(input: { owner: string | null; limit: number }): Promise<readonly CollectionInfo[]>;

  /** Creates a collection (`id` null), or renames one, adds products to it and takes others out. */
  saveCollection(input: {
    id: string | null;
    name?: string;
    add: readonly string[];
    remove: readonly string[];
  }): Promise<CollectionInfo>;

  deleteCollection(input: { id: string }): Promise<void>;

  /** What was ordered, by the account or from it; the message of the order has both. */
  readOrder(input: { orderId: string; token: string }): Promise<OrderInfo>;
}
