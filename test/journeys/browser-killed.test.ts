/**
 * Chromium is killed in a running system: the state shows it, the session reconnects automatically without a QR code,
 * other sessions are not affected, and a message that was accepted meanwhile arrives once.
 */
import type { EventEnvelope } from "../../contracts/events.ts";
import type { Message } from "../../contracts/message.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { cleanUp, makeDataDir, processesOn, startProcess, type SystemProcess } from "../harness/process.ts";
import { connected, inboxOf, makePhone, pairSession } from "./pairing.ts";

describe("a browser that is killed", () => {
  const dataDir = makeDataDir();
  let system: SystemProcess;
  let api: TestClient;

  beforeAll(async () => {
    system = await startProcess({ dataDir });
    api = await registerTenant(system.origin);
  }, 60_000);

  afterAll(async () => {
    await system?.end("SIGTERM");
    await cleanUp(dataDir);
  }, 60_000);

  test("is started again automatically, and other sessions are not affected", async () => {
    const session = await pairSession(api, "main", "browser", await makePhone(api, "Own"));
    const neighbour = await pairSession(api, "light", "light", await makePhone(api, "Neighbour"));
    const ana = await makePhone(api, "Ana");
    const pids = processesOn(`${dataDir}/profiles/${session.id}`);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) process.kill(pid, "SIGKILL");
    const reported = await api.until<{ data: EventEnvelope[] }>(
      "/events?types=session.disconnected&limit=200",
      ({ data }) => data.some(({ sessionId }) => sessionId === session.id),
    );
    expect(reported.data.find(({ sessionId }) => sessionId === session.id)?.data).toMatchObject({
      state: "reconnecting",
      reason: "browser_died",
    });
    const waiting = await api.expect<Message>(202, "POST", "/sessions/main/messages", {
      to: ana,
      type: "text",
      text: "after the crash",
    });
    const back = await connected(api, "main");
    expect(back.me).toEqual(session.me);
    await api.until<Message>(`/messages/${waiting.id}`, ({ status }) => status === "delivered");
    expect((await inboxOf(api, ana)).map(({ id, duplicates }) => ({ id, duplicates }))).toEqual([
      { id: waiting.waId, duplicates: 0 },
    ]);
    const unaffected = await api.expect<Session>(200, "GET", "/sessions/light");
    expect(unaffected).toMatchObject({ state: "connected", since: neighbour.since, epoch: neighbour.epoch });
    const qrs = await api.expect<{ data: EventEnvelope[] }>(200, "GET", `/sessions/${session.id}/events?limit=200`);
    const died = qrs.data.findIndex(({ type }) => type === "session.disconnected");
    expect(qrs.data.slice(died).filter(({ type }) => type === "session.qr")).toEqual([]);
  }, 120_000);
});
