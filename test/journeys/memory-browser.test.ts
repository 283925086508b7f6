/** Memory of browsers: a fat one is restarted at a quiet moment, and a node without room starts none. */
import type { Message } from "../../contracts/message.ts";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startSystem, type System } from "../harness/system.ts";
import { connected, itemOf, makePhone, pairSession } from "./pairing.ts";

const OPEN = { WPP_SANDBOX: "on", WPP_SIGNUP: "open", WPP_THREADS: "1" };
let system: System | undefined;

afterEach(() => system?.stop(), 60_000);

async function start(environment: Record<string, string>, settings: object = {}): Promise<TestClient> {
  system = await startSystem({
    services: SERVICE_NAMES,
    environment: { ...OPEN, ...environment },
    settings: { "session-node": settings },
  });
  return registerTenant(system.url);
}

test("a browser beyond the limit is restarted once nothing happens, and nothing is lost", async () => {
  const api = await start({}, { recycling: { interval: 250, quiet: 3_000, bytes: 1 } });
  const own = await makePhone(api, "Own");
  const ana = await makePhone(api, "Ana");
  await pairSession(api, "main", "browser", own);
  const restarted = await api.until<{ data: { data: { reason: string } }[] }>(
    "/events?types=session.disconnected",
    ({ data }) => data.some((event) => event.data.reason === "recycled"),
    60_000,
  );
  expect(restarted.data.map((event) => event.data.reason)).toEqual(["recycled"]);
  const { id, waId } = await api.expect<Message>(202, "POST", "/sessions/main/messages", {
    to: ana,
    type: "text",
    text: "Sent while the browser was away",
  });
  await connected(api, "main");
  await api.until<Message>(`/messages/${id}`, ({ status }) => status === "delivered");
  expect(await itemOf(api, ana, (item) => item.id === waId)).toMatchObject({ duplicates: 0 });
}, 120_000);

test("a node without memory for a browser says so, and light sessions run", async () => {
  const api = await start({ WPP_NODE_MEMORY: "100" });
  await api.expect(201, "POST", "/sessions", { name: "main", network: "sandbox", driver: "browser" });
  await api.expect(202, "POST", "/sessions/main/start");
  const refused = await api.until<Session>("/sessions/main", ({ reason }) => reason === "no_memory", 30_000);
  expect(refused).toMatchObject({ state: "reconnecting", evidence: { neededMb: 200, budgetMb: 100, usedMb: 0 } });
  await pairSession(api, "light", "light", await makePhone(api, "Own"));
}, 60_000);
