/** The operations about businesses. */
import type { WireBusinessOperations } from "../contracts/sandbox-wire-business.ts";
import type { Accounts } from "./accounts.ts";
import type { Announcements } from "./announcements.ts";
import type { BusinessProfiles } from "./business-profiles.ts";
import type { Catalog } from "./catalog.ts";
import type { OperationsOf } from "./operations.ts";
import type { Orders } from "./orders.ts";

interface Parts {
  readonly accounts: Accounts;
  readonly announcements: Announcements;
  readonly businessProfiles: BusinessProfiles;
  readonly catalog: Catalog;
  readonly orders: Orders;
}

export function businessOperations(parts: Parts): OperationsOf<WireBusinessOperations> {
  const { accounts, announcements, businessProfiles, catalog, orders } = parts;
  return {
    businessProfile: ({ account }, { id }) => businessProfiles.of(accounts.require(account.tenant, id)),
    setBusinessProfile: ({ account }, change) => {
      const profile = businessProfiles.change(account, change);
      announcements.profile(account);
      return profile;
    },
    products: ({ account }, { owner, limit }) => catalog.products(account, owner, limit),
    product: ({ account }, { owner, id }) => catalog.product(account, owner, id),
    saveProduct: ({ account }, input) => catalog.save(account, input),
    deleteProducts: ({ account }, { ids }) => {
      catalog.remove(account, ids);
      return {};
    },
    collections: ({ account }, { owner, limit }) => catalog.collections(account, owner, limit),
    saveCollection: ({ account }, input) => catalog.saveCollection(account, input),
    deleteCollection: ({ account }, { id }) => {
      catalog.removeCollection(account, id);
      return {};
    },
    createOrder: ({ account }, input) => orders.create(account, input),
    order: ({ account }, { id, token }) => orders.get(account, id, token),
    note: ({ account }, { chat }) => orders.note(account, chat),
    setNote: ({ account }, { chat, content }) => orders.setNote(account, chat, content),
  };
}
