/** Contacts, chats, groups, presence, bulk and scheduled sends over HTTP, with either driver. */
import type { z } from "zod";
import type { Chat } from "../../contracts/routes/chat.ts";
import type { CheckedNumber, Contact } from "../../contracts/routes/contact.ts";
import type { ParticipantResult } from "../../contracts/participants.ts";
import type { Group } from "../../contracts/routes/group.ts";
import type { Message } from "../../contracts/message.ts";
import type { EventEnvelope } from "../../contracts/events.ts";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { dataOf } from "../harness/events.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { expectRefusals } from "./refusals.ts";
import { inboxOf, itemOf, makePhone, pairSession, type DriverName } from "./pairing.ts";

type GroupView = z.infer<typeof Group>;
type ListPage = { data: unknown[]; nextCursor: string | null };
type Results = { data: z.infer<typeof ParticipantResult>[] };

/** Runs the journey on the driver, in a describe block of its own. */
export function describeAccount(driver: DriverName): void {
  describe(`an account's contacts, chats and groups, driver ${driver}`, () => {
    const dataDir = makeDataDir();
    let system: SystemProcess;
    let api: TestClient;
    let own = "";
    let ana = "";
    let bob = "";
    const at = (path: string) => `/sessions/main${path}`;
    const idOf = (phone: string) => `${phone.replace("+", "")}@c.us`;

    beforeAll(async () => {
      system = await startProcess({ dataDir });
      api = await registerTenant(system.origin);
      own = await makePhone(api, "Own");
      ana = await makePhone(api, "Ana", { autoRead: true });
      bob = await makePhone(api, "Bob");
      await pairSession(api, "main", driver, own);
      const { id } = await api.expect<Message>(202, "POST", at("/messages"), { to: ana, type: "text", text: "first" });
      await api.until<Message>(`/messages/${id}`, ({ status }) => status === "read");
    }, 90_000);

    afterAll(async () => {
      await system?.end("SIGTERM");
      await cleanUp(dataDir);
    }, 60_000);

    test("numbers are checked", async () => {
      const { data } = await api.expect<{ data: z.infer<typeof CheckedNumber>[] }>(200, "POST", at("/contacts/check"), {
        phones: [ana, "+15550109999"],
      });
      expect(data.map(({ exists }) => exists)).toEqual([true, false]);
      expect(data[0]).toMatchObject({ input: ana, chatId: idOf(ana) });
    });

    test("each number is checked, also among those that cannot be read", async () => {
      const { data } = await api.expect<{ data: z.infer<typeof CheckedNumber>[] }>(200, "POST", at("/contacts/check"), {
        phones: ["n/a", ana, "", "01512 3456789", idOf(ana), "120363000000000001@g.us"],
      });
      expect(data.map(({ exists, error }) => [exists, error?.pointer ?? null])).toEqual([
        [false, "/phones/0"],
        [true, null],
        [false, "/phones/2"],
        [false, "/phones/3"],
        [true, null],
        [false, "/phones/5"],
      ]);
      expect(data[3]).toMatchObject({ chatId: null, phone: null, lid: null, error: { code: "invalid_phone" } });
    });

    test("a dialled number and the id that WhatsApp has for it are one chat", async () => {
      const dialled = "+5531987654321";
      const chatId = "553187654321@c.us";
      const phone = await api.expect<SandboxPhone>(201, "POST", "/sandbox/phones", { phone: dialled });
      expect(phone).toMatchObject({ chatId, phone: "+553187654321", aliases: [dialled] });
      const checked = await api.expect(200, "POST", at("/contacts/check"), { phones: [dialled] });
      expect(checked).toMatchObject({ data: [{ input: dialled, exists: true, chatId, phone: phone.phone }] });
      const first = await api.expect<Message>(202, "POST", at("/messages"), { to: dialled, type: "text", text: "one" });
      const reply = await api.expect<Message>(202, "POST", at("/messages"), {
        to: dialled,
        type: "text",
        text: "two",
        replyTo: first.id,
      });
      for (const { id } of [first, reply]) {
        const sent = await api.until<Message>(`/messages/${id}`, ({ status }) => status === "delivered");
        expect(sent.chat).toMatchObject({ chatId, phone: phone.phone });
        const { data } = await api.expect<{ data: EventEnvelope[] }>(
          200,
          "GET",
          "/events?types=message.sent,message.delivered&limit=200",
        );
        const own = data.filter((event) => dataOf(event)["messageId"] === id);
        expect(own.map((event) => dataOf(event)["chatId"])).toEqual([chatId, chatId]);
      }
      expect((await itemOf(api, phone.phone, ({ text }) => text === "two")).quotedId).toBe(first.waId);
      const reaction = { to: dialled, type: "reaction", messageId: first.id, emoji: "👍" };
      const { id: reacted } = await api.expect<Message>(202, "POST", at("/messages"), reaction);
      await api.until<Message>(`/messages/${reacted}`, ({ status }) => status === "sent" || status === "delivered");
      await api.expect(201, "POST", `/sandbox/phones/${phone.phone}/messages`, { to: own, text: "three" });
      const texts = (list: { data: Message[] }) => list.data.flatMap(({ text }) => text ?? []).sort();
      const all = ["one", "three", "two"];
      await api.until<{ data: Message[] }>(at(`/messages?chat=${chatId}`), (list) => texts(list).length === 3);
      for (const chat of [chatId, dialled, phone.phone, dialled.slice(1)])
        expect(texts(await api.expect(200, "GET", at(`/chats/${chat}/messages`)))).toEqual(all);
      expect(texts(await api.expect(200, "GET", at(`/messages?chat=${dialled}`)))).toEqual(all);
      const { data } = await api.expect<{ data: z.infer<typeof Chat>[] }>(200, "GET", at("/chats"));
      expect(data.filter(({ chat }) => chat.phone === phone.phone || chat.phone === dialled)).toHaveLength(1);
    });

    test("contacts are listed, read, blocked and unblocked", async () => {
      const { data } = await api.expect<{ data: z.infer<typeof Contact>[] }>(200, "GET", at("/contacts"));
      expect(data.map(({ address }) => address.chatId)).toContain(idOf(ana));
      expect((await api.expect<z.infer<typeof Contact>>(200, "GET", at(`/contacts/${idOf(ana)}`))).address.chatId).toBe(
        idOf(ana),
      );
      expect(await api.expect(200, "GET", at(`/contacts/${idOf(ana)}/about`))).toHaveProperty("about");
      expect(await api.expect(200, "GET", at(`/contacts/${idOf(ana)}/picture`))).toHaveProperty("url");
      await api.expect(200, "POST", at(`/contacts/${idOf(bob)}/block`));
      await api.until<{ data: { chatId: string }[] }>(at("/blocklist"), (list) =>
        list.data.some(({ chatId }) => chatId === idOf(bob)),
      );
      await api.expect(200, "POST", at(`/contacts/${idOf(bob)}/unblock`));
      await api.until<{ data: unknown[] }>(at("/blocklist"), (list) => list.data.length === 0);
    });

    test.each(["/contacts", "/chats"])("%s is paged, with each item once", async (path) => {
      const whole = await api.expect<ListPage>(200, "GET", at(path));
      expect([whole.data.length > 1 || path === "/chats", whole.nextCursor]).toEqual([true, null]);
      const items: unknown[] = [];
      let cursor = "";
      do {
        const page: ListPage = await api.expect(200, "GET", at(`${path}?limit=1${cursor}`));
        items.push(...page.data);
        cursor = page.nextCursor === null ? "" : `&cursor=${encodeURIComponent(page.nextCursor)}`;
      } while (cursor !== "");
      expect(items).toEqual(whole.data);
      expect((await api.ask("GET", at(`${path}?cursor=x`))).body).toMatchObject({ code: "cursor_invalid" });
    });

    test("a chat is archived, pinned, muted, marked unread and read", async () => {
      const chat = async () =>
        (await api.expect<{ data: z.infer<typeof Chat>[] }>(200, "GET", at("/chats"))).data.find(
          (entry) => entry.chat.chatId === idOf(ana),
        );
      expect(await chat()).toBeDefined();
      const becomes = (isSo: (entry: z.infer<typeof Chat>) => boolean) =>
        api.until<{ data: z.infer<typeof Chat>[] }>(at("/chats"), ({ data }) =>
          data.some((entry) => entry.chat.chatId === idOf(ana) && isSo(entry)),
        );
      await api.expect(200, "POST", at(`/chats/${idOf(ana)}/archive`));
      await becomes(({ archived }) => archived);
      await api.expect(200, "POST", at(`/chats/${idOf(ana)}/unarchive`));
      await api.expect(200, "POST", at(`/chats/${idOf(ana)}/pin`));
      await becomes(({ pinned, archived }) => pinned && !archived);
      await api.expect(200, "POST", at(`/chats/${idOf(ana)}/mute`));
      await becomes(({ mutedUntil }) => mutedUntil !== null);
      await api.expect(200, "POST", at(`/chats/${idOf(ana)}/unmute`));
      await api.expect(200, "POST", at(`/chats/${idOf(ana)}/read`));
    });

    test("messages of a chat are listed", async () => {
      const { data } = await api.expect<{ data: Message[] }>(200, "GET", at(`/chats/${idOf(ana)}/messages`));
      expect(data.map(({ text }) => text)).toContain("first");
    });

    test("a contact's presence is read and reported, and the own one is set", async () => {
      await api.expect(200, "POST", at("/presence/subscribe"), { chatIds: [idOf(bob)] });
      await api.expect(204, "POST", `/sandbox/phones/${bob}/presence`, { state: "online" });
      await api.until<{ online: boolean }>(at(`/presence/${idOf(bob)}`), ({ online }) => online);
      const isBob = (event: EventEnvelope) =>
        event.type === "presence.online" && JSON.stringify(event.data).includes(idOf(bob));
      await api.until<{ data: EventEnvelope[] }>("/events?types=presence.online&limit=200", ({ data }) =>
        data.some(isBob),
      );
      await api.expect(200, "PUT", at("/presence"), { available: true });
      await api.until<SandboxPhone>(`/sandbox/phones/${own}`, ({ available }) => available);
    });

    test("a group is created, written to, changed and left", async () => {
      const group = await api.expect<GroupView & { results: Results["data"] }>(201, "POST", at("/groups"), {
        name: "Team",
        participants: [ana],
      });
      expect(group).toMatchObject({ name: "Team" });
      expect(group.results).toEqual([expect.objectContaining({ ok: true })]);
      const sent = await api.expect<Message>(202, "POST", at("/messages"), {
        to: group.id,
        type: "text",
        text: "to the group",
      });
      await itemOf(api, ana, ({ id }) => id === sent.waId);
      const path = at(`/groups/${group.id}`);
      const added = await api.expect<Results>(200, "POST", `${path}/participants`, {
        participants: [bob, "+15550109999"],
      });
      expect(added.data.map(({ ok }) => ok)).toEqual([true, false]);
      await api.expect(200, "POST", `${path}/admins`, { participants: [bob] });
      const isAdmin = (view: GroupView, phone: string) =>
        view.participants.find(({ address }) => address.chatId === idOf(phone))?.admin;
      await api.until<GroupView>(path, (view) => isAdmin(view, bob) === true);
      await api.expect(200, "DELETE", `${path}/admins`, { participants: [bob] });
      await api.until<GroupView>(path, (view) => isAdmin(view, bob) === false);
      await api.expect(200, "PATCH", path, { name: "Crew", description: "All of us", announce: true });
      await api.until<GroupView>(
        path,
        (view) => view.name === "Crew" && view.description === "All of us" && view.announce,
      );
      const invite = await api.expect<{ code: string; link: string }>(200, "GET", `${path}/invite`);
      const renewed = await api.expect<{ code: string }>(200, "DELETE", `${path}/invite`);
      expect(renewed.code).not.toBe(invite.code);
      await api.expect(200, "DELETE", `${path}/participants`, { participants: [bob] });
      await api.until<GroupView>(path, (view) => isAdmin(view, bob) === undefined);
      expect((await api.expect<{ data: GroupView[] }>(200, "GET", at("/groups"))).data.map(({ id }) => id)).toContain(
        group.id,
      );
      expect((await api.expect<{ data: unknown[] }>(200, "GET", `${path}/requests`)).data).toEqual([]);
      await api.expect(204, "DELETE", path);
      const events = await api.expect<{ data: EventEnvelope[] }>(200, "GET", "/events?types=group.*&limit=200");
      expect(events.data.length).toBeGreaterThan(0);
    });

    test("a batch reaches each recipient once, and a scheduled message waits for its time", async () => {
      const batch = await api.expect<{ messages: { waId: string }[] }>(202, "POST", at("/messages/bulk"), {
        recipients: [ana, bob],
        message: { type: "text", text: "to both" },
      });
      const ids = new Set(batch.messages.map(({ waId }) => waId));
      await itemOf(api, ana, ({ id }) => ids.has(id));
      await itemOf(api, bob, ({ id }) => ids.has(id));
      const later = await api.expect<Message>(202, "POST", at("/messages"), {
        to: bob,
        type: "text",
        text: "later",
        sendAt: new Date(Date.now() + 1_500).toISOString(),
      });
      expect(later.status).toBe("scheduled");
      expect((await inboxOf(api, bob)).some(({ text }) => text === "later")).toBe(false);
      const never = await api.expect<Message>(202, "POST", at("/messages"), {
        to: bob,
        type: "text",
        text: "never",
        sendAt: new Date(Date.now() + 60_000).toISOString(),
      });
      await api.expect(200, "POST", `/messages/${never.id}/cancel`);
      await api.until<Message>(`/messages/${later.id}`, ({ status }) => status === "delivered");
      const again = await api.expect<Message>(202, "POST", `/messages/${never.id}/retry`);
      expect(again.retryOf).toBe(never.id);
      await api.until<Message>(`/messages/${again.id}`, ({ status }) => status === "delivered");
    });

    test("refusals have their status, their code and their words", async () => {
      await expectRefusals(api, { session: "main", own, peer: bob });
    });

    test("messages are forwarded and starred, polls are answered", async () => {
      const text = await api.expect<Message>(202, "POST", at("/messages"), {
        to: ana,
        type: "text",
        text: "pass it on",
      });
      await api.until<Message>(`/messages/${text.id}`, ({ status }) => status === "read");
      await api.expect(202, "POST", `/messages/${text.id}/forward`, { to: bob });
      await itemOf(api, bob, (item) => item.text === "pass it on");
      await api.expect(200, "POST", `/messages/${text.id}/star`, {});
      const poll = await api.expect<Message>(202, "POST", at("/messages"), {
        to: ana,
        type: "poll",
        question: "Tea?",
        options: ["yes", "no"],
      });
      await itemOf(api, ana, ({ id }) => id === poll.waId);
      await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, {
        to: own,
        type: "poll_vote",
        target: poll.waId,
        options: ["yes"],
      });
      await api.until<{ data: EventEnvelope[] }>("/events?types=message.poll_vote", ({ data }) =>
        data.some((event) => JSON.stringify(dataOf(event)["options"]) === '["yes"]'),
      );
    });
  });
}
