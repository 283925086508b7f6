/**
 * The compose stack without containers: each part runs with its own configuration file and environment, as the image's
 * user, on the image's files and on free ports of this machine.
 */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "nats";
import { io } from "socket.io-client";
import { environmentOf, readCompose } from "./compose.ts";
import { sendRequest, type Response } from "./https-client.ts";
import { dockerfileCommand, copyImageFiles } from "./image.ts";
import { findProgram, freePorts, imageUser, ROOT, run, start, type Spawned } from "./programs.ts";
import { reportUnchecked } from "./unchecked.ts";
import { createDatabase, startPostgres, type PostgresServer } from "../harness/postgres.ts";
import { until } from "../harness/system.ts";

const folder = mkdtempSync(join(tmpdir(), "wpp-stack-"));
const secrets = join(folder, "secrets");
const data = join(folder, "data");
const secret = (name: string) => readFileSync(join(secrets, name), "utf8").trim();
const nginx = findProgram("nginx");
const redis = findProgram("redis-server");
const user = imageUser();

let image = "";
let postgres: PostgresServer;
let database = "";
let ports: number[] = [];
let processes: Spawned[] = [];
const started: Spawned[] = [];

/** Copies a configuration file of the repository next to the credentials that it includes, with replaced ports. */
function copyConfiguration(
  name: string,
  file: string,
  auth: string,
  replacements: readonly (readonly [string, string])[],
): string {
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  const text = replacements.reduce(
    (current, [from, to]) => current.replaceAll(from, to),
    readFileSync(join(ROOT, file), "utf8"),
  );
  writeFileSync(join(target, "auth.conf"), secret(auth));
  writeFileSync(join(target, `${name}.conf`), text);
  return join(target, `${name}.conf`);
}

/** The environment that compose gives this service, adapted to this machine. */
function environment(name: string, port: number): Record<string, string> {
  const service = readCompose({ WPP_SIGNUP: "open", WPP_SANDBOX: "on" }).services[name]!;
  const given = Object.entries(environmentOf(service)).map(
    ([key, value]) => [key, value.replace("/run/secrets/", `${secrets}/`)] as const,
  );
  return {
    ...Object.fromEntries(given),
    HOME: tmpdir(),
    WPP_HOST: "127.0.0.1",
    WPP_DATA_DIR: data,
    WPP_PORT: String(port),
  };
}

async function startProcess(name: string, port: number): Promise<Spawned> {
  const [program, ...args] = dockerfileCommand("CMD");
  expect(program).toBe("node");
  const isUp = (output: string) => output.includes(" is up: ");
  const running = await start(process.execPath, args, { cwd: image, user, environment: environment(name, port), isUp });
  started.push(running);
  return running;
}

/** Starts nginx with the repository's files, on this test's ports and with the app's address replaced. */
async function startNginx(app: number, [http, https, healthCheck]: readonly number[]): Promise<void> {
  const target = join(folder, "nginx");
  cpSync(join(ROOT, "nginx"), target, { recursive: true });
  chmodSync(folder, 0o711);
  const conf = readFileSync(join(target, "nginx.conf"), "utf8")
    .replaceAll("/tmp/", `${target}/`)
    .replaceAll("/run/secrets/", `${secrets}/`)
    // In this test standard output is a socket, which cannot be opened by name.
    .replace("/dev/stdout", `${target}/access.log`)
    .replace("listen 8080", `listen 127.0.0.1:${http}`)
    .replace("listen 8443", `listen 127.0.0.1:${https}`)
    .replace("127.0.0.1:8081", `127.0.0.1:${healthCheck}`)
    .replace("172.31.250.11:3000", `127.0.0.1:${app}`)
    .replaceAll(/^ +server 172.*$/gm, "");
  writeFileSync(join(target, "nginx.conf"), conf);
  execFileSync(nginx!, ["-t", "-q", "-c", join(target, "nginx.conf")], { stdio: "pipe" });
  const isUp = async () => (await fetch(`http://127.0.0.1:${healthCheck}/`).catch(() => null))?.status === 204;
  started.push(await start(nginx!, ["-c", join(target, "nginx.conf"), "-g", "daemon off;"], { cwd: target, isUp }));
}

/** Sends a request through nginx. */
function ask(
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return sendRequest(ports[5]!, secret("tls.crt"), { method, path, body, headers });
}

/** Starts Redis with the repository's file, and writes its address to the secret that our processes read. */
async function startRedis(program: string): Promise<void> {
  const conf = copyConfiguration("redis", "k8s/base/redis.conf", "redis-auth.conf", [
    ["port 6379", `port ${ports[7]}`],
    ["bind 0.0.0.0", "bind 127.0.0.1"],
    ["/etc/redis/", `${folder}/redis/`],
  ]);
  started.push(
    await start(program, [conf], { cwd: folder, isUp: (output) => output.includes("Ready to accept connections") }),
  );
  chmodSync(join(secrets, "redis-url"), 0o644);
  writeFileSync(join(secrets, "redis-url"), secret("redis-url").replace("redis:6379", `127.0.0.1:${ports[7]}`));
}

beforeAll(async () => {
  execFileSync("sh", [join(ROOT, "scripts/compose-secrets.sh"), secrets], { stdio: "pipe" });
  mkdirSync(data, { mode: 0o700 });
  if (user === undefined)
    reportUnchecked(
      "the image's files as its own user",
      "the tests do not run as root, or other users may not read the project",
    );
  else [folder, data, secrets].forEach((path) => chownSync(path, user.uid, user.gid));
  ports = await freePorts(9);
  const natsConf = copyConfiguration("nats", "k8s/base/nats.conf", "nats-auth.conf", [
    ["0.0.0.0:4222", `127.0.0.1:${ports[0]}`],
    ["0.0.0.0:8222", `127.0.0.1:${ports[1]}`],
  ]);
  const nats = findProgram("nats-server");
  if (nats === undefined)
    throw new Error("nats-server is not installed; run `npm run setup`, or install the package nats-server");
  const isUp = async () => (await fetch(`http://127.0.0.1:${ports[1]}/healthz`).catch(() => null))?.ok === true;
  started.push(await start(nats, ["-c", natsConf], { cwd: folder, isUp }));
  if (redis !== undefined) await startRedis(redis);
  postgres = await startPostgres();
  database = await createDatabase(postgres.url);
  chmodSync(join(secrets, "database-url"), 0o644);
  chmodSync(join(secrets, "nats-url"), 0o644);
  writeFileSync(join(secrets, "database-url"), database);
  writeFileSync(join(secrets, "nats-url"), secret("nats-url").replace("nats:4222", `127.0.0.1:${ports[0]}`));
  image = copyImageFiles();
  processes = await Promise.all([startProcess("app-1", ports[2]!), startProcess("session-1", ports[3]!)]);
  if (nginx !== undefined) await startNginx(ports[2]!, ports.slice(4, 7));
}, 120_000);

afterAll(async () => {
  for (const each of started.toReversed()) await each.end();
  await postgres?.stop();
  for (const path of [folder, image].filter((each) => each !== "")) rmSync(path, { recursive: true, force: true });
}, 60_000);

test("NATS accepts our credentials and refuses clients without them", async () => {
  const { username, password } = new URL(secret("nats-url"));
  const known = await connect({ servers: `127.0.0.1:${ports[0]}`, user: username, pass: password });
  await known.close();
  await expect(connect({ servers: `127.0.0.1:${ports[0]}`, reconnect: false })).rejects.toThrow(
    "Authorization Violation",
  );
});

test("Redis accepts our password, refuses clients without it, and is used by our processes", async () => {
  if (redis === undefined)
    return reportUnchecked("redis.conf, and limits held in Redis", "redis-server is not installed");
  const cli = (...args: string[]) => run("redis-cli", ["-p", String(ports[7]), ...args]).trim();
  expect(cli("ping")).toContain("NOAUTH");
  const known = (...args: string[]) => cli("--no-auth-warning", "-a", secret("redis-password"), ...args);
  expect(known("ping")).toBe("PONG");
  const login = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "no@one.example", password: "not a password" }),
  };
  expect((await fetch(`http://127.0.0.1:${ports[2]}/api/v1/auth/login`, login)).status).toBe(401);
  await until(() => Number(known("dbsize")) > 0);
});

test("the image's health check passes for an app process and for a session node", () => {
  const [, ...args] = dockerfileCommand("HEALTHCHECK");
  for (const port of [ports[2], ports[3]]) expect(run(process.execPath, args, { WPP_PORT: String(port) })).toBe("");
  expect(() => run(process.execPath, args, { WPP_PORT: String(ports[8]) })).toThrow("Command failed");
});

test("through nginx: public paths are served over TLS, operators' paths are not", async () => {
  if (nginx === undefined) return reportUnchecked("nginx.conf", "nginx is not installed");
  const health = await ask("GET", "/health");
  expect([health.status, health.headers["strict-transport-security"]]).toEqual([
    200,
    "max-age=31536000; includeSubDomains",
  ]);
  for (const path of ["/livez", "/readyz", "/startupz", "/metrics", "/metrics/x"])
    expect((await ask("GET", path)).status).toBe(404);
  const plain = await fetch(`http://127.0.0.1:${ports[4]}/docs?x=1`, { redirect: "manual" });
  expect([plain.status, plain.headers.get("location")]).toEqual([301, "https://127.0.0.1/docs?x=1"]);
  const large = await ask("POST", "/api/v1/auth/login", undefined, { "Content-Length": "30000000" });
  expect([large.status, large.headers["content-type"]]).toEqual([413, "application/problem+json"]);
});

test("through nginx: a tenant signs up, creates a session on the session node, and connects a socket", async () => {
  if (nginx === undefined) return reportUnchecked("requests and sockets through nginx", "nginx is not installed");
  const account = {
    tenantName: "Acme",
    name: "Ada",
    email: "ada@acme.example",
    password: "a long passphrase for this test",
  };
  const registered = await ask("POST", "/api/v1/auth/register", account);
  expect([registered.status, registered.body]).toEqual([201, expect.stringContaining("accessToken")]);
  const { accessToken } = JSON.parse(registered.body) as { accessToken: string };
  const authorization = { Authorization: `Bearer ${accessToken}` };
  // The two processes need a moment to discover each other.
  const created = await until(async () => {
    const answer = await ask("POST", "/api/v1/sessions", { name: "main", network: "sandbox" }, authorization);
    return answer.status === 503 ? undefined : answer;
  }, 20_000);
  expect([created.status, created.body]).toEqual([201, expect.stringContaining("main")]);
  const options = {
    transports: ["websocket"],
    auth: { token: accessToken },
    ca: secret("tls.crt"),
    servername: "localhost",
    reconnection: false,
    forceNew: true,
  };
  const socket = io(`https://127.0.0.1:${ports[5]}`, options);
  try {
    await new Promise<void>((resolve, reject) => socket.once("connect", () => resolve()).once("connect_error", reject));
    expect(socket.io.engine.transport.name).toBe("websocket");
  } finally {
    socket.close();
  }
});

test("the nightly dump can be restored", async () => {
  const backups = join(folder, "backups");
  mkdirSync(backups);
  writeFileSync(join(folder, "no-password"), "");
  const from = new URL(database);
  const server = {
    PGHOST: from.hostname,
    PGPORT: from.port,
    PGUSER: from.username,
    PGDATABASE: from.pathname.slice(1),
  };
  const dump = () =>
    run("sh", [join(ROOT, "k8s/base/dump.sh")], {
      ...server,
      PGPASSWORD_FILE: join(folder, "no-password"),
      BACKUP_DIR: backups,
      KEEP_DAYS: "14",
    });
  const old = join(backups, "wpp-20200101T000000Z.dump");
  const abandoned = join(backups, ".wpp-20200101T000000Z.dump.partial");
  for (const file of [old, abandoned]) writeFileSync(file, "");
  run("touch", ["-d", "2020-01-01", old, abandoned]);
  const name = /^(wpp-\S+\.dump) \d+ bytes/.exec(dump())![1]!;
  expect(readdirSync(backups).toSorted()).toEqual([name, `${name}.sha256`]);
  expect(existsSync(old)).toBe(false);
  const again = new URL(await createDatabase(postgres.url));
  run("pg_restore", ["--exit-on-error", "--no-owner", "-d", again.pathname.slice(1), join(backups, name)], server);
  const tables = (name: string) =>
    run("psql", ["-Atc", "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"], {
      ...server,
      PGDATABASE: name,
    });
  expect(tables(again.pathname.slice(1))).toBe(tables(server.PGDATABASE));
  expect(() =>
    run("sh", [join(ROOT, "k8s/base/dump.sh")], {
      ...server,
      PGDATABASE: "none",
      PGPASSWORD_FILE: join(folder, "no-password"),
      BACKUP_DIR: backups,
      KEEP_DAYS: "14",
    }),
  ).toThrow("none");
  expect(readdirSync(backups)).toHaveLength(2);
});

test("each process exits in time and with code 0 on a signal", async () => {
  const before = Date.now();
  expect(await Promise.all(processes.map((each) => each.end()))).toEqual([0, 0]);
  expect(Date.now() - before).toBeLessThan(9_500);
});
