/** Accepting, below HTTP: what a commit of unknown outcome leaves behind is recognised, and neighbours in a batch do not suffer for each other. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createId, createWaId, type Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { createAcceptor, type AcceptRequest } from "../../outbox/accept.ts";
import type { NewMessage } from "../../db/rows/message.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { makeFaulty } from "../harness/faulty-database.ts";

describe("the acceptor", () => {
  let tenantId: Id<"tenant">;
  let sessionId: Id<"session">;
  let dataDir = "";
  let database: Database;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "wpp-accept-"));
    database = await openTestDatabase(dataDir);
    tenantId = await addTenant(database);
    sessionId = await addSession(database, tenantId);
  });

  afterAll(async () => {
    await database?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  function request(clientRef: string | null, session: Id<"session"> = sessionId): AcceptRequest {
    const id = createId("message");
    const now = Date.now();
    const nothing = {
      chat_lid: null,
      author: null,
      push_name: null,
      media_id: null,
      reply_to: null,
      target_key: null,
      mentions: null,
      batch_id: null,
      retry_of: null,
    };
    const unsent = {
      send_at: null,
      wa_key: null,
      ack: null,
      error_code: null,
      error_detail: null,
      wa_at: null,
      backfill: 0,
      priority: 5,
      status: "queued" as const,
    };
    const message: NewMessage = {
      ...nothing,
      ...unsent,
      id,
      tenant_id: tenantId,
      session_id: session,
      direction: "outbound",
      type: "text",
      chat_id: "15550100001@c.us",
      content: "{}",
      text: "x",
      client_ref: clientRef,
      expires_at: now + 60_000,
      wa_id: createWaId(id),
      timeline: `[["queued",${now}]]`,
      created_at: now,
      updated_at: now,
    };
    return { messages: [message], answer: { status: 202, body: "{}" }, idempotency: null, dailyQuota: null };
  }

  /** The database, whose first commit is carried out and not answered. */
  function losing(): Database {
    const faulty = makeFaulty(database);
    faulty.fault = (text) => {
      if (text !== "COMMIT") return undefined;
      faulty.fault = () => undefined;
      return "after";
    };
    return faulty;
  }

  const counted = async () =>
    (await database.all<{ count: number }>("SELECT count FROM usage_counters WHERE tenant_id = $1", [tenantId]))[0]
      ?.count ?? 0;
  const eventsOf = async (id: string) =>
    (await database.all<{ data: string }>("SELECT data FROM events")).filter(({ data }) => data.includes(id)).length;

  test.each([null, "order-1"])(
    "a commit whose answer was lost is accepted, with one row, one event and one of the quota (clientRef %j)",
    async (clientRef) => {
      const acceptor = createAcceptor(losing(), () => {});
      const before = await counted();
      // The very last that the tenant may send today: counted twice it would be refused.
      const given = { ...request(clientRef), dailyQuota: before + 1 };
      expect(await acceptor.submit(given)).toMatchObject({ answer: { status: 202 } });
      const { id } = given.messages[0];
      expect(await database.all("SELECT id FROM messages WHERE id = $1", [id])).toHaveLength(1);
      expect(await eventsOf(id)).toBe(1);
      expect(await counted()).toBe(before + 1);
    },
  );

  test("another message with the same clientRef is refused, and not counted", async () => {
    const acceptor = createAcceptor(database, () => {});
    await acceptor.submit(request("order-2"));
    const before = await counted();
    await expect(acceptor.submit(request("order-2"))).rejects.toMatchObject({ type: "client_ref_taken" });
    expect(await counted()).toBe(before);
  });

  test("one that cannot be stored does not take its neighbours along", async () => {
    const acceptor = createAcceptor(database, () => {});
    const good = [request(null), request(null)];
    const results = await Promise.allSettled([
      acceptor.submit(good[0]!),
      acceptor.submit(request(null, createId("session"))),
      acceptor.submit(good[1]!),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    for (const { messages } of good) expect(await eventsOf(messages[0].id)).toBe(1);
  });
});
