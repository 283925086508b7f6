/** Messages that refer to others: by every id that the API gives, inside their chat, and with an effect that it shows. */
import type { Message, Poll } from "../../../contracts/message.ts";
import { registerTenant, TestClient } from "../../harness/client.ts";
import { startSystem, type System } from "../../harness/system.ts";
import { itemOf, makePhone, pairSession } from "../../journeys/pairing.ts";

interface Group {
  id: string;
}
interface Refusal {
  code: string;
  errors?: { pointer: string; detail: string }[];
}

const SEND = "/sessions/main/messages";
let system: System;
let api: TestClient;
let own: string;
let ana: string;
let bob: string;

beforeAll(async () => {
  system = await startSystem({
    services: [
      "auth",
      "tenant",
      "sandbox",
      "session",
      "session-node",
      "message",
      "group",
      "contact",
      "event",
      "api-gateway",
    ],
    environment: { WPP_SIGNUP: "open", WPP_SANDBOX: "on", WPP_THREADS: "0" },
  });
  api = await registerTenant(system.url);
  own = await makePhone(api, "Own");
  ana = await makePhone(api, "Ana");
  bob = await makePhone(api, "Bob");
  await pairSession(api, "main", "light", own);
});
afterAll(() => system.stop());

/** A phone writes; returns the message as the API has it. */
async function receive(from: string, body: Record<string, unknown>, to = own): Promise<Message> {
  const { id } = await api.expect<{ id: string }>(201, "POST", `/sandbox/phones/${from}/messages`, { to, ...body });
  const page = await api.until<{ data: Message[] }>(`${SEND}?direction=inbound&limit=200`, ({ data }) =>
    data.some(({ waId }) => waId === id),
  );
  return page.data.find(({ waId }) => waId === id)!;
}

async function sent(body: Record<string, unknown>): Promise<Message> {
  const { id } = await api.expect<Message>(202, "POST", SEND, body);
  // Changes of a message are sent, and have no receipts.
  const last = body["type"] === "reaction" ? "sent" : "delivered";
  return api.until<Message>(`/messages/${id}`, ({ status }) => status === last);
}

async function refusal(body: Record<string, unknown>): Promise<Refusal> {
  return api.expect<Refusal>(422, "POST", SEND, body);
}

describe("a message of another chat", () => {
  test("is not quoted: one contact would read what another wrote", async () => {
    const secret = await receive(ana, { text: "my card number is 4000 0000" });
    const { errors } = await refusal({ to: bob, type: "text", text: "hello", replyTo: secret.id });
    expect(errors).toMatchObject([{ pointer: "/replyTo", detail: expect.stringContaining("goes to the chat") }]);
  });

  test("gets no reaction", async () => {
    const secret = await receive(ana, { text: "only between us" });
    const { errors } = await refusal({ to: bob, type: "reaction", messageId: secret.id, emoji: "👍" });
    expect(errors).toMatchObject([{ pointer: "/messageId" }]);
  });

  test("may be quoted to the author of a group's message, and to no other member", async () => {
    const group = await api.expect<Group>(201, "POST", "/sessions/main/groups", {
      name: "g",
      participants: [ana, bob],
    });
    const question = await receive(ana, { text: "who has time?" }, group.id);
    const reply = await sent({ to: ana, type: "text", text: "between us: I have", replyTo: question.id });
    expect(reply.replyTo).toBe(question.id);
    const quoting = await itemOf(api, ana, ({ id }) => id === reply.waId);
    expect(quoting.quotedId).toBe(question.waId);
    await refusal({ to: bob, type: "text", text: "Ana asks", replyTo: question.id });
  });

  test("is forwarded without what it quotes", async () => {
    const first = await sent({ to: ana, type: "text", text: "the first" });
    const answer = await receive(ana, { text: "an answer", replyTo: first.waId });
    const forward = await sent({ to: bob, type: "forward", messageId: answer.id });
    const item = await itemOf(api, bob, ({ id }) => id === forward.waId);
    expect([item.text, item.quotedId]).toEqual(["an answer", undefined]);
  });

  test("is not forwarded without the permission to read it", async () => {
    const { id } = await receive(ana, { text: "for the reader only" });
    const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", {
      name: "s",
      scopes: ["message:send"],
    });
    const sender = new TestClient(system.url, { "x-api-key": key });
    const forward = { to: bob, type: "forward", messageId: id };
    expect(await sender.expect<Refusal>(403, "POST", SEND, forward)).toMatchObject({ code: "forbidden" });
    expect(await sender.expect<Refusal>(403, "POST", `/messages/${id}/forward`, { to: bob })).toMatchObject({
      code: "forbidden",
    });
    await sender.expect(202, "POST", SEND, { to: ana, type: "text", text: "sending is allowed" });
  });

  test.each(["reaction", "forward"])("a %s refers to one message only: replyTo is refused", async (type) => {
    const { id } = await receive(ana, { text: "one" });
    const { errors } = await refusal({
      to: ana,
      type,
      messageId: id,
      replyTo: id,
      ...(type === "reaction" && { emoji: "👍" }),
    });
    expect(errors).toMatchObject([{ pointer: "/replyTo" }]);
  });
});

describe("what the API names, it can be asked about", () => {
  test.each(["id", "waId", "waKey"] as const)("messages in both directions by their %s", async (name) => {
    for (const message of [await receive(ana, { text: "in" }), await sent({ to: ana, type: "text", text: "out" })]) {
      const reference = encodeURIComponent(message[name]!);
      expect(await api.expect<Message>(200, "GET", `/messages/${reference}`)).toMatchObject({ id: message.id });
      const reply = await api.expect<Message>(202, "POST", SEND, {
        to: ana,
        type: "text",
        text: "re",
        replyTo: message[name],
      });
      expect(reply.replyTo).toBe(message.id);
    }
  });

  test("a chat by its privacy id: to filter, to reply, and to write to once", async () => {
    const { address } = await api.expect<{ address: { lid: string } }>(
      200,
      "GET",
      `/sessions/main/contacts/${ana.slice(1)}@c.us`,
    );
    const { lid } = address;
    const first = await sent({ to: lid, type: "text", text: "by the privacy id" });
    expect(first.chat).toEqual({ chatId: `${ana.slice(1)}@c.us`, phone: ana, lid });
    for (const path of [`/messages?chat=${lid}`, `/sessions/main/chats/${lid}/messages`]) {
      const { data } = await api.expect<{ data: Message[] }>(200, "GET", path);
      expect(data.map(({ id }) => id)).toContain(first.id);
    }
    const question = await receive(ana, { text: "a question" });
    expect((await sent({ to: lid, type: "text", text: "an answer", replyTo: question.id })).replyTo).toBe(question.id);
    const recipients = [ana, lid, bob];
    const bulk = await api.expect<{ accepted: number }>(202, "POST", `${SEND}/bulk`, {
      recipients,
      message: { type: "text", text: "once each" },
    });
    expect(bulk.accepted).toBe(2);
  });

  test("an id of WhatsApp's that several sessions have is not guessed", async () => {
    const second = await makePhone(api, "Second");
    await pairSession(api, "second", "light", second);
    const group = await api.expect<Group>(201, "POST", "/sessions/main/groups", {
      name: "two",
      participants: [ana, second],
    });
    const { waId, id } = await receive(ana, { text: "to both" }, group.id);
    await api.until<{ data: Message[] }>("/sessions/second/messages", ({ data }) => data.some((m) => m.waId === waId));
    expect(await api.expect<Refusal>(409, "GET", `/messages/${waId}`)).toMatchObject({ code: "conflict" });
    await api.expect(200, "GET", `/messages/${id}`);
    await api.expect(202, "POST", SEND, { to: group.id, type: "text", text: "re", replyTo: waId });
  });
});

describe("the copy of a message follows what the account does", () => {
  test("its own reaction is kept with an event, and replaces the one that its phone has set", async () => {
    const message = await receive(ana, { text: "react" });
    await api.expect(201, "POST", `/sandbox/phones/${own}/messages`, {
      to: ana,
      type: "reaction",
      target: message.waId,
      text: "🔥",
    });
    await api.until<Message>(`/messages/${message.id}`, ({ reactions }) => Object.values(reactions).join() === "🔥");
    await sent({ to: ana, type: "reaction", messageId: message.id, emoji: "👍" });
    expect((await api.expect<Message>(200, "GET", `/messages/${message.id}`)).reactions).toEqual({
      [`${own.slice(1)}@c.us`]: "👍",
    });
    const { data } = await api.expect<{ data: { data: { messageId: string; emoji: string } }[] }>(
      200,
      "GET",
      "/events?types=message.reaction&limit=200",
    );
    expect(data.filter((event) => event.data.messageId === message.id).map((event) => event.data.emoji)).toEqual([
      "🔥",
      "👍",
    ]);
    await sent({ to: ana, type: "reaction", messageId: message.id, emoji: "" });
    expect((await api.expect<Message>(200, "GET", `/messages/${message.id}`)).reactions).toEqual({});
  });

  test("a vote names its poll, and the poll has the tally", async () => {
    const poll = await sent({ to: ana, type: "poll", question: "Friday?", options: ["Yes", "No"] });
    const vote = { to: own, type: "poll_vote", target: poll.waId };
    await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, { ...vote, options: ["No"] });
    await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, { ...vote, options: ["Yes"] });
    const tally = await api.until<Poll>(`/messages/${poll.waId}/poll`, ({ options }) => options[0]!.votes === 1);
    expect(tally).toMatchObject({
      question: "Friday?",
      voters: 1,
      options: [
        { name: "Yes", votes: 1, voters: [{ phone: ana }] },
        { name: "No", votes: 0, voters: [] },
      ],
    });
    const { data } = await api.expect<{ data: { data: { messageId: string } }[] }>(
      200,
      "GET",
      "/events?types=message.poll_vote&limit=200",
    );
    expect(data.at(-1)!.data.messageId).toBe(poll.id);
    await api.expect(404, "GET", `/messages/${(await sent({ to: ana, type: "text", text: "no poll" })).id}/poll`);
  });
});

test.each([
  [{ type: "poll", question: "Tea?", options: ["yes", "yes"] }, "/options/1"],
  [{ type: "poll", question: "Tea?", options: ["yes", " "] }, "/options/1"],
  [{ type: "poll", question: " ", options: ["yes", "no"] }, "/question"],
  [{ type: "reaction", messageId: "msg_x", emoji: "nice" }, "/emoji"],
  [{ type: "reaction", messageId: "msg_x", emoji: "👍👍" }, "/emoji"],
  [{ type: "location", latitude: 1, longitude: 1, address: "Praça da Sé" }, "/name"],
  [{ type: "location", latitude: 1, longitude: 1, name: "Sé\nSão Paulo" }, "/name"],
  [{ type: "location", latitude: 1, longitude: 1, name: "Sé", mentions: ["+15550100001"] }, "/mentions"],
  [{ type: "contact", contacts: [{ name: "Ada\nLovelace", phone: "+15550100001" }] }, "/contacts/0/name"],
])("what WhatsApp cannot show is refused: %j", async (body, pointer) => {
  const { errors } = await refusal({ to: ana, ...body });
  expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
});
