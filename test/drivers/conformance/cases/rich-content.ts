/** Lists, buttons, events and payments, in both directions. */
import type { RichContent } from "../../../../contracts/rich-kinds.ts";
import { RichAttributes, toRichContent } from "../../../../drivers/rich-content.ts";
import { TENANT, operation, outbound, type DriverFixture } from "../driver-fixture.ts";

type Fixture = DriverFixture;

const SAMPLES: { readonly [K in RichContent["type"]]: Extract<RichContent, { type: K }> } = {
  list: {
    type: "list",
    text: "What would you like?",
    buttonText: "Open",
    title: "Menu",
    footer: "Until noon",
    sections: [
      {
        title: "Food",
        rows: [
          { id: "p", title: "Pizza", description: "With cheese" },
          { id: "s", title: "Soup" },
        ],
      },
    ],
  },
  buttons: {
    type: "buttons",
    text: "Is that right?",
    title: "Your order",
    footer: "Thank you",
    buttons: [
      { text: "Yes", id: "yes" },
      { text: "No", id: "no" },
    ],
  },
  event: {
    type: "event",
    name: "Opening",
    description: "With music",
    startsAt: "2030-03-17T18:00:00.000Z",
    endsAt: "2030-03-17T20:00:00.000Z",
    place: { name: "Our shop", latitude: -23.5, longitude: -46.6 },
  },
  pix: { type: "pix", keyType: "EMAIL", name: "Shop", key: "shop@example.com", instructions: "Within a day" },
  order: {
    type: "order",
    text: "As agreed",
    items: [
      { name: "Pizza", quantity: 2, price: 12_500 },
      { name: "Soup", quantity: 1, price: 4_000 },
    ],
    discount: 1_000,
    shipping: 3_250,
  },
};

/** Real types of the wire's. */
const REAL: Readonly<Record<string, string>> = { buttons: "chat", event: "event_creation" };

/** What the driver adds to what is sent: the sum, in the currency of the account. */
const ADDED: Partial<Record<RichContent["type"], object>> = { order: { total: 31_250, currency: expect.any(String) } };

function sendCase(type: RichContent["type"]) {
  return async (fixture: Fixture): Promise<void> => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const message = outbound(peer.chatId, SAMPLES[type]);
    const receipt = await driver.send(message);
    expect(receipt.ack).toBeGreaterThan(0);
    await driver.send(message);
    const item = await fixture.received(peer, ({ id }) => id === message.waId);
    const attributes = RichAttributes.parse({ body: item.text, caption: item.text, ...item.details });
    expect(toRichContent(REAL[item.type] ?? item.type, attributes)).toEqual({ ...SAMPLES[type], ...ADDED[type] });
  };
}

/** A second account of the same driver gets what the first one sends. */
function receiveCase(type: RichContent["type"]) {
  return async (fixture: Fixture): Promise<void> => {
    const { recorder, phone } = await fixture.shared();
    const peer = await fixture.phone();
    const { driver } = await fixture.shared();
    const sample = outbound(peer.chatId, SAMPLES[type]);
    await driver.send(sample);
    const { type: wireType, text, details } = await fixture.received(peer, ({ id }) => id === sample.waId);
    const id = `3A${peer.phone.slice(1)}${type.toUpperCase()}`;
    const back = { id, to: phone.chatId, type: wireType, ...(text === undefined ? {} : { text }), details: details! };
    await fixture.sandbox.phones.perform(TENANT, peer.phone, "send", back);
    const { message } = await recorder.wait("message", (event) => event.message.key.includes(id));
    expect(message.content).toEqual({ ...SAMPLES[type], ...ADDED[type] });
  };
}

export const RICH_CASES = {
  "sends a list": sendCase("list"),
  "sends buttons": sendCase("buttons"),
  "sends an event": sendCase("event"),
  "sends a Pix key": sendCase("pix"),
  "sends what is to be paid": sendCase("order"),
  "receives a list": receiveCase("list"),
  "receives buttons": receiveCase("buttons"),
  "receives an event": receiveCase("event"),
  "receives a Pix key": receiveCase("pix"),
  "receives what is to be paid": receiveCase("order"),

  "sends buttons that call, open and copy": async (fixture: Fixture) => {
    const { driver } = await fixture.shared();
    const peer = await fixture.phone();
    const buttons = [
      { text: "Call us", phone: "+15550100009" },
      { text: "Open", url: "https://example.com/a" },
      { text: "Copy", code: "A1B2" },
    ];
    const message = outbound(peer.chatId, { type: "buttons", text: "Choose", buttons });
    await driver.send(message);
    const item = await fixture.received(peer, ({ id }) => id === message.waId);
    const attributes = RichAttributes.parse({ body: item.text, ...item.details });
    expect(toRichContent("chat", attributes)).toEqual({ type: "buttons", text: "Choose", buttons });
  },

  "receives a customer's order, and the choice of a button": async (fixture: Fixture) => {
    const { recorder, phone, driver } = await fixture.shared();
    expect(operation(driver, "markRead")).toBeDefined();
    const peer = await fixture.phone();
    const send = (id: string, message: object) =>
      fixture.sandbox.phones.perform(TENANT, peer.phone, "send", { id, to: phone.chatId, ...message } as never);
    const order = { orderId: "77", token: "abc", orderTitle: "Pizza", itemCount: 2, totalAmount1000: 12_500 };
    await send(`3A${peer.phone.slice(1)}A`, {
      type: "order",
      details: { ...order, totalCurrencyCode: "BRL", message: "Quickly, please" },
    });
    const first = await recorder.wait("message", (event) => event.message.key.includes(`${peer.phone.slice(1)}A`));
    expect(first.message.content).toEqual({
      type: "order",
      text: "Quickly, please",
      orderId: "77",
      token: "abc",
      title: "Pizza",
      itemCount: 2,
      total: 12_500,
      currency: "BRL",
    });
    await send(`3A${peer.phone.slice(1)}B`, { type: "text", text: "Yes", details: { selectedId: "yes" } });
    const second = await recorder.wait("message", (event) => event.message.key.includes(`${peer.phone.slice(1)}B`));
    expect(second.message.content).toEqual({ type: "text", text: "Yes", selectedId: "yes" });
  },
};
