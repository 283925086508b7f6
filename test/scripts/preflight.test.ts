/** A start that cannot succeed exits immediately and explains the cause and the remedy, without a stack trace. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { freePort } from "../harness/port.ts";
import { until } from "../harness/system.ts";

let folder: string;
beforeEach(() => {
  folder = makeDataDir();
});
afterEach(() => cleanUp(folder));

interface Result {
  readonly code: number | string | undefined;
  /** The last paragraph of what was printed. */
  readonly text: string;
}

async function start(settings: Record<string, string>): Promise<Result> {
  const environment = {
    PATH: process.env["PATH"],
    WPP_DATA_DIR: folder,
    WPP_PORT: "0",
    WPP_LOG_LEVEL: "fatal",
    ...settings,
  };
  const options = { env: environment, timeout: 30_000 };
  const failure = await promisify(execFile)(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "scripts/start.ts"],
    options,
  ).then(
    () => undefined,
    (error: { code?: number | string; stderr: string }) => error,
  );
  return { code: failure?.code, text: failure?.stderr.trim().split("\n\n").at(-1) ?? "" };
}

/** The answer of a PostgreSQL server that refuses a connection. */
function postgresRefusal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mpassword authentication failed\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

const database = (bytes: string) => writeFileSync(join(folder, "wpp.db"), bytes);

test("a database file that is not a database", async () => {
  database("this is no database, whatever its name says");
  expect(await start({})).toEqual({
    code: 78,
    text: expect.stringMatching(/^The database wpp\.db .* is not a SQLite database; move it away/),
  });
});

test("a data directory that is a file", async () => {
  database("");
  expect(await start({ WPP_DATA_DIR: join(folder, "wpp.db") })).toEqual({
    code: 78,
    text: expect.stringMatching(/a file with that name exists; set WPP_DATA_DIR/),
  });
  expect(await start({ WPP_DATA_DIR: join(folder, "wpp.db", "below") })).toEqual({
    code: 78,
    text: expect.stringMatching(/a part of the path is a file/),
  });
});

// Root can write everywhere.
(userInfo().uid === 0 ? describe.skip : describe)("as an ordinary user", () => {
  test("a data directory that this user may not write to", async () => {
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expect(await start({ WPP_DATA_DIR: closed })).toEqual({
      code: 78,
      text: expect.stringMatching(/this user may not write there/),
    });
  });
});

test("a port in use, and an address that this machine does not have", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  try {
    expect(await start({ WPP_PORT: String(port) })).toEqual({
      code: 78,
      text: `WPP_PORT: another program is listening on 127.0.0.1:${port}; stop it, or choose another port`,
    });
    expect(await start({ WPP_METRICS_PORT: String(port) })).toEqual({
      code: 78,
      text: expect.stringMatching(/^WPP_METRICS_PORT: another program/),
    });
  } finally {
    other.close();
  }
  expect(await start({ WPP_HOST: "192.0.2.1" })).toEqual({
    code: 78,
    text: expect.stringMatching(/^WPP_HOST: .* has no address 192\.0\.2\.1/),
  });
});

test.each([
  ["WPP_HOST", { WPP_HOST: "not a host" }],
  ["WPP_METRICS_HOST", { WPP_METRICS_PORT: "9", WPP_METRICS_HOST: "not a host" }],
  ["WPP_SANDBOX_HOST", { WPP_SANDBOX_HOST: "not a host" }],
])("%s that is no host is named, not the port", async (variable, settings) => {
  const port = String(await freePort());
  const metrics = "WPP_METRICS_PORT" in settings ? { WPP_METRICS_PORT: port } : {};
  expect(await start({ ...settings, ...metrics })).toEqual({
    code: 78,
    text: `${variable}: the address not a host does not exist; 127.0.0.1 and 0.0.0.0 always work`,
  });
});

test("a Chromium that is not there, and one that is no program", async () => {
  expect(await start({ WPP_CHROMIUM: join(folder, "nope") })).toEqual({
    code: 78,
    text: expect.stringMatching(/^WPP_CHROMIUM: .*there is no such file/),
  });
  const file = join(folder, "text");
  writeFileSync(file, "text", { mode: 0o600 });
  expect(await start({ WPP_CHROMIUM: file })).toEqual({
    code: 78,
    text: expect.stringMatching(/^WPP_CHROMIUM: .*may not run it/),
  });
});

test("an ffmpeg that is not there", async () => {
  expect(await start({ WPP_FFMPEG: join(folder, "nope") })).toEqual({
    code: 78,
    text: expect.stringMatching(/^WPP_FFMPEG: .*there is no such file/),
  });
});

test("a data directory where the system allows no folder", async () => {
  expect(await start({ WPP_DATA_DIR: "/proc/wpp/data" })).toEqual({
    code: 78,
    text: expect.stringMatching(/^\/proc\/wpp.*the folder cannot be created there; set WPP_DATA_DIR/),
  });
});

test("a second start on the same data directory leaves the link of the first one alone", async () => {
  const port = await freePort();
  const first = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "scripts/start.ts"], {
    env: { PATH: process.env["PATH"], WPP_DATA_DIR: folder, WPP_PORT: String(port), WPP_LOG_LEVEL: "fatal" },
    stdio: "ignore",
  });
  try {
    await until(
      () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      30_000,
    );
    const link = readFileSync(join(folder, "first-run.txt"), "utf8");
    expect(await start({})).toEqual({
      code: 78,
      text: expect.stringMatching(/^Another process runs sessions as node "main" on the data directory/),
    });
    expect(readFileSync(join(folder, "first-run.txt"), "utf8")).toBe(link);
  } finally {
    first.kill("SIGKILL");
    await once(first, "exit");
  }
});

const SERVERS = [
  ["PostgreSQL", "WPP_DATABASE_URL", "postgres://nobody:secret@127.0.0.1:PORT/nothing"],
  ["NATS", "WPP_NATS_URL", "nats://nobody:secret@127.0.0.1:PORT"],
  ["Redis", "WPP_REDIS_URL", "redis://:secret@127.0.0.1:PORT"],
] as const;

test.each(SERVERS)("%s that does not answer is one sentence with its setting", async (name, variable, url) => {
  const { code, text } = await start({
    [variable]: url.replace("PORT", String(await freePort())),
    WPP_START_WAIT: "0",
  });
  expect(code).toBe(69);
  expect(text).toMatch(new RegExp(`^${name} at ${variable} does not answer .*[Rr]efused|ECONNREFUSED|CONNECTION`));
  expect(text).not.toMatch(/secret|\n/);
});

test("a server that comes up a little later is waited for; a refusal of its is not", async () => {
  const port = await freePort();
  // Without a gateway there is no port to wait for: the process says what it waits for next.
  const nothing = `nats://127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "scripts/start.ts"], {
    env: {
      PATH: process.env["PATH"],
      WPP_DATA_DIR: folder,
      WPP_SERVICES: "health",
      WPP_NATS_URL: nothing,
      WPP_DATABASE_URL: `${SERVERS[0][2].replace("PORT", String(port))}`,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const server = createServer((socket) => socket.once("data", () => socket.end(postgresRefusal("28P01"))));
  try {
    await until(() => output.includes("Waiting for PostgreSQL at WPP_DATABASE_URL"), 20_000);
    server.listen(port, "127.0.0.1");
    await once(child, "exit");
    expect(child.exitCode).toBe(78);
    expect(output).toMatch(/WPP_DATABASE_URL: the password is wrong/);
    expect(output).not.toMatch(/secret|    at /);
  } finally {
    child.kill("SIGKILL");
    server.close();
  }
});

test.each([
  [{ WPP_CORS_ORIGINS: "foo" }, /WPP_CORS_ORIGINS is "foo" but must be a comma-separated list of origins/],
  [{ WPP_CORS_ORIGINS: "https://app.example.com/" }, /origins such as https:\/\/app\.example\.com, without a path/],
  [{ WPP_ALLOW_PRIVATE_URLS: "10.0.0.0/99" }, /WPP_ALLOW_PRIVATE_URLS is "10\.0\.0\.0\/99" but must be/],
  [{ WPP_TRUSTED_PROXIES: "300.0.0.0/8" }, /WPP_TRUSTED_PROXIES .* must be a comma-separated list of CIDR ranges/],
  [{ WPP_METRICS_PORT: "0x10" }, /WPP_METRICS_PORT is "0x10" but must be an integer/],
  [{ WPP_RATE_LIMIT: "1e3" }, /WPP_RATE_LIMIT is "1e3" but must be an integer/],
  [{ WPP_DATA_DIR: "https://a.example/data" }, /WPP_DATA_DIR .* must be the path of a folder, not a URL/],
  [{ WPP_WEB_VERSION: "newest" }, /WPP_WEB_VERSION is "newest" but must be a version/],
  [{ WPP_PORT: "3000", WPP_METRICS_PORT: "3000" }, /WPP_METRICS_PORT is 3000, which is also WPP_PORT/],
  [{ WPP_PROT: "3000" }, /WPP_PROT is not a known setting; did you mean WPP_PORT\?/],
  [{ WPP_DATABASE: "x" }, /WPP_DATABASE is not a known setting; did you mean WPP_DATABASE_URL\?/],
])("the configuration %j", async (settings, expected) => {
  expect(await start(settings)).toEqual({ code: 78, text: expect.stringMatching(expected) });
});
