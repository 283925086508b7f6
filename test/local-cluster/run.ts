/**
 * `npm run cluster`: a cluster on this machine (nginx, two app processes, three session nodes, the simulated WhatsApp
 * network, PostgreSQL, NATS, Redis), in which a conversation goes on. At its prompt processes can be killed, frozen, cut
 * off and drained, while a checker counts the messages.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Load } from "../chaos/load.ts";
import { TestClient } from "../harness/client.ts";
import { startCluster } from "../harness/cluster.ts";
import { startNginx } from "../harness/nginx.ts";
import { until } from "../harness/system.ts";
import { makePhone, pairSession } from "../journeys/pairing.ts";
import { countMessages, HELP, runCommand, type LocalCluster } from "./commands.ts";

const SESSIONS = 9;
/** Messages a second. */
const RATE = 5;
/** Only for this run: everything listens on this machine alone, and is deleted at the end. */
const ADMIN = { email: "ada@cluster.test", password: "seven green bicycles" };

const print = (text: string) => process.stdout.write(`${text}\n`);

print("Starting PostgreSQL, NATS, Redis, two apps, three session nodes and the sandbox …");
const cluster = await startCluster({ apps: ["app-1", "app-2"], nodes: ["node-1", "node-2", "node-3"] });
const nginx = await startNginx(cluster.origins());
try {
  const anyone = new TestClient(nginx.origin);
  const setupToken = /#(\S+)/.exec(readFileSync(join(cluster.dataDir, "first-run.txt"), "utf8"))?.[1];
  const body = { ...ADMIN, setupToken, tenantName: "Local cluster", name: "Ada" };
  const { accessToken } = await anyone.expect<{ accessToken: string }>(201, "POST", "/auth/register", body);
  const api = anyone.with({ authorization: `Bearer ${accessToken}` });
  for (const origin of cluster.origins())
    await until(async () => (await api.at(origin).ask("GET", "/sandbox/phones")).status === 200, 20_000);
  print(`Linking ${SESSIONS} sessions …`);
  const to = await makePhone(api, "Ana");
  const sessions = Array.from({ length: SESSIONS }, (_, index) => `s${index + 1}`);
  for (const name of sessions) await pairSession(api, name, "light", await makePhone(api, name));
  const load = new Load({ clients: () => [api], sessions, to, rate: RATE });
  load.start();
  const local: LocalCluster = { cluster, api, load, to, restarts: new Set() };

  print(`
  Gateway      ${nginx.origin}/api/v1 (nginx)
  Docs         ${nginx.origin}/docs
  Health       ${nginx.origin}/health
  Apps         ${cluster.origins().join(", ")}
  Sign in      ${ADMIN.email}, "${ADMIN.password}" (POST /auth/login)
  Data         ${cluster.dataDir} (deleted at the end)

${SESSIONS} sessions send ${RATE} messages a second. ${HELP}
`);
  print(await runCommand(local, "status"));
  const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: "cluster> " });
  const over = new AbortController();
  prompt.on("SIGINT", () => prompt.close()).once("close", () => over.abort());
  prompt.prompt();
  for await (const line of prompt) {
    if (line.trim() === "quit") break;
    if (line.trim() !== "")
      print(await runCommand(local, line).catch((error: unknown) => `It did not work: ${String(error)}`));
    if (!over.signal.aborted) prompt.prompt();
  }
  prompt.close();
  print("Waiting until everything that was accepted has been sent …");
  for (const { pid } of cluster.processes.values()) process.kill(pid, "SIGCONT");
  for (const name of cluster.processes.keys()) for (const link of Object.values(cluster.links(name))) link.heal();
  await Promise.allSettled(local.restarts);
  await load.stop();
  const isSent = async () => / 0 under way, /.test(await countMessages(local));
  await until(isSent, 60_000).catch(() => undefined);
  const count = await countMessages(local);
  print(count);
  const isSound = / 0 under way, 0 doubled/.test(count);
  print(isSound ? "Nothing was lost, nothing doubled." : "Something was lost or doubled.");
  process.exitCode = isSound ? 0 : 1;
} finally {
  await nginx.stop();
  await cluster.stop();
}
