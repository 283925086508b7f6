/**
 * Two real PostgreSQL servers, of which the second is promoted. Processes find it without a restart; with synchronous
 * replication nothing that was accepted is lost, and what an asynchronous standby lacks is noticed where a phone has it.
 */
import pg from "pg";
import type { Message } from "../../contracts/message.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startNats, type NatsServer } from "../harness/nats.ts";
import { startPostgres, startStandby, type PostgresServer } from "../harness/postgres.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { inboxOf, makePhone, pairSession } from "./pairing.ts";

interface Replicated {
  readonly primary: PostgresServer;
  readonly standby: PostgresServer;
  readonly nats: NatsServer;
  readonly app: SystemProcess;
  readonly node: SystemProcess;
  readonly api: TestClient;
  readonly ana: string;
  stop(): Promise<void>;
}

const portOf = (server: PostgresServer) => new URL(server.url).port;

async function query<T extends pg.QueryResultRow>(server: PostgresServer, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A primary, its standby, an app process and a node, with one linked session. */
async function open(replication: "synchronous" | "asynchronous"): Promise<Replicated> {
  const dataDir = makeDataDir();
  const [primary, nats] = await Promise.all([startPostgres(), startNats()]);
  const standby = await startStandby(primary, "second");
  if (replication === "synchronous") {
    await query(primary, "ALTER SYSTEM SET synchronous_standby_names = 'second'");
    await query(primary, "SELECT pg_reload_conf()");
    await until(async () => {
      const [row] = await query<{ state: string }>(primary, "SELECT sync_state AS state FROM pg_stat_replication");
      return row?.state === "sync";
    });
  }
  const environment = {
    WPP_NATS_URL: nats.url,
    WPP_DATABASE_URL: `postgres://postgres@127.0.0.1:${portOf(primary)},127.0.0.1:${portOf(standby)}/postgres`,
    WPP_MASTER_KEY: "a master key for this test alone, 32+",
  };
  const start = (name: string, services: string) =>
    startProcess({ dataDir, environment: { ...environment, WPP_NODE_ID: name, WPP_SERVICES: services } });
  const app = await start("app", "api-gateway,auth,tenant,session,cluster,message,event,health,sandbox");
  const node = await start("node-1", "session-node");
  const api = await registerTenant(app.origin);
  const ana = await makePhone(api, "Ana");
  await pairSession(api, "main", "light", await makePhone(api, "Own"));
  return {
    ...{ primary, standby, nats, app, node, api, ana },
    stop: async () => {
      await Promise.all([app.end("SIGKILL"), node.end("SIGKILL")]);
      await cleanUp(dataDir);
      await Promise.all([nats.stop(), primary.stop(), standby.stop()]);
    },
  };
}

/** Sends one message after the other until it is stopped, and returns the ids of those that were accepted. */
function sendAlways({ api, ana }: Replicated): () => Promise<string[]> {
  const accepted: string[] = [];
  const over = new AbortController();
  const sending = (async () => {
    for (let n = 0; !over.signal.aborted; n += 1) {
      const body = { to: ana, type: "text", text: `n${n}` };
      const answer = await api.ask<Message>("POST", "/sessions/main/messages", body);
      if (answer.status === 202) accepted.push(answer.body.id);
      else expect([answer.status, answer.headers.has("retry-after")]).toEqual([503, true]);
    }
  })();
  return async () => {
    over.abort();
    await sending;
    return accepted;
  };
}

test("with synchronous replication nothing accepted is lost when the primary dies and the standby is promoted", async () => {
  const system = await open("synchronous");
  try {
    const { primary, standby, api, ana } = system;
    const stop = sendAlways(system);
    await until(async () => (await inboxOf(api, ana)).length > 20);
    await primary.crash();
    await query(standby, "SELECT pg_promote()");
    // The new primary would wait for a standby of that name.
    await query(standby, "ALTER SYSTEM SET synchronous_standby_names = ''");
    await query(standby, "SELECT pg_reload_conf()");
    const before = (await inboxOf(api, ana)).length;
    await until(async () => (await inboxOf(api, ana)).length > before + 20);
    const accepted = await stop();
    for (const id of accepted)
      await api.until<Message>(`/messages/${id}`, ({ status }) => ["sent", "delivered", "read"].includes(status));
    const texts = (await inboxOf(api, ana)).map(({ text }) => text);
    expect(texts.length).toBeGreaterThanOrEqual(accepted.length);
    expect(new Set(texts).size).toBe(texts.length);
    expect(system.app.output()).not.toContain("fatal");
  } finally {
    await system.stop();
  }
}, 120_000);

test("what an asynchronous standby lacks is written again when a phone has it, and epochs are not given out twice", async () => {
  const system = await open("asynchronous");
  try {
    const { primary, standby, api, ana } = system;
    await api.expect(201, "POST", "/sessions", {
      name: "spare",
      network: "sandbox",
      driver: "light",
      autoStart: false,
    });
    // The standby gets nothing any more, so that it lacks what follows.
    primary.signalReplication("SIGSTOP");
    const body = { to: ana, type: "text", text: "the phone has it" };
    const { id } = await api.expect<Message>(202, "POST", "/sessions/main/messages", body);
    await api.until<Message>(`/messages/${id}`, ({ status }) => status === "delivered");
    primary.signal("SIGSTOP");
    await query(standby, "SELECT pg_promote()");
    expect(await query(standby, `SELECT 1 FROM messages WHERE id = '${id}'`)).toEqual([]);
    const found = await until(async () => {
      const answer = await api.ask<Message>("GET", `/messages/${id}`);
      return answer.status === 200 && answer.body;
    }, 30_000);
    expect(found).toMatchObject({ id, text: "the phone has it", status: "sent" });
    const events = await api.expect<{ data: { type: string; data: object }[] }>(
      200,
      "GET",
      "/events?types=message.sent",
    );
    expect(events.data.at(-1)!.data).toMatchObject({ messageId: id, message: { text: "the phone has it" } });
    expect(system.node.output()).toContain("another database server has taken over");
    // The former primary lives, and is not used: what is sent now is on the new one alone.
    primary.signal("SIGCONT");
    const next = await api.expect<Message>(202, "POST", "/sessions/main/messages", { ...body, text: "after it" });
    await api.until<Message>(`/messages/${next.id}`, ({ status }) => status === "delivered");
    expect(await query(primary, `SELECT 1 FROM messages WHERE id = '${next.id}'`)).toEqual([]);
    expect((await inboxOf(api, ana)).map(({ text }) => text).toReversed()).toEqual(["the phone has it", "after it"]);
    // What the standby lacks may include epochs that were given out.
    await api.expect(202, "POST", "/sessions/spare/start");
    await api.until<Session>("/sessions/spare", ({ epoch }) => epoch > 1_000);
  } finally {
    await system.stop();
  }
}, 120_000);
