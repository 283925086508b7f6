/**
 * Two session nodes that cannot see each other's processes, like two containers with a shared volume. While the browser
 * of a frozen node lives, the next owner keeps off the profile and says so.
 */
import { execFileSync } from "node:child_process";
import type { Session } from "../../contracts/routes/session.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startNats, type NatsServer } from "../harness/nats.ts";
import { createDatabase, startPostgres, type PostgresServer } from "../harness/postgres.ts";
import { cleanUp, familyOf, makeDataDir, processesOn, startProcess, type SystemProcess } from "../harness/process.ts";
import { makePhone, pairSession } from "./pairing.ts";

const dataDir = makeDataDir();
let nats: NatsServer;
let postgres: PostgresServer;
let app: SystemProcess;
const nodes: SystemProcess[] = [];
let api: TestClient;
let start: (name: string, services: string, isolated: boolean) => Promise<SystemProcess>;

/** Why this machine cannot make namespaces; empty when it can. */
const hindrance = (() => {
  try {
    execFileSync("unshare", ["--pid", "--fork", "--mount-proc", "true"], { stdio: "ignore" });
    return "";
  } catch {
    return "process namespaces need root";
  }
})();

const describeIsolated = hindrance === "" ? describe : describe.skip;

describeIsolated(`nodes in namespaces of their own ${hindrance}`, () => {
  beforeAll(async () => {
    [nats, postgres] = await Promise.all([startNats(), startPostgres()]);
    const environment = {
      WPP_NATS_URL: nats.url,
      WPP_DATABASE_URL: await createDatabase(postgres.url),
      WPP_MASTER_KEY: "a master key for this test alone, 32+",
      WPP_LEASE_TTL: "7",
      WPP_LEASE_RENEW: "0.5",
      WPP_LEASE_FENCE: "2",
    };
    start = (name, services, isolated) =>
      startProcess({ dataDir, environment: { ...environment, WPP_NODE_ID: name, WPP_SERVICES: services }, isolated });
    app = await start("app", "api-gateway,auth,tenant,session,cluster,message,event,health,sandbox", false);
    nodes.push(await start("node-1", "session-node", true));
    api = await registerTenant(app.origin);
  }, 90_000);

  afterAll(async () => {
    for (const node of nodes) for (const pid of familyOf(node.pid)) signal(pid, "SIGCONT");
    await Promise.all([app, ...nodes].map((process) => process?.end("SIGKILL")));
    await cleanUp(dataDir);
    await Promise.all([nats?.stop(), postgres?.stop()]);
  }, 60_000);

  function signal(pid: number, name: NodeJS.Signals): void {
    try {
      process.kill(pid, name);
    } catch {
      // It ended meanwhile.
    }
  }

  test("the next owner waits for a browser that it cannot see, names its holder, and starts when it has ended", async () => {
    const before = await pairSession(api, "main", "browser", await makePhone(api, "Own"));
    const profile = `${dataDir}/profiles/${before.id}`;
    const frozen = familyOf(nodes[0]!.pid);
    for (const pid of frozen) signal(pid, "SIGSTOP");
    nodes.push(await start("node-2", "session-node", true));
    const waiting = await api.until<Session>("/sessions/main", ({ reason }) => reason === "profile_in_use", 40_000);
    expect(waiting).toMatchObject({ state: "starting", node: "node-2", epoch: before.epoch + 1 });
    expect(waiting.evidence).toMatchObject({
      startPhase: "profile",
      holder: expect.stringMatching(new RegExp(`^node node-1, epoch ${before.epoch},`)) as string,
    });
    // No second browser is on the profile meanwhile.
    const ofSecond = new Set(familyOf(nodes[1]!.pid));
    expect(processesOn(profile).filter((pid) => ofSecond.has(pid))).toEqual([]);
    for (const pid of frozen) signal(pid, "SIGKILL");
    const after = await api.until<Session>("/sessions/main", ({ state }) => state === "connected", 60_000);
    expect(after).toMatchObject({ me: before.me, node: "node-2" });
  }, 150_000);
});
