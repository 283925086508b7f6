/** Orders: reading those that messages refer to, and telling the buyer how they stand. */
import type { ChatModel } from "../chats.ts";
import { define } from "../loader.ts";
import { MsgKey } from "../message-key.ts";
import { Collection, modelOf } from "../model.ts";
import { sendMessage } from "../outgoing.ts";
import { amendMessage } from "../storage.ts";
import { ask } from "../wire.ts";

interface OrderAttributes {
  id: string;
  products: object[];
  itemCount: number;
  total: number;
  currency: string;
}
class OrderModel extends modelOf<OrderAttributes>("order") {}

class OrderCollectionImpl extends Collection<OrderModel> {
  async findOrder(id: string, _seller: unknown, token: string): Promise<OrderModel> {
    const { products, total, currency } = await queryOrder(id, 0, 0, token);
    return new OrderModel({ id, products, itemCount: products.length, total, currency });
  }
}

interface QueriedOrder {
  products: { id: string; name: string; price: number; quantity: number; currency: string }[];
  subtotal: number;
  total: number;
  currency: string;
  /** Unix seconds. */
  createdAt: number;
}

async function queryOrder(id: string, _width: number, _height: number, token: string): Promise<QueriedOrder> {
  const { items, total, currency, createdAt } = await ask("order", { id, token });
  const products = items.map(({ product, name, price, quantity }) => ({
    id: product,
    name,
    price,
    quantity,
    currency,
  }));
  return { products, subtotal: total, total, currency, createdAt: Math.floor(createdAt / 1000) };
}

interface StatusMessage {
  chat: ChatModel;
  orderInfo: { referenceId: string; items: object[]; totalAmount: number; currency: string };
  orderStatus: string;
  orderNote?: string;
  contextInfo?: object;
}

/** Sends the state of an order to its buyer. */
async function sendOrderStatusMessageAsMerchant(message: StatusMessage): Promise<void> {
  const { chat, orderInfo, orderStatus, orderNote, contextInfo } = message;
  const { referenceId, items, totalAmount, currency } = orderInfo;
  const params = {
    reference_id: referenceId,
    currency,
    total_amount: { value: totalAmount, offset: 1000 },
    order: { status: orderStatus, description: orderNote ?? "", items },
  };
  const [, result] = sendMessage(chat, {
    ...contextInfo,
    id: MsgKey.own(chat.id),
    type: "interactive",
    ...(orderNote === undefined ? {} : { caption: orderNote }),
    ...{
      nativeFlowName: "order_status",
      interactiveType: "native_flow",
      interactivePayload: { buttons: [{ name: "review_order", buttonParamsJson: JSON.stringify(params) }] },
    },
  });
  await result;
}

define("WAWebOrderCollection", { OrderCollection: new OrderCollectionImpl(OrderModel) });
define("WAWebOrderModel", { default: OrderModel });
define("WAWebBizQueryOrderJob", { queryOrder });
define("WAWebBizSendOrderStatusMessage", {
  sendOrderStatusMessageAsMerchant,
  sendOrderPaymentStatusMessageAsMerchant: sendOrderStatusMessageAsMerchant,
});
define("WAWebDBUpdateMessageTable", {
  updateMessageTable: (key: MsgKey, { status }: { status?: number }) =>
    amendMessage(key.toString(), (record) => ({
      ...record,
      wire: { ...record.wire, details: { ...record.wire.details, ...(status === undefined ? {} : { status }) } },
    })),
});

const CURRENCIES: Readonly<Record<string, string>> = { BR: "BRL", US: "USD", DE: "EUR", GB: "GBP", MX: "MXN" };
define("WAWebCurrencyUtils", { currencyForCountryShortcode: (country: string) => CURRENCIES[country] ?? "USD" });
const COUNTRIES: readonly [prefix: string, country: string][] = [
  ["55", "BR"],
  ["52", "MX"],
  ["49", "DE"],
  ["44", "GB"],
  ["1", "US"],
];
define("WAWebPhoneUtils", {
  getCountryShortcodeByPhone: (phone: string) => COUNTRIES.find(([prefix]) => phone.startsWith(prefix))?.[1] ?? "US",
});
