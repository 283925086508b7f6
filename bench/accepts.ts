/**
 * Accepted sends per second, compared with the database's own rate, a bare moleculer-web action and a bare node:http
 * server; and the time from the accept to the phone's receipt.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Message, TimelineEntry } from "../contracts/message.ts";
import { registerTenant, type TestClient } from "../test/harness/client.ts";
import { createDatabase } from "../test/harness/postgres.ts";
import { makePhone, pairSession } from "../test/journeys/pairing.ts";
import { percentile, ratio, round, type Figure, type Section } from "./figures.ts";
import { measureInsertRate } from "./insert-rate.ts";
import { applyLoad, type LoadResult } from "./load.ts";
import { startSubject, startSystemSubject, type Subject } from "./subject.ts";

const CONNECTIONS = [1, 16, 64];
const DURATION = 5_000;
/** A text of 200 characters. */
export const BODY = JSON.stringify({ to: "+15550100001", type: "text", text: "x".repeat(200) });

interface Measured {
  readonly load: LoadResult;
  /** µs of CPU of the server for each request. */
  readonly cpu: number;
}

async function measure(
  subject: Subject,
  path: string,
  headers: Record<string, string>,
  connections: number,
): Promise<Measured> {
  const before = subject.cpu();
  const load = await applyLoad({
    origin: subject.origin,
    path,
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: BODY,
    connections,
    duration: DURATION,
    expectedStatus: 202,
  });
  return { load, cpu: ((subject.cpu() - before) / (load.count * 1.2)) * 1e6 };
}

async function measureBaseline(script: string, path: string): Promise<Map<number, Measured>> {
  const subject = await startSubject(script);
  const results = new Map<number, Measured>();
  try {
    for (const connections of CONNECTIONS) results.set(connections, await measure(subject, path, {}, connections));
  } finally {
    await subject.stop();
  }
  return results;
}

/** Sections for SQLite and, with a server's URL, PostgreSQL. */
export async function benchAccepts(postgresUrl: string | null): Promise<Section[]> {
  const http = await measureBaseline("bench/servers/bare-http.ts", "/");
  const moleculer = await measureBaseline("bench/servers/bare-moleculer.ts", "/accept");
  const sections: Section[] = [
    {
      title: "Baselines: requests per second",
      figures: [...rows("bare node:http", http), ...rows("bare moleculer-web action", moleculer)],
    },
  ];
  for (const [name, url] of [
    ["SQLite", null] as const,
    ...(postgresUrl === null ? [] : [["PostgreSQL", postgresUrl] as const]),
  ]) {
    sections.push({ title: `Accepted sends, ${name}`, figures: await benchDatabase(url, moleculer) });
  }
  return sections;
}

function rows(name: string, results: ReadonlyMap<number, Measured>): Figure[] {
  return [...results].map(([connections, { load, cpu }]) => ({
    what: `${name}, ${connections} connections`,
    value: `${round(load.perSecond)}/s`,
    comparison: `${round(cpu)} µs CPU each`,
  }));
}

async function benchDatabase(serverUrl: string | null, moleculer: ReadonlyMap<number, Measured>): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "wpp-bench-"));
  const rawDir = mkdtempSync(join(tmpdir(), "wpp-bench-raw-"));
  const urlOf = async () => (serverUrl === null ? null : createDatabase(serverUrl));
  const raw = await measureInsertRate(rawDir, await urlOf());
  const databaseUrl = await urlOf();
  const subject = await startSystemSubject({
    WPP_DATA_DIR: dataDir,
    ...(databaseUrl === null ? {} : { WPP_DATABASE_URL: databaseUrl }),
  });
  try {
    const figures: Figure[] = [
      { what: "raw: message row + event row, one transaction each", value: `${round(raw.single)}/s` },
      { what: "raw: the same, 100 to a transaction", value: `${round(raw.batched)}/s` },
    ];
    const api = await registerTenant(subject.origin);
    const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", {
      name: "bench",
      scopes: ["message:send", "message:read", "session:read"],
    });
    for (const connections of CONNECTIONS) {
      // A session for each: the length of a queue is limited, and these sessions send nothing.
      await api.expect(201, "POST", "/sessions", { name: `idle-${connections}`, network: "sandbox" });
      const { load, cpu } = await measure(
        subject,
        `/api/v1/sessions/idle-${connections}/messages`,
        { "x-api-key": key },
        connections,
      );
      const bare = moleculer.get(connections)!;
      figures.push({
        what: `accepts, ${connections} connections`,
        value: `${round(load.perSecond)}/s, p50 ${round(load.p50)} ms, p99 ${round(load.p99)} ms`,
        comparison:
          `${ratio(load.perSecond, raw.single)} raw single, ${ratio(load.perSecond, raw.batched)} raw batched, ` +
          `${ratio(load.perSecond, bare.load.perSecond)} bare action; ${round(cpu)} µs CPU (${ratio(cpu, bare.cpu)})`,
      });
    }
    figures.push(...(await benchDelivery(api)));
    return figures;
  } finally {
    await subject.stop();
    for (const dir of [dataDir, rawDir]) rmSync(dir, { recursive: true, force: true });
  }
}

/** From the 202 to the phone's receipt, one message at a time, on a connected session. */
async function benchDelivery(api: TestClient): Promise<Figure[]> {
  const [own, phone] = [await makePhone(api, "own"), await makePhone(api, "phone")];
  await pairSession(api, "live", "light", own);
  const times: number[] = [];
  for (let index = 0; index < 200; index += 1) {
    const { id } = await api.expect<Message>(202, "POST", "/sessions/live/messages", {
      to: phone,
      type: "text",
      text: "x",
    });
    await api.until<Message>(`/messages/${id}`, ({ status }) => status === "delivered");
    const { data } = await api.expect<{ data: TimelineEntry[] }>(200, "GET", `/messages/${id}/timeline`);
    times.push(Date.parse(data.at(-1)!.at) - Date.parse(data[0]!.at));
  }
  return [
    {
      what: "accept to the phone's receipt, one at a time (200)",
      value: `p50 ${round(percentile(times, 50))} ms, p99 ${round(percentile(times, 99))} ms`,
    },
    await benchDrain(api, phone),
  ];
}

/** How fast one session sends its queued messages. */
async function benchDrain(api: TestClient, phone: string): Promise<Figure> {
  const count = 1_000;
  await api.expect(202, "POST", "/sessions/live/stop");
  await api.until<{ state: string }>("/sessions/live", ({ state }) => state === "stopped");
  for (let index = 0; index < count; index += 50) {
    await Promise.all(
      Array.from({ length: 50 }, () =>
        api.expect(202, "POST", "/sessions/live/messages", { to: phone, type: "text", text: "x" }),
      ),
    );
  }
  await api.expect(202, "POST", "/sessions/live/start");
  await api.until<{ state: string }>("/sessions/live", ({ state }) => state === "connected");
  const begin = performance.now();
  // Polled rarely, because each request is work for the measured process.
  const isDrained = async () =>
    (await api.expect<{ data: unknown[] }>(200, "GET", "/sessions/live/messages?status=queued&limit=1")).data.length ===
    0;
  while (!(await isDrained())) await setTimeout(50);
  return {
    what: `one session sends ${count} queued messages, in order`,
    value: `${round((count / (performance.now() - begin)) * 1_000)}/s`,
  };
}
