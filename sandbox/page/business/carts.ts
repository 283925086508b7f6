/** What the user has put into carts of businesses. As in the real client, they are kept on the device only. */
import type { ChatModel } from "../chats.ts";
import { define } from "../loader.ts";
import { Collection, modelOf } from "../model.ts";
import { commit, readMeta } from "../storage.ts";
import { createWid, type Wid } from "../wid.ts";
import { ask } from "../wire.ts";
import type { ProductModel } from "./products.ts";

interface CartItemAttributes {
  /** The product's. */
  id: string;
  quantity: number;
  product: ProductModel | undefined;
}
class CartItemModel extends modelOf<CartItemAttributes>("cartItem") {}
class CartItemCollection extends Collection<CartItemModel> {}

interface CartAttributes {
  /** The business's. */
  id: Wid;
  itemCount: number;
  message: string;
}
class CartModel extends modelOf<CartAttributes>("cart") {
  readonly cartItemCollection = new CartItemCollection(CartItemModel);

  constructor(attributes: Partial<CartAttributes>) {
    super(attributes);
    this.cartItemCollection.on("add remove change:quantity", () => this.countTotals());
  }
  countTotals(): void {
    const counts = this.cartItemCollection.map(({ quantity }) => quantity);
    this.set({ itemCount: counts.reduce((sum, count) => sum + count, 0) });
  }
}

class CartCollectionImpl extends Collection<CartModel> {
  /** The cart of a business; creates it if needed. */
  findCart(id: Wid | string): CartModel {
    const cart = new CartModel({ id: createWid(String(id)), itemCount: 0, message: "" });
    return this.get(id) ?? this.add(cart)[0]!;
  }
}
const CartCollection = new CartCollectionImpl(CartModel);

type StoredCarts = Record<string, Record<string, number>>;
const STORED = "carts";

/** Restores the carts. */
export async function loadCarts(): Promise<void> {
  const stored = (await readMeta<StoredCarts>(STORED)) ?? {};
  for (const [owner, items] of Object.entries(stored))
    for (const [id, quantity] of Object.entries(items))
      CartCollection.findCart(owner).cartItemCollection.add(new CartItemModel({ id, quantity }));
}

async function store(): Promise<void> {
  const carts = CartCollection.map(({ id, cartItemCollection: items }) => [
    id.toString(),
    Object.fromEntries(items.map((item) => [item.id, item.quantity])),
  ]);
  await commit({ meta: { [STORED]: Object.fromEntries(carts) as StoredCarts } });
}

async function addProductToCart(product: ProductModel): Promise<void> {
  const items = CartCollection.findCart(String(product.catalogWid)).cartItemCollection;
  const id = product.id ?? "";
  const present = items.get(id);
  if (present === undefined) items.add(new CartItemModel({ id, quantity: 1, product }));
  else present.set({ quantity: present.quantity + 1 });
  await store();
}

async function updateProductQuantityCart(product: ProductModel, quantity: number): Promise<void> {
  const items = CartCollection.findCart(String(product.catalogWid)).cartItemCollection;
  items.get(product.id)?.set({ quantity });
  await store();
}

async function deleteProductFromCart(owner: string, id: string): Promise<void> {
  CartCollection.findCart(owner).cartItemCollection.remove(id);
  await store();
}

interface CreatedOrder {
  id: string;
  token: string;
  price: { total: string; currency: string };
}

async function createOrder(seller: ChatModel["id"], items: CartItemModel[]): Promise<CreatedOrder> {
  const wanted = items.map(({ id, quantity }) => ({ product: id, quantity }));
  const { id, token, total, currency } = await ask("createOrder", { seller: seller.toString(), items: wanted });
  return { id, token, price: { total: String(total), currency } };
}

/** The real client recognizes these actions by their names. */
function named<F extends object>(action: F, name: string): F {
  return Object.assign(action, { displayName: name });
}

define("WAWebCartCollection", { CartCollection });
define("WAWebCartModel", { default: CartModel });
define("WAWebCartItemModel", { default: CartItemModel });
define("WAWebBizAddProductToCartAction", { addProductToCart });
define("WAWebBizUpdateProductQuantityCartAction", {
  default: named(updateProductQuantityCart, "BizUpdateProductQuantityCartAction"),
});
define("WAWebBizDeleteProductFromCartAction", {
  default: named(deleteProductFromCart, "BizDeleteProductFromCartAction"),
});
define("WAWebBizCreateOrderJob", { createOrder });
define("WAWebBizUpdateCartAction", {
  updateCart: (_cart: CartModel) => void store().catch((error: unknown) => console.error(error)),
});
