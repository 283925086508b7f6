/**
 * Many light sessions in one process: the time until all are connected, the memory of each, and the CPU that they use
 * while idle.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Session as SessionView } from "../contracts/routes/session.ts";
import { registerTenant, TestClient } from "../test/harness/client.ts";
import { round, type Figure, type Section } from "./figures.ts";
import { startSystemSubject } from "./subject.ts";

const CONCURRENCY = 32;
const IDLE = 15_000;

async function inParallel(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

/** Creates, starts and links the sessions of these numbers. */
export async function pairMany(api: TestClient, from: number, to: number): Promise<void> {
  await inParallel(to - from, async (offset) => {
    const name = `s${from + offset}`;
    await api.expect(201, "POST", "/sessions", { name, network: "sandbox" });
    await api.expect(202, "POST", `/sessions/${name}/start`);
    const { phone } = await api.expect<{ phone: string }>(201, "POST", "/sandbox/phones", {});
    const { qr } = await api.expect<{ qr: string }>(200, "GET", `/sessions/${name}/qr?wait=60`);
    await api.expect(200, "POST", `/sandbox/phones/${phone}/scan`, { qr });
  });
}

async function allConnected(api: TestClient, count: number): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    let connected = 0;
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: { data: SessionView[]; nextCursor: string | null } = await api.expect(
        200,
        "GET",
        `/sessions?limit=200&state=connected${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      connected += page.data.length;
      cursor = page.nextCursor;
    }
    if (connected >= count) return;
    if (Date.now() > deadline) throw new Error(`only ${connected} of ${count} sessions connected`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Pairs the sessions in steps, and restarts the process after each to see how fast all reconnect. */
export async function benchSessions(counts: readonly number[]): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "wpp-bench-"));
  const figures: Figure[] = [];
  let paired = 0;
  let subject = await startSystemSubject({ WPP_DATA_DIR: dataDir });
  try {
    const scopes = ["session:read", "session:write", "session:pair", "sandbox:write", "sandbox:read"];
    const { key } = await (
      await registerTenant(subject.origin)
    ).expect<{ key: string }>(201, "POST", "/api-keys", { name: "bench", scopes });
    const client = () => new TestClient(subject.origin, { "x-api-key": key });
    const empty = await subject.memory();
    for (const count of counts) {
      const begin = performance.now();
      await pairMany(client(), paired, count);
      await allConnected(client(), count);
      figures.push({
        what: `${round(count - paired)} more sessions created, started and paired over HTTP`,
        value: `${round((performance.now() - begin) / 1_000)} s`,
      });
      paired = count;
      await subject.stop();
      subject = await startSystemSubject({ WPP_DATA_DIR: dataDir });
      const again = performance.now();
      await allConnected(client(), count);
      figures.push({
        what: `${round(count)} sessions connected again after a restart`,
        value: `${round((performance.now() - again) / 1_000)} s`,
      });
      const cpu = subject.cpu();
      await new Promise((resolve) => setTimeout(resolve, IDLE));
      const share = ((subject.cpu() - cpu) / (IDLE / 1_000)) * 100;
      figures.push({
        what: `${round(count)} idle sessions, system and sandbox in one process`,
        value: `${round(((await subject.memory()) - empty) / count / 1_024)} kB each, ${round(share)} % of a core`,
      });
    }
  } finally {
    await subject.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return { title: "Light sessions in one process", figures };
}
