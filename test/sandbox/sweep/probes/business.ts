/** `WPP.catalog`, of a business, and `WPP.cart` and `WPP.order`: a person orders there, and the business answers. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, DATA, keeps, messageKey } from "../shapes.ts";
import type { World } from "../world.ts";

const by = "business";
const product = z.object({ id: z.string().min(1), name: z.string() });
const listed = z.object({ id: z.string().min(1), name: z.string(), price: z.string(), currency: z.string() });
const theProduct = (world: World): string => world.note("product");
const shop = (world: World): string => world.business.phone.chatId;

/** The product as the peer's phone sees it; undefined when it is hidden or gone. */
async function seenByPeer(world: World) {
  return (await world.perform(world.peer, "product", { owner: shop(world), id: theProduct(world) })) ?? undefined;
}

async function collections(world: World): Promise<string[]> {
  return (await world.perform(world.peer, "collections", { owner: shop(world), limit: 10 })).map(({ name }) => name);
}

export const catalog: Probes = {
  createProduct: {
    args: () => [{ name: "Soap", image: DATA.png, description: "Clean", price: 5, currency: "EUR", retailerId: "S-1" }],
    result: product.extend({ name: z.literal("Soap") }),
    shown: keeps("product", ({ id }: { id: string }) => id),
    by,
  },
  getMyCatalog: { result: z.object({ id: chatId }), by },
  getProducts: { args: (world) => [shop(world), 10], result: z.array(listed).length(1), note: "of another account" },
  getProductById: { args: (world) => [shop(world), theProduct(world)], result: listed, note: "of another account" },
  editProduct: {
    args: (world) => [theProduct(world), { name: "Good soap" }],
    result: product.extend({ name: z.literal("Good soap") }),
    shown: async (world) => (await seenByPeer(world))?.name === "Good soap",
    by,
  },
  addProductImage: {
    args: (world) => [theProduct(world), DATA.webp],
    result: product,
    shown: async (world) => (await seenByPeer(world))?.images.length === 2,
    by,
  },
  changeProductImage: {
    args: (world) => [theProduct(world), DATA.webp],
    result: product,
    shown: async (world) => (await seenByPeer(world))?.images[0]?.startsWith("data:image/webp"),
    by,
  },
  removeProductImage: {
    args: (world) => [theProduct(world), 0],
    result: product,
    shown: async (world) => (await seenByPeer(world))?.images.length === 1,
    by,
  },
  setProductVisibility: {
    args: (world) => [theProduct(world), true],
    result: product,
    shown: async (world) => {
      const isHidden = (await seenByPeer(world)) === undefined;
      if (isHidden) await world.perform(world.business.phone, "saveProduct", { id: theProduct(world), hidden: false });
      return isHidden;
    },
    by,
  },
  createCollection: {
    args: (world) => ["Bath", [theProduct(world)]],
    result: z.object({ id: z.string().min(1) }),
    shown: keeps("collection", ({ id }: { id: string }) => id),
    by,
  },
  getCollections: {
    args: (world) => [shop(world), 5, 5],
    result: z.array(z.object({ id: z.string(), name: z.literal("Bath") })).length(1),
    note: "of another account",
  },
  editCollection: {
    args: (world) => [world.note("collection"), { name: "Bathroom" }],
    shown: async (world) => (await collections(world)).includes("Bathroom"),
    by,
  },
  deleteCollection: {
    args: (world) => [world.note("collection")],
    result: z.string(),
    shown: async (world) => (await collections(world)).length === 0,
    by,
  },
  updateCartEnabled: {
    args: () => [false],
    shown: async (world) => {
      const profile = await world.perform(world.peer, "businessProfile", { id: shop(world) });
      return profile?.cartEnabled === false;
    },
    by,
  },
};

export const cart: Probes = {
  add: {
    args: (world) => [shop(world), [{ id: theProduct(world), qnt: 2 }]],
    result: z.object({ id: chatId, itemCount: z.literal(2) }),
  },
  get: { args: (world) => [shop(world)], result: z.object({ id: chatId }) },
  getThumbFromCart: { args: (world) => [shop(world)], result: z.string() },
  update: {
    args: (world) => [shop(world), theProduct(world), { quantity: 3 }],
    result: z.object({ itemCount: z.literal(3) }),
  },
  submit: {
    args: (world) => [shop(world), "please"],
    result: z.object({ id: messageKey, type: z.literal("order"), itemCount: z.literal(3) }),
    shown: async (world: World, { id }: { id: string }) => {
      world.notes.set("order", `false_${world.personal.phone.chatId}_${id.split("_")[2]}`);
      return (await world.item(world.business.phone, id))?.type === "order";
    },
    note: "the business receives the order",
  },
  remove: { args: (world) => [shop(world), theProduct(world)], result: z.object({ itemCount: z.literal(0) }) },
  clear: { args: (world) => [shop(world)], refuses: "cart_not_have_products", note: "a cart that is empty" },
};

/** The buyer has received an answer with this state of the order. */
function answers(status: string) {
  return async (world: World): Promise<boolean> =>
    (await world.inbox(world.personal.phone)).some(
      ({ chat, details }) => chat === shop(world) && JSON.stringify(details ?? {}).includes(status),
    );
}

export const order: Probes = {
  get: {
    args: (world) => [world.note("order")],
    result: z.object({ id: z.string(), itemCount: z.int().min(1), currency: z.literal("EUR") }),
    by,
  },
  accept: { args: (world) => [{ msgId: world.note("order") }], shown: answers("payment_requested"), by },
  update: { args: (world) => [{ msgId: world.note("order"), orderStatus: "shipped" }], shown: answers("shipped"), by },
  decline: {
    args: (world) => [{ msgId: world.note("order"), declineNote: "sold out" }],
    shown: answers("canceled"),
    by,
  },
};

/** After the orders. */
export const lastOfCatalog: Probes = {
  delProducts: {
    args: (world) => [[theProduct(world)]],
    result: z.object({ status: z.literal(200) }),
    shown: async (world) => (await seenByPeer(world)) === undefined,
    by,
  },
};
