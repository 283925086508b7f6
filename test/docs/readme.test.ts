/** The README's first steps are run as written, in a shell of their own. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { TestClient } from "../harness/client.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { blockAfter } from "../harness/readme.ts";
import { until } from "../harness/system.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const OWNER = { email: "ada@acme.example", password: "seven green bicycles" };

interface Run {
  output(): string;
  readonly ended: Promise<number | null>;
  end(): void;
}

let dataDir: string;
let system: SystemProcess;
const runs: Run[] = [];

beforeEach(() => {
  dataDir = makeDataDir();
});
afterEach(async () => {
  for (const run of runs.splice(0)) run.end();
  await system?.end("SIGTERM");
  await cleanUp(dataDir);
}, 30_000);

/** Runs a program on its standard input in the project's folder. */
function run(program: readonly string[], input: string, environment: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(program[0]!, program.slice(1), {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], HOME: dataDir, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once("close", done));
  child.stdin.end(input);
  const end = () => {
    // The whole group: a shell's commands outlive it.
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, "SIGKILL");
  };
  runs.push({ output: () => output, ended, end });
  return runs.at(-1)!;
}

const shell = (steps: string, environment: Readonly<Record<string, string>> = {}) =>
  run(["sh", "-e"], steps, environment);

test("its first steps lead from nothing to a delivered message, an answer, and live events", async () => {
  system = await startProcess({ dataDir });
  const steps = blockAfter("The whole way, from nothing to a delivered message:");
  const walk = shell(`${steps}\nenv | grep ^TOKEN=\n`, { API: `${system.origin}/api/v1` });
  expect([await walk.ended, walk.output()]).toEqual([0, expect.stringContaining('"text":"Hi there"')]);
  expect(walk.output()).toContain('"text":"Hello"');
  expect(walk.output()).not.toContain('"status":4');

  const TOKEN = /^TOKEN=(.+)$/m.exec(walk.output())![1]!;
  const program = blockAfter("Live events over Socket.io", "js").replace("http://127.0.0.1:3000", system.origin);
  const node = [process.execPath, "--input-type=module", "-"];
  const listener = run(node, program, { TOKEN });
  await until(() => listener.output().includes("connected"), 20_000);
  const api = new TestClient(system.origin, { authorization: `Bearer ${TOKEN}` });
  await api.expect(202, "POST", "/sessions/main/messages", { to: "+15550102000", type: "text", text: "Again" });
  await until(() => listener.output().includes("message:delivered"), 20_000);
  const stranger = run(node, program);
  await until(() => /refused: .+auth/.test(stranger.output()), 20_000);
}, 90_000);

test("its way to a real phone leads from the one-time link to a QR code in the terminal", async () => {
  system = await startProcess({ dataDir, environment: { WPP_SIGNUP: "closed" } });
  const steps = blockAfter("The same from another terminal, in the project's folder:")
    .replace("http://127.0.0.1:3000", system.origin)
    .replace("data/first-run.txt", join(dataDir, "first-run.txt"))
    .replace('"network":"whatsapp"', '"network":"sandbox"');
  const walk = shell(steps, { WPP_URL: system.origin });
  await until(() => {
    if (walk.output().includes('"status":4')) throw new Error(walk.output());
    return walk.output().includes("scan this code for session main");
  }, 40_000);
  const anonymous = new TestClient(system.origin);
  const { accessToken } = await anonymous.expect<{ accessToken: string }>(200, "POST", "/auth/login", OWNER);
  const owner = anonymous.with({ authorization: `Bearer ${accessToken}` });
  const { phone } = await owner.expect<{ phone: string }>(201, "POST", "/sandbox/phones", {});
  const { qr } = await owner.expect<{ qr: string }>(200, "GET", "/sessions/main/qr?wait=10");
  await owner.expect(200, "POST", `/sandbox/phones/${phone}/scan`, { qr });
  expect([await walk.ended, walk.output()]).toEqual([0, expect.stringContaining(`Connected as ${phone}`)]);
}, 90_000);
