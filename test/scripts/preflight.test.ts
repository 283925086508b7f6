/** A start that cannot succeed exits immediately and explains the cause and the remedy, without a stack trace. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { freePort } from "../harness/port.ts";

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
    text: expect.stringMatching(/has no address 192\.0\.2\.1/),
  });
});

test("a database server that does not answer", async () => {
  const url = `postgres://nobody:secret@127.0.0.1:${await freePort()}/nothing`;
  const { code, text } = await start({ WPP_DATABASE_URL: url });
  expect(code).toBe(69);
  expect(text).toMatch(/^The database at WPP_DATABASE_URL does not answer .*ECONNREFUSED/);
  expect(text).not.toContain("secret");
});
