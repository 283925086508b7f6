/** What a business does over HTTP, with either driver: labels, catalog, channel, status, community, orders, groups. */
import type { EventEnvelope } from "../../contracts/events.ts";
import type { Message } from "../../contracts/message.ts";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { itemOf, makePhone, pairSession, type DriverName } from "./pairing.ts";

/** Runs the journey on the driver, in a describe block of its own. */
export function describeBusiness(driver: DriverName): void {
  describe(`a business, driver ${driver}`, () => {
    const dataDir = makeDataDir();
    let system: SystemProcess;
    let api: TestClient;
    let own = "";
    let ana = "";
    const at = (path: string) => `/sessions/main${path}`;
    const idOf = (phone: string) => `${phone.replace("+", "")}@c.us`;
    const act = (name: string, input: object) =>
      api.expect<{ output: never }>(200, "POST", `/sandbox/phones/${ana}/acts`, { act: name, input });
    const send = (to: string, body: object) => api.expect<Message>(202, "POST", at("/messages"), { to, ...body });
    const becomes = (id: string, status: string) =>
      api.until<Message>(`/messages/${id}`, (message) => message.status === status);
    const received = async (text: string): Promise<Message> => {
      const page = await api.until<{ data: Message[] }>(
        `/messages?direction=inbound&q=${text}`,
        ({ data }) => data.length > 0,
      );
      return page.data[0]!;
    };
    const event = async (type: string, isMeant: (data: Record<string, unknown>) => boolean) => {
      const page = await api.until<{ data: EventEnvelope[] }>(`/events?types=${type}&limit=200`, ({ data }) =>
        data.some((envelope) => isMeant(envelope.data as Record<string, unknown>)),
      );
      return page.data.find((envelope) => isMeant(envelope.data as Record<string, unknown>))!;
    };

    beforeAll(async () => {
      system = await startProcess({ dataDir });
      api = await registerTenant(system.origin);
      const phone = await api.expect<SandboxPhone>(201, "POST", "/sandbox/phones", { name: "Shop", business: true });
      own = phone.phone;
      ana = await makePhone(api, "Ana");
      await pairSession(api, "main", driver, own);
      const { id } = await send(ana, { type: "text", text: "Hello" });
      await becomes(id, "delivered");
    }, 90_000);

    afterAll(async () => {
      await system?.end("SIGTERM");
      await cleanUp(dataDir);
    }, 60_000);

    test("a label is made and put on a chat", async () => {
      const label = await api.expect<{ id: string }>(201, "POST", at("/labels"), { name: "New order" });
      await api.expect(200, "PUT", at(`/chats/${idOf(ana)}/labels`), { labels: [label.id] });
      const { data } = await api.expect<{ data: object[] }>(200, "GET", at("/labels"));
      expect(data).toMatchObject([{ id: label.id, name: "New order", chats: [idOf(ana)] }]);
      await event("label.updated", (data_) => JSON.stringify(data_).includes(idOf(ana)));
      await api.expect(204, "DELETE", at(`/labels/${label.id}`));
    });

    test("a product is offered, changed and taken out of the catalog", async () => {
      const product = { name: "Pizza", price: 12_500, currency: "BRL", picture: { base64: PIXEL } };
      const { id } = await api.expect<{ id: string }>(201, "POST", at("/products"), product);
      await api.expect(200, "PATCH", at(`/products/${id}`), { price: 14_000 });
      const { data } = await api.expect<{ data: object[] }>(200, "GET", at("/products"));
      expect(data).toMatchObject([{ id, name: "Pizza", price: 14_000, currency: "BRL" }]);
      await api.expect(204, "DELETE", at(`/products/${id}`));
    });

    test("a channel has followers, who get what is sent to it", async () => {
      const { id } = await api.expect<{ id: string }>(201, "POST", at("/channels"), { name: "Offers" });
      await act("followChannel", { id, follow: true });
      const { waId } = await send(id, { type: "text", text: "Today: soup" });
      expect(await itemOf(api, ana, (item) => item.id === waId)).toMatchObject({ text: "Today: soup" });
      await api.expect(204, "DELETE", at(`/channels/${id}`));
    });

    test("a status is posted, and its viewers are known", async () => {
      const { id } = await api.expect<Message>(202, "POST", at("/status"), { type: "text", text: "We are open" });
      const { waId } = await becomes(id, "delivered");
      await act("viewStatus", { from: idOf(own), id: waId });
      await event("status.viewed", (data) => data["id"] === waId);
      const { data } = await api.expect<{ data: object[] }>(200, "GET", at(`/status/${waId}/viewers`));
      expect(data).toMatchObject([{ viewer: { chatId: idOf(ana) } }]);
    });

    test("a community has groups", async () => {
      const { id } = await api.expect<{ id: string }>(201, "POST", at("/communities"), { name: "House" });
      const group = await api.expect<{ id: string }>(201, "POST", at("/groups"), {
        name: "First floor",
        participants: [ana],
      });
      await api.expect(200, "POST", at(`/communities/${id}/groups`), { groups: [group.id] });
      const { community } = await api.expect<{ community: string }>(200, "GET", at(`/groups/${group.id}`));
      expect(community).toBe(id);
      await api.expect(204, "DELETE", at(`/communities/${id}`));
    });

    test("a list and what is to be paid arrive, and the answer says what was chosen", async () => {
      const sections = [{ title: "Food", rows: [{ id: "pizza", title: "Pizza" }] }];
      const list = await send(ana, { type: "list", text: "Choose", buttonText: "Open", sections });
      expect(await itemOf(api, ana, ({ id }) => id === list.waId)).toMatchObject({ type: "list" });
      const items = [{ name: "Pizza", quantity: 2, price: 12_500 }];
      const order = await send(ana, { type: "order", text: "As agreed", items });
      await itemOf(api, ana, ({ id }) => id === order.waId);
      await becomes(order.id, "delivered");
      await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, { to: own, text: "Pizza", selectedId: "pizza" });
      expect(await received("Pizza")).toMatchObject({ type: "text", content: { selectedId: "pizza" } });
    });

    test("in a group everyone is mentioned, a caption is edited, and another's message is deleted", async () => {
      const group = await api.expect<{ id: string }>(201, "POST", at("/groups"), { name: "Team", participants: [ana] });
      const refused = await api.ask("POST", at("/messages"), { to: ana, type: "text", text: "!", mentionAll: true });
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: "/mentionAll" }] } });
      const bob = await makePhone(api, "Bob");
      const invitation = await api.expect<Message>(202, "POST", at(`/groups/${group.id}/invitations`), { to: bob });
      expect(await itemOf(api, bob, ({ id }) => id === invitation.waId)).toMatchObject({
        text: expect.stringContaining("https://chat.whatsapp.com/") as string,
      });
      const picture = await send(group.id, {
        type: "image",
        media: { base64: PIXEL },
        caption: "Lunch!",
        mentionAll: true,
      });
      const item = await itemOf(api, ana, ({ id }) => id === picture.waId);
      expect(item.mentions).toEqual([idOf(ana)]);
      await becomes(picture.id, "delivered");
      await api.expect(202, "PATCH", `/messages/${picture.id}`, { text: "Dinner!" });
      await itemOf(api, ana, ({ id, text }) => id === picture.waId && text === "Dinner!");
      await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, { to: group.id, text: "spam" });
      const { id } = await received("spam");
      await api.expect(202, "POST", `/messages/${id}/revoke`);
      await api.until<Message>(`/messages/${id}`, ({ revokedAt }) => revokedAt !== null);
    });
  });
}

/** A PNG of one pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
