/** The sandbox's wire protocol: what only business accounts have, and what others do with it. */

export interface WireBusinessProfile {
  id: string;
  description: string;
  address: string;
  email: string;
  website: string[];
  categories: { id: string; localized_display_name: string }[];
  /** The opening hours in WhatsApp's own form. */
  hours: Record<string, unknown> | null;
  cartEnabled: boolean;
}

export interface WireProduct {
  id: string;
  owner: string;
  name: string;
  description: string;
  /** In thousandths of the currency's unit. */
  price: number | null;
  currency: string;
  url: string;
  retailerId: string;
  hidden: boolean;
  /** `data:` URLs, the main picture first. */
  images: string[];
}

export interface WireCollection {
  id: string;
  name: string;
  products: WireProduct[];
}

export interface WireOrder {
  id: string;
  /** Proves that who asks for the order has been sent it. */
  token: string;
  seller: string;
  buyer: string;
  items: { product: string; name: string; price: number; quantity: number }[];
  /** In thousandths of the currency's unit. */
  total: number;
  currency: string;
  createdAt: number;
}

export interface WireNote {
  id: string;
  chat: string;
  content: string;
  createdAt: number;
  modifiedAt: number;
}

type NewProduct = Omit<WireProduct, "id" | "owner">;
type Nothing = Record<string, never>;

/** Changing anything is for business accounts only. */
export interface WireBusinessOperations {
  /** Null when the account is not a business. */
  businessProfile: [{ id: string }, WireBusinessProfile | null];
  setBusinessProfile: [Partial<Omit<WireBusinessProfile, "id">>, WireBusinessProfile];
  /** Hidden products are shown to their owner only. */
  products: [{ owner: string; limit: number }, WireProduct[]];
  product: [{ owner: string; id: string }, WireProduct | null];
  /** Creates a product, or changes what is given of the one with the id. */
  saveProduct: [Partial<NewProduct> & { id?: string }, WireProduct];
  deleteProducts: [{ ids: string[] }, Nothing];
  collections: [{ owner: string; limit: number }, WireCollection[]];
  saveCollection: [{ id?: string; name?: string; add: string[]; remove: string[] }, WireCollection];
  deleteCollection: [{ id: string }, Nothing];
  /** Orders products of a business; the message that tells it of the order is sent separately. */
  createOrder: [{ seller: string; items: { product: string; quantity: number }[] }, WireOrder];
  order: [{ id: string; token: string }, WireOrder];
  /** The business's own note about a chat. */
  note: [{ chat: string }, WireNote | null];
  setNote: [{ chat: string; content: string }, WireNote];
}
