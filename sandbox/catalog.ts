/** The catalogs of businesses: products, and collections of them. */
import type { WireCollection, WireProduct } from "../contracts/sandbox-wire-business.ts";
import type { Account, Accounts } from "./accounts.ts";
import { requireBusiness } from "./business-profiles.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

interface ProductRow {
  readonly id: number;
  readonly owner: string;
  readonly product: string;
}

interface CollectionRow {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

type ProductFields = Omit<WireProduct, "id" | "owner">;

const EMPTY: ProductFields = {
  name: "",
  description: "",
  price: null,
  currency: "",
  url: "",
  retailerId: "",
  hidden: false,
  images: [],
};

export class Catalog {
  readonly #accounts: Accounts;
  readonly #of;
  readonly #find;
  readonly #insert;
  readonly #update;
  readonly #delete;
  readonly #collections;
  readonly #collection;
  readonly #insertCollection;
  readonly #rename;
  readonly #deleteCollection;
  readonly #inCollection;
  readonly #addTo;
  readonly #takeFrom;

  constructor(store: Store, accounts: Accounts) {
    this.#accounts = accounts;
    this.#of = store.all<ProductRow>("SELECT * FROM products WHERE owner = ? ORDER BY id LIMIT ?");
    this.#find = store.one<ProductRow>("SELECT * FROM products WHERE id = ? AND owner = ?");
    this.#insert = store.one<ProductRow>("INSERT INTO products (owner, product) VALUES (?, ?) RETURNING *");
    this.#update = store.run("UPDATE products SET product = ? WHERE id = ?");
    this.#delete = store.run("DELETE FROM products WHERE id = ? AND owner = ?");
    this.#collections = store.all<CollectionRow>("SELECT * FROM collections WHERE owner = ? ORDER BY id LIMIT ?");
    this.#collection = store.one<CollectionRow>("SELECT * FROM collections WHERE id = ? AND owner = ?");
    this.#insertCollection = store.one<CollectionRow>(
      "INSERT INTO collections (owner, name) VALUES (?, ?) RETURNING *",
    );
    this.#rename = store.run("UPDATE collections SET name = ? WHERE id = ?");
    this.#deleteCollection = store.run("DELETE FROM collections WHERE id = ? AND owner = ?");
    this.#inCollection = store.all<ProductRow>(
      `SELECT p.* FROM collection_products c JOIN products p ON p.id = c.product WHERE c.collection = ? ORDER BY p.id`,
    );
    this.#addTo = store.run("INSERT INTO collection_products VALUES (?, ?) ON CONFLICT DO NOTHING");
    this.#takeFrom = store.run("DELETE FROM collection_products WHERE collection = ? AND product = ?");
  }

  products(viewer: Account, owner: string, limit: number): WireProduct[] {
    const { id } = this.#accounts.require(viewer.tenant, owner);
    return this.#of(id, limit)
      .map(toProduct)
      .filter((product) => isVisible(product, viewer));
  }

  product(viewer: Account, owner: string, id: string): WireProduct | null {
    const row = this.#find(Number(id), this.#accounts.require(viewer.tenant, owner).id);
    const product = row === undefined ? null : toProduct(row);
    return product !== null && isVisible(product, viewer) ? product : null;
  }

  /** Creates a product, or changes what is given of the one with the id. */
  save(account: Account, { id, ...given }: Partial<ProductFields> & { id?: string }): WireProduct {
    requireBusiness(account);
    const known = id === undefined ? undefined : this.#find(Number(id), account.id);
    if (id !== undefined && known === undefined) throw new Refusal("target_not_found", `there is no product ${id}`);
    const before = known === undefined ? EMPTY : (JSON.parse(known.product) as ProductFields);
    const product = JSON.stringify({ ...before, ...given });
    if (known === undefined) return toProduct(this.#insert(account.id, product)!);
    this.#update(product, known.id);
    return toProduct({ ...known, product });
  }

  remove(account: Account, ids: readonly string[]): void {
    requireBusiness(account);
    for (const id of ids) this.#delete(Number(id), account.id);
  }

  collections(viewer: Account, owner: string, limit: number): WireCollection[] {
    const { id } = this.#accounts.require(viewer.tenant, owner);
    return this.#collections(id, limit).map((row) => this.#toCollection(viewer, row));
  }

  /** Creates a collection, or changes the one with the id. */
  saveCollection(
    account: Account,
    { id, name, add, remove }: { id?: string; name?: string; add: readonly string[]; remove: readonly string[] },
  ): WireCollection {
    requireBusiness(account);
    const row =
      id === undefined ? this.#insertCollection(account.id, name ?? "") : this.#collection(Number(id), account.id);
    if (row === undefined) throw new Refusal("target_not_found", `there is no collection ${id}`);
    if (name !== undefined) this.#rename(name, row.id);
    for (const product of add) if (this.#find(Number(product), account.id)) this.#addTo(row.id, Number(product));
    for (const product of remove) this.#takeFrom(row.id, Number(product));
    return this.#toCollection(account, { ...row, name: name ?? row.name });
  }

  removeCollection(account: Account, id: string): void {
    requireBusiness(account);
    if (this.#deleteCollection(Number(id), account.id) === 0)
      throw new Refusal("target_not_found", `there is no collection ${id}`);
  }

  #toCollection(viewer: Account, { id, name }: CollectionRow): WireCollection {
    const products = this.#inCollection(id)
      .map(toProduct)
      .filter((product) => isVisible(product, viewer));
    return { id: String(id), name, products };
  }
}

function toProduct({ id, owner, product }: ProductRow): WireProduct {
  return { ...(JSON.parse(product) as ProductFields), id: String(id), owner };
}

function isVisible({ hidden, owner }: WireProduct, viewer: Account): boolean {
  return !hidden || owner === viewer.id;
}
