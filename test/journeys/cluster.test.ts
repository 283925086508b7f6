/** The services as separate processes over NATS and PostgreSQL: nothing depends on sharing a process. */
import type { Message } from "../../contracts/message.ts";
import { registerTenant, TestClient } from "../harness/client.ts";
import { dataOf } from "../harness/events.ts";
import { startNats, type NatsServer } from "../harness/nats.ts";
import { createDatabase, startPostgres, type PostgresServer } from "../harness/postgres.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../harness/webhook-receiver.ts";
import { connected, inboxOf, itemOf, makePhone, pairSession } from "./pairing.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

describe("a gateway, a session node and the other services in three processes", () => {
  const dataDir = makeDataDir();
  let nats: NatsServer;
  let postgres: PostgresServer;
  let webhook: WebhookReceiver;
  let environment: Record<string, string>;
  let processes: SystemProcess[] = [];
  let api: TestClient;
  let own = "";
  let ana = "";

  const start = (name: string, services: string) =>
    startProcess({ dataDir, environment: { ...environment, WPP_NODE_ID: name, WPP_SERVICES: services } });

  beforeAll(async () => {
    [nats, postgres, webhook] = await Promise.all([startNats(), startPostgres(), startWebhookReceiver()]);
    environment = {
      WPP_NATS_URL: nats.url,
      WPP_DATABASE_URL: await createDatabase(postgres.url),
      WPP_MASTER_KEY: "a master key for this test alone, 32+",
      WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8",
    };
    // All start together: the first one migrates the schema, the others wait for it.
    processes = await Promise.all([
      start("gateway", "api-gateway,session,health"),
      start("node-1", "session-node"),
      start("rest", "auth,tenant,cluster,message,event,contact,group,presence,webhook,analytics,backup,health,sandbox"),
    ]);
    const probe = new TestClient(processes[0]!.origin);
    // Nodes need a moment to find each other; until then calls of missing services get 503.
    await until(
      async () =>
        (await probe.ask("POST", "/auth/login", { email: "nobody@example.test", password: "nobody's password" }))
          .status === 401,
      20_000,
    );
    api = await registerTenant(processes[0]!.origin);
    webhook.trust(
      (await api.expect<{ secret: string }>(201, "POST", "/webhooks", { url: webhook.url, events: ["message.*"] }))
        .secret,
    );
    own = await makePhone(api, "Own");
    ana = await makePhone(api, "Ana");
  }, 120_000);

  afterAll(async () => {
    await webhook?.close();
    await Promise.all(processes.map((process) => process.end("SIGTERM")));
    await cleanUp(dataDir);
    await Promise.all([nats?.stop(), postgres?.stop()]);
  }, 60_000);

  test("a session pairs, a message goes out and is delivered, an answer comes in as a signed webhook", async () => {
    const session = await pairSession(api, "main", "light", own);
    expect(session.node).toBe("node-1");
    const sent = await api.expect<Message>(202, "POST", "/sessions/main/messages", {
      to: ana,
      type: "text",
      text: "Across processes",
    });
    await api.until<Message>(`/messages/${sent.id}`, ({ status }) => status === "delivered");
    await itemOf(api, ana, ({ id }) => id === sent.waId);
    await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, { to: own, text: "And back" });
    const event = await webhook.event(({ type }) => type === "message.received");
    expect((dataOf(event)["message"] as Message).text).toBe("And back");
  });

  test("media and live queries cross processes", async () => {
    const sent = await api.expect<Message>(202, "POST", "/sessions/main/messages", {
      to: ana,
      type: "image",
      media: { base64: PNG },
    });
    expect((await itemOf(api, ana, ({ id }) => id === sent.waId)).media?.base64).toBe(PNG);
    const { data } = await api.expect<{ data: { exists: boolean }[] }>(200, "POST", "/sessions/main/contacts/check", {
      phones: [ana, "+15550109999"],
    });
    expect(data.map(({ exists }) => exists)).toEqual([true, false]);
  });

  test("kill -9 of the session node loses no message and sends none twice", async () => {
    const messages = 100;
    const ids = await Promise.all(
      Array.from(
        { length: messages },
        async (_, index) =>
          (
            await api.expect<Message>(202, "POST", "/sessions/main/messages", {
              to: ana,
              type: "text",
              text: `n${index}`,
            })
          ).waId,
      ),
    );
    await processes[1]!.end("SIGKILL");
    processes[1] = await start("node-1", "session-node");
    await connected(api, "main");
    const items = await api.until<{ data: { id: string }[] }>(
      `/sandbox/phones/${ana}/inbox?limit=200`,
      ({ data }) => data.length >= messages + 2,
      60_000,
    );
    const received = (await inboxOf(api, ana)).map(({ id }) => id).filter((id) => ids.includes(id));
    expect(received.toSorted()).toEqual(ids.toSorted());
    expect(items.data.length).toBe(messages + 2);
  }, 120_000);
});
