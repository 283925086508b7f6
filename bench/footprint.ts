/**
 * `node bench/footprint.ts [tree]`: how much of the code one message touches. Counts files and functions that run from
 * a POST to its 202 and on to `delivered`, and for one inbound message until its webhook is delivered, by V8's precise
 * coverage. Only functions that run in each of several rounds count, and none that run in an idle window. [tree] is
 * another checkout; it is measured by its HTTP API alone, so that older trees can be compared.
 */
import { Session } from "node:inspector/promises";
import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const ROOT = resolve(process.argv[2] ?? join(import.meta.dirname, ".."));
const PREFIX = `${pathToFileURL(ROOT).href}/`;
const DEADLINE = 20_000;
const ROUNDS = 7;
/** ms. Long enough for every poller to run. */
const IDLE = 3_000;

/** Functions as `file:offset name`. */
type Touched = ReadonlySet<string>;

interface System {
  readonly origin?: string | null;
  readonly broker: { getLocalService(name: string): unknown };
  stop(): Promise<void>;
}

const profiler = new Session();

/** Functions of the tree that ran since the last call. */
async function touched(): Promise<Touched> {
  const { result } = await profiler.post("Profiler.takePreciseCoverage");
  const names = result
    .filter(({ url }) => url.startsWith(PREFIX) && !/\/(?:node_modules|bench|test)\//.test(url))
    .flatMap(({ url, functions }) =>
      functions
        .filter(({ functionName, ranges }) => ranges[0]!.count > 0 && functionName !== "")
        .map(({ functionName, ranges }) => `${url.slice(PREFIX.length)}:${ranges[0]!.startOffset} ${functionName}`),
    );
  return new Set(names);
}

/** What runs in every one of several rounds of the work: timers that fire now and then are not part of it. */
async function during(
  work: () => Promise<unknown>,
  settle: () => Promise<unknown> = () => delay(200),
): Promise<Touched> {
  let common: Touched | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    await touched();
    await work();
    const functions = await touched();
    common = common?.intersection(functions) ?? functions;
    await settle();
  }
  return common!;
}

async function until<T>(probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + DEADLINE;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`nothing happened within ${DEADLINE} ms: ${probe.toString()}`);
    await delay(2);
  }
}

class Client {
  readonly #origin: string;
  token = "";

  constructor(origin: string) {
    this.#origin = origin;
  }

  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.#origin}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", ...(this.token && { authorization: `Bearer ${this.token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as T;
  }
}

/** Pairs a session named `main`; returns its own number and that of another phone. */
async function prepare(api: Client): Promise<{ own: string; phone: string }> {
  const { accessToken } = await api.call<{ accessToken: string }>("POST", "/auth/register", {
    tenantName: "Footprint",
    name: "Owner",
    email: "owner@footprint.test",
    password: "correct horse battery",
  });
  api.token = accessToken;
  const addPhone = async () => (await api.call<{ phone: string }>("POST", "/sandbox/phones", {})).phone;
  const [own, phone] = [await addPhone(), await addPhone()];
  await api.call("POST", "/sessions", { name: "main", network: "sandbox", driver: "light" });
  await api.call("POST", "/sessions/main/start");
  const { qr } = await api.call<{ qr: string }>("GET", "/sessions/main/qr?wait=60");
  await api.call("POST", `/sandbox/phones/${own}/scan`, { qr });
  await until(async () =>
    (await api.call<{ state: string }>("GET", "/sessions/main")).state === "connected" ? true : undefined,
  );
  return { own, phone };
}

/** Collects the types of the events that webhooks deliver. */
async function startReceiver(): Promise<{ server: Server; url: string; types: string[] }> {
  const types: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      types.push((JSON.parse(body) as { type: string }).type);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, types };
}

function row(what: string, functions: Touched): string {
  const isSandbox = (name: string) => name.startsWith("sandbox/") || name.startsWith("services/sandbox/");
  const files = new Set([...functions].map((name) => name.split(":")[0]!));
  const own = [...files].filter((file) => !isSandbox(file)).length;
  const ownFunctions = [...functions].filter((name) => !isSandbox(name)).length;
  const sandbox = `${files.size - own} / ${functions.size - ownFunctions}`;
  return `| ${what.padEnd(45)} | ${String(own).padStart(5)} | ${String(ownFunctions).padStart(9)} | ${sandbox.padStart(23)} |`;
}

async function measure(
  api: Client,
  database: DatabaseSync,
  numbers: { own: string; phone: string },
): Promise<string[]> {
  const status = database.prepare("SELECT status FROM messages WHERE id = ?");
  const receiver = await startReceiver();
  const send = () =>
    api.call<{ id: string }>("POST", "/sessions/main/messages", { to: numbers.phone, type: "text", text: "x" });
  const isDelivered = (id: string) =>
    until(() => ((status.get(id) as { status: string } | undefined)?.status === "delivered" ? true : undefined));
  const receive = (from: string, to: string) =>
    api.call("POST", `/sandbox/phones/${from}/messages`, { to, type: "text", text: "x" });
  const third = (await api.call<{ phone: string }>("POST", "/sandbox/phones", {})).phone;
  try {
    // Once before measuring: what runs only the first time belongs to the start.
    await isDelivered((await send()).id);
    await api.call("POST", "/webhooks", { url: receiver.url, events: ["message.received"] });
    await receive(numbers.phone, numbers.own);
    await until(() => (receiver.types.length > 0 ? true : undefined));
    await delay(1_000);
    let id = "";
    const accepted = await during(
      async () => (id = (await send()).id),
      () => isDelivered(id).then(() => delay(200)),
    );
    const delivered = await during(async () => isDelivered((await send()).id));
    const trigger = await during(() => receive(numbers.phone, third));
    const received = await during(async () => {
      const before = receiver.types.length;
      await receive(numbers.phone, numbers.own);
      await until(() => (receiver.types.length > before ? true : undefined));
    });
    await touched();
    await delay(IDLE);
    const idle = await touched();
    return [
      row("outbound: POST to 202", accepted.difference(idle)),
      row("outbound: POST to delivered", delivered.union(accepted).difference(idle)),
      row("inbound: phone to webhook", received.difference(trigger).difference(idle)),
    ];
  } finally {
    receiver.server.closeAllConnections();
    receiver.server.close();
  }
}

process.chdir(ROOT);
profiler.connect();
await profiler.post("Profiler.enable");
await profiler.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
const dataDir = mkdtempSync(join(tmpdir(), "wpp-footprint-"));
const { readConfig } = (await import(`${PREFIX}contracts/config.ts`)) as {
  readConfig(environment: Record<string, string>): object;
};
const { startSystem } = (await import(`${PREFIX}scripts/system.ts`)) as {
  startSystem(config: object): Promise<System>;
};
const system = await startSystem(
  readConfig({
    WPP_PORT: "0",
    WPP_DATA_DIR: dataDir,
    WPP_THREADS: "0",
    WPP_SIGNUP: "open",
    WPP_LOG_LEVEL: "error",
    WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8",
  }),
);
try {
  const api = new Client(system.origin!);
  const numbers = await prepare(api);
  const database = new DatabaseSync(join(dataDir, "wpp.db"), { readOnly: true });
  const rows = await measure(api, database, numbers);
  database.close();
  const header = ["| what                                          | files | functions | sandbox files/functions |"];
  process.stdout.write(`${ROOT}\n\n${[...header, header[0]!.replaceAll(/[^|]/g, "-"), ...rows].join("\n")}\n`);
} finally {
  await system.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);
