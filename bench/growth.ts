/** Growth: the time of lists and accepts when the table of messages is a hundred times as long. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Id } from "../contracts/ids.ts";
import type { Session as SessionView } from "../contracts/routes/session.ts";
import { openDatabase } from "../db/database.ts";
import { newMessage } from "../db/rows/message.ts";
import { insertMessages } from "../db/statements/messages/insert-messages.ts";
import { registerTenant } from "../test/harness/client.ts";
import { createDatabase } from "../test/harness/postgres.ts";
import { ratio, round, type Figure, type Section } from "./figures.ts";
import { applyLoad } from "./load.ts";
import { startSystemSubject } from "./subject.ts";

const BATCH = 1_000;

async function fill(
  dataDir: string,
  databaseUrl: string | null,
  session: SessionView & { tenantId: string },
  count: number,
): Promise<void> {
  const database = await openDatabase({ url: databaseUrl, dataDir });
  const now = Date.now();
  const common = {
    tenant_id: session.tenantId as Id<"tenant">,
    session_id: session.id as Id<"session">,
    direction: "outbound",
    type: "text",
    status: "delivered",
    expires_at: now,
    ack: 2,
    created_at: now,
    timeline: `[["queued",${now}],["delivered",${now}]]`,
  } as const;
  for (let index = 0; index < count; index += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, offset) =>
      newMessage({
        ...common,
        chat_id: `1555010${(index + offset) % 5_000}@c.us`,
        text: `message number ${index + offset}`,
      }),
    );
    await database.transaction((sql) => insertMessages(sql, rows));
  }
  if (database.dialect === "postgres") await database.run("ANALYZE messages");
  await database.close();
}

/** Measures one database at each size; the first size is the baseline of the others. */
export async function benchGrowth(serverUrl: string | null, sizes: readonly number[]): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "wpp-bench-"));
  const databaseUrl = serverUrl === null ? null : await createDatabase(serverUrl);
  const settings = { WPP_DATA_DIR: dataDir, ...(databaseUrl === null ? {} : { WPP_DATABASE_URL: databaseUrl }) };
  const figures: Figure[] = [];
  const first = new Map<string, number>();
  let subject = await startSystemSubject(settings);
  try {
    const api = await registerTenant(subject.origin);
    const tenant = await api.expect<{ id: string }>(200, "GET", "/tenant");
    const session = await api.expect<SessionView>(201, "POST", "/sessions", { name: "main", network: "sandbox" });
    const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", {
      name: "bench",
      scopes: ["message:read", "message:send"],
    });
    let filled = 0;
    for (const size of sizes) {
      await subject.stop();
      await fill(dataDir, databaseUrl, { ...session, tenantId: tenant.id }, size - filled);
      filled = size;
      subject = await startSystemSubject(settings);
      const common = {
        origin: subject.origin,
        headers: { "x-api-key": key, "content-type": "application/json" },
        duration: 3_000,
      };
      const measure = async (
        what: string,
        request: { path: string; method: "GET" | "POST"; body?: string; connections: number; expectedStatus: number },
      ) => {
        const { p50, p99, perSecond } = await applyLoad({ ...common, ...request });
        const before = first.get(what);
        if (before === undefined) first.set(what, p50);
        figures.push({
          what: `${what}, ${round(size)} messages`,
          value: `p50 ${round(p50)} ms, p99 ${round(p99)} ms, ${round(perSecond)}/s`,
          ...(before === undefined ? {} : { comparison: `${ratio(p50, before)} the time at ${round(sizes[0]!)}` }),
        });
      };
      await measure("newest page of the tenant", {
        path: "/api/v1/messages?limit=50",
        method: "GET",
        connections: 1,
        expectedStatus: 200,
      });
      await measure("newest page of a chat", {
        path: `/api/v1/sessions/${session.id}/messages?limit=50&chat=15550101@c.us`,
        method: "GET",
        connections: 1,
        expectedStatus: 200,
      });
      await measure("accept", {
        path: `/api/v1/sessions/${session.id}/messages`,
        method: "POST",
        body: JSON.stringify({ to: "+15550100001", type: "text", text: "x" }),
        connections: 16,
        expectedStatus: 202,
      });
    }
  } finally {
    await subject.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return { title: `Growth, ${serverUrl === null ? "SQLite" : "PostgreSQL"}`, figures };
}
