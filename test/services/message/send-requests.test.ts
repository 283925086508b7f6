/** Requests to send: repeated with one key, for many recipients, and found again by a search. */
import type { Message } from "../../../contracts/message.ts";
import { registerTenant, type TestClient } from "../../harness/client.ts";
import { startSystem, type System } from "../../harness/system.ts";

interface ProblemAnswer {
  code: string;
  errors?: { pointer: string }[];
}

const TO = "+15550100001";
let system: System;
let api: TestClient;

beforeAll(async () => {
  system = await startSystem({
    services: ["auth", "tenant", "session", "session-node", "message", "api-gateway"],
    environment: { WPP_SIGNUP: "open", WPP_THREADS: "0" },
  });
  api = await registerTenant(system.url);
  await api.expect(201, "POST", "/sessions", { name: "main", network: "sandbox" });
});
afterAll(() => system.stop());

async function refused(status: number, code: string, body: unknown, path = "/sessions/main/messages") {
  const answer = await api.ask<ProblemAnswer>("POST", path, body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  return answer.body;
}

test("idempotency keys: a repeat gets the same response, another body is refused", async () => {
  const body = { to: TO, type: "text", text: "once", clientRef: "order-1" };
  const key = { "idempotency-key": "k-1" };
  const first = await api.ask<Message>("POST", "/sessions/main/messages", body, key);
  const second = await api.ask<Message>("POST", "/sessions/main/messages", body, key);
  expect(first.status).toBe(202);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("idempotency-replayed")).toBe("true");
  const other = await api.ask<ProblemAnswer>("POST", "/sessions/main/messages", { ...body, text: "twice" }, key);
  expect(other.body).toMatchObject({ status: 422, code: "idempotency_key_reused" });
  await refused(409, "client_ref_taken", body);
  const stored = await api.expect<{ data: Message[] }>(200, "GET", "/messages?clientRef=order-1");
  expect(stored.data.map(({ id }) => id)).toEqual([first.body.id]);
});

test("concurrent repeats of one key create one message", async () => {
  const body = { to: TO, type: "text", text: "race" };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      api.ask<{ id: string; code: string }>("POST", "/sessions/main/messages", body, { "idempotency-key": "race" }),
    ),
  );
  const ids = new Set(answers.filter(({ status }) => status === 202).map(({ body: { id } }) => id));
  expect(ids.size).toBe(1);
  for (const { status, body: problem } of answers)
    expect(status === 202 ? problem.id : problem.code).toBe(status === 202 ? [...ids][0] : "idempotency_in_progress");
  const { data } = await api.expect<{ data: Message[] }>(200, "GET", "/messages?q=race");
  expect(data.length).toBe(1);
});

test("a repeat may name the session by id or name, and its media is stored once", async () => {
  const { id } = await api.expect<{ id: string }>(200, "GET", "/sessions/main");
  const body = {
    to: TO,
    type: "document",
    media: { base64: Buffer.from("the same again").toString("base64"), filename: "again.txt" },
  };
  const key = { "idempotency-key": "by-id-or-name" };
  const stored = async () =>
    (await api.expect<{ storageMb: { used: number } }>(200, "GET", "/tenant/usage")).storageMb.used;
  const first = await api.ask<Message>("POST", "/sessions/main/messages", body, key);
  const before = await stored();
  const second = await api.ask<Message>("POST", `/sessions/${id}/messages`, body, key);
  expect([first.status, second.status, second.body.id]).toEqual([202, 202, first.body.id]);
  expect(await stored()).toBe(before);
});

test.each(["ÄPFEL", "äpfel", "straße", "100 %", "50_000"])(
  "a search for %j finds the text, regardless of case",
  async (wanted) => {
    await api.expect(202, "POST", "/sessions/main/messages", {
      to: TO,
      type: "text",
      text: "Straße der Äpfel: 100 % von 50_000",
    });
    const { data } = await api.expect<{ data: Message[] }>(
      200,
      "GET",
      `/messages?q=${encodeURIComponent(wanted)}&limit=1`,
    );
    expect(data.map(({ text }) => text)).toEqual(["Straße der Äpfel: 100 % von 50_000"]);
  },
);

test("a batch is accepted completely or not at all, once per recipient", async () => {
  const message = { type: "text", text: "to many" };
  const numbers = Array.from({ length: 300 }, (_, index) => `+1555010${String(2_000 + index)}`);
  const batch = await api.expect<{ batchId: string; accepted: number }>(202, "POST", "/sessions/main/messages/bulk", {
    recipients: [...numbers, numbers[0]],
    message,
  });
  expect(batch.accepted).toBe(300);
  const stored = await api.expect<{ data: Message[]; nextCursor: string | null }>(
    200,
    "GET",
    `/messages?batch=${batch.batchId}&limit=200`,
  );
  const rest = await api.expect<{ data: Message[] }>(
    200,
    "GET",
    `/messages?batch=${batch.batchId}&limit=200&cursor=${encodeURIComponent(stored.nextCursor!)}`,
  );
  expect(new Set([...stored.data, ...rest.data].map(({ chat }) => chat.phone)).size).toBe(300);
  const wrong = await refused(
    422,
    "invalid_phone",
    { recipients: [numbers[0], "nobody"], message },
    "/sessions/main/messages/bulk",
  );
  expect(wrong.errors?.[0]?.pointer).toBe("/recipients/1");
  const list = [numbers[0], "n/a", "", "5.51199E+12", "unknown"];
  const bad = await refused(422, "invalid_phone", { recipients: list, message }, "/sessions/main/messages/bulk");
  expect(bad.errors?.map(({ pointer }) => pointer)).toEqual([1, 2, 3, 4].map((index) => `/recipients/${index}`));
  const mentioning = { ...message, mentions: ["n/a", TO, "unknown"] };
  const inside = await refused(
    422,
    "invalid_phone",
    { recipients: numbers, message: mentioning },
    "/sessions/main/messages/bulk",
  );
  expect(inside.errors?.map(({ pointer }) => pointer)).toEqual(["/message/mentions/0", "/message/mentions/2"]);
  const one = await refused(422, "invalid_phone", { ...mentioning, to: "n/a" });
  expect(one.errors?.map(({ pointer }) => pointer)).toEqual(["/to", "/mentions/0", "/mentions/2"]);
  const cards = ["n/a", TO, "unknown"].map((phone) => ({ name: "Card", phone }));
  const card = await refused(422, "invalid_phone", { to: TO, type: "contact", contacts: cards });
  expect(card.errors?.map(({ pointer }) => pointer)).toEqual(["/contacts/0/phone", "/contacts/2/phone"]);
  await refused(422, "validation", { recipients: [], message }, "/sessions/main/messages/bulk");
  await refused(
    422,
    "validation",
    { recipients: numbers, message: { ...message, to: TO } },
    "/sessions/main/messages/bulk",
  );
});
