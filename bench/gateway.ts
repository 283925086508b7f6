/**
 * The cost of the gateway alone: its process's CPU for each request, with the services in other processes behind NATS,
 * compared with a bare moleculer-web in its place. The figures of the accepts include the cost of the services.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerTenant, TestClient } from "../test/harness/client.ts";
import { startNats } from "../test/harness/nats.ts";
import { createDatabase } from "../test/harness/postgres.ts";
import { until } from "../test/harness/system.ts";
import { BODY } from "./accepts.ts";
import { ratio, round, type Section } from "./figures.ts";
import { applyLoad } from "./load.ts";
import { startSubject, startSystemSubject, type Subject } from "./subject.ts";

const CONNECTIONS = 64;
const DURATION = 8_000;
const OTHERS =
  "auth,tenant,message,event,session,profile,call,contact,group,channel,business,presence,webhook,analytics,backup,health,sandbox";

interface Measured {
  readonly perSecond: number;
  /** µs of CPU of the gateway for each request. */
  readonly cpu: number;
}

/** Measures after a warm-up on another session: the length of a queue is limited, and these sessions send nothing. */
async function measure(
  gateway: Subject,
  paths: { warmUp: string; measured: string },
  headers: Record<string, string>,
): Promise<Measured> {
  const request = {
    origin: gateway.origin,
    method: "POST",
    body: BODY,
    connections: CONNECTIONS,
    expectedStatus: 202,
  } as const;
  const options = { ...request, headers: { "content-type": "application/json", ...headers } };
  await applyLoad({ ...options, path: paths.warmUp, duration: DURATION / 2 });
  const before = gateway.cpu();
  const { perSecond, count } = await applyLoad({ ...options, path: paths.measured, duration: DURATION });
  return { perSecond, cpu: ((gateway.cpu() - before) / (count * 1.2)) * 1e6 };
}

async function measureBare(natsUrl: string): Promise<Measured> {
  const action = await startSubject("bench/servers/bare-moleculer.ts", [natsUrl, "action"]);
  const gateway = await startSubject("bench/servers/bare-moleculer.ts", [natsUrl, "gateway"]);
  try {
    return await measure(gateway, { warmUp: "/accept", measured: "/accept" }, {});
  } finally {
    await Promise.all([gateway.stop(), action.stop()]);
  }
}

async function measureOurs(natsUrl: string, postgresUrl: string): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), "wpp-bench-"));
  const common = {
    WPP_DATA_DIR: dataDir,
    WPP_NATS_URL: natsUrl,
    WPP_DATABASE_URL: await createDatabase(postgresUrl),
    WPP_MASTER_KEY: "only for this measurement, 32 and more",
  };
  const others = await startSystemSubject({ ...common, WPP_SERVICES: OTHERS, WPP_NODE_ID: "others" });
  const gateway = await startSystemSubject({ ...common, WPP_SERVICES: "api-gateway", WPP_NODE_ID: "gateway" });
  try {
    const anyone = new TestClient(gateway.origin);
    await until(
      async () =>
        (await anyone.ask("POST", "/auth/login", { email: "unknown@example.test", password: "not a user" })).status ===
        401,
      20_000,
    );
    const api = await registerTenant(gateway.origin);
    const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", {
      name: "bench",
      scopes: ["message:send"],
    });
    for (const name of ["one", "two"]) await api.expect(201, "POST", "/sessions", { name, network: "sandbox" });
    const pathOf = (session: string) => `/api/v1/sessions/${session}/messages`;
    return await measure(gateway, { warmUp: pathOf("one"), measured: pathOf("two") }, { "x-api-key": key });
  } finally {
    await gateway.stop();
    await others.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Both gateways, measured in one run. */
export async function benchGateway(postgresUrl: string): Promise<Section> {
  const nats = await startNats();
  try {
    const bare = await measureBare(nats.url);
    const ours = await measureOurs(nats.url, postgresUrl);
    return {
      title: `The gateway's process alone, ${CONNECTIONS} connections, the rest behind NATS`,
      figures: [
        {
          what: "bare moleculer-web, the action in another process",
          value: `${round(bare.cpu)} µs CPU each`,
          comparison: `${round(bare.perSecond)}/s`,
        },
        {
          what: "our gateway, an accepted send",
          value: `${round(ours.cpu)} µs CPU each`,
          comparison: `${round(ours.perSecond)}/s; ${ratio(ours.cpu, bare.cpu)} the CPU of bare`,
        },
      ],
    };
  } finally {
    await nats.stop();
  }
}
