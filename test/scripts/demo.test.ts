/** The demo works, as do the commands that it prints, and Ctrl-C stops it. A bad configuration is explained. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { blockAfter } from "../harness/readme.ts";
import { until } from "../harness/system.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

describe("npm run demo", () => {
  let demo: ChildProcess | undefined;
  afterAll(() => demo?.kill("SIGKILL"));

  test("plays a conversation, keeps running, prints working curl commands, and stops cleanly", async () => {
    const child = spawn(process.execPath, ["scripts/demo.ts"], {
      cwd: ROOT,
      env: { PATH: process.env["PATH"], WPP_PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    demo = child;
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const exited = new Promise<number | null>((done) => child.once("exit", done));
    await until(() => {
      if (child.exitCode !== null) throw new Error(output);
      return output.includes("Stop with Ctrl-C");
    }, 90_000);
    expect(output).toMatch(/Good morning! Your bread is ready\.\s+… 0 ms\s+✓ \d+ ms\s+✓✓ \d+ ms\s+✓✓ read \d+ ms/);
    expect(output).toMatch(/webhook ✓ signed msg_/);
    const [send, readInbox] = output.match(/curl -s .+/g)!;
    const sent = JSON.parse((await run("sh", ["-c", send!])).stdout) as { status: string; waId: string };
    expect(sent.status).toBe("queued");
    await until(async () => (await run("sh", ["-c", readInbox!])).stdout.includes(sent.waId));
    const [origin, key] = [/http:\/\/127\.0\.0\.1:\d+/.exec(send!)![0], /wpp_[\w.-]+/.exec(send!)![0]];
    const first = blockAfter("Start `npm run demo` in one terminal.")
      .replace("http://127.0.0.1:3000", origin)
      .replace("wpp_...", key);
    const shown = (await run("sh", ["-ec", first])).stdout;
    expect(shown).toMatch(/"state":"connected"[^]*"waId":/);
    expect(shown).not.toContain('"status":4');
    const whole = blockAfter("The whole way, from nothing to a delivered message:");
    const walked = (await run("sh", ["-ec", whole], { env: { PATH: process.env["PATH"], API: `${origin}/api/v1` } }))
      .stdout;
    expect(walked).toMatch(/"text":"Hello"[^]*"text":"Hi there"/);
    const dataDir = /wpp-demo-\w+/.exec(output)?.[0];
    child.kill("SIGINT");
    expect(await exited).toBe(0);
    if (dataDir !== undefined) expect(existsSync(dataDir)).toBe(false);
  }, 120_000);
});

describe("npm start with bad configuration", () => {
  test("refuses, names every mistake, what was given and what is accepted", async () => {
    const environment = {
      PATH: process.env["PATH"],
      WPP_PORT: "99999",
      WPP_SIGNUP: "maybe",
      WPP_DATABSE_URL: "x",
      WPP_MASTER_KEY: "short",
      WPP_SERVICES: "auth,weather",
    };
    const failure = await run(process.execPath, ["scripts/start.ts"], { cwd: ROOT, env: environment }).then(
      () => undefined,
      (error: { code: number; stderr: string }) => error,
    );
    expect(failure?.code).toBe(78);
    for (const part of [
      'WPP_PORT is "99999" but must be at most 65535',
      'WPP_SIGNUP is "maybe" but must be one of "open", "closed"',
      "WPP_DATABSE_URL is not a known setting",
      "WPP_MASTER_KEY is a value that is not shown but must have at least 32 characters",
      "WPP_SERVICES",
    ]) {
      expect(failure?.stderr).toContain(part);
    }
    expect(failure?.stderr).not.toContain("short");
    expect(failure?.stderr).not.toContain("    at ");
  });
});
