/**
 * `npm run bench:browser [sessions …]`: what sessions with a browser cost, beside plain wppconnect with its default
 * options in the same run: memory, idle CPU, sends, the time to a QR code and from the scan to connected. Prints a table
 * for bench/RESULTS.md.
 */
import { fork, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { ratio, round, toMarkdown, type Figure } from "./figures.ts";
import type { Job, Report, SendOrder } from "./servers/browser-sessions.ts";

const TENANT = "ten_bench";
const SETTLE_MS = 15_000;
const IDLE_MS = 15_000;
const SENDS = 200;
const TICKS_PER_SECOND = 100;

interface Measured {
  readonly megabytes: number;
  /** Percent of a core. */
  readonly idle: number;
  readonly perSecond: number;
  readonly toQr: number;
  readonly toConnected: number;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process has ended meanwhile.
    return "";
  }
}

/** The process and everything that it has started. */
function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

/** Proportional set size, in MB. */
function memoryOf(pids: readonly number[]): number {
  const sizes = pids.map((pid) => Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** CPU time so far, in ms. */
function cpuOf(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const stat = read(`/proc/${pid}/stat`);
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    return Number(user ?? 0) + Number(system ?? 0);
  });
  return (ticks.reduce((sum, count) => sum + count, 0) * 1000) / TICKS_PER_SECOND;
}

function next<T extends Report["type"]>(child: ChildProcess, type: T): Promise<Extract<Report, { type: T }>> {
  return new Promise((resolve, reject) => {
    const onMessage = (report: Report): void => {
      if (report.type !== type) return;
      child.off("message", onMessage);
      resolve(report as Extract<Report, { type: T }>);
    };
    child.on("message", onMessage);
    child.once("exit", (code) => reject(new Error(`the sessions ended with ${code}`)));
  });
}

async function measure(sandbox: Sandbox, subject: Job["subject"], sessions: number): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), "wpp-bench-browser-"));
  const job: Job = { subject, sessions, dir, endpoint: sandbox.endpoint };
  const child = fork(join(import.meta.dirname, "servers/browser-sessions.ts"), [JSON.stringify(job)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const toQr: number[] = [];
  const toConnected: number[] = [];
  try {
    for (let index = 0; index < sessions; index += 1) {
      const { phone } = await sandbox.phones.create(TENANT, { name: `${subject} ${index}` });
      const { text, ms } = await next(child, "qr");
      toQr.push(ms);
      const scanned = Date.now();
      const connected = next(child, "connected");
      await sandbox.phones.scan(TENANT, phone, { qr: text });
      toConnected.push((await connected).at - scanned);
    }
    await wait(SETTLE_MS);
    const pids = treeOf(child.pid!);
    const before = cpuOf(pids);
    await wait(IDLE_MS);
    const idle = ((cpuOf(pids) - before) / IDLE_MS) * 100;
    const megabytes = memoryOf(treeOf(child.pid!));
    const peer = await sandbox.phones.create(TENANT, { name: "Receiver" });
    const send = async (count: number): Promise<number> => {
      const sent = next(child, "sent");
      child.send({ to: peer.chatId, count } satisfies SendOrder);
      return (await sent).ms;
    };
    await send(10);
    const perSecond = (SENDS * sessions * 1000) / (await send(SENDS));
    return { megabytes, idle, perSecond, toQr: median(toQr), toConnected: median(toConnected) };
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    for (const pid of treeOf(child.pid!).toReversed()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended already.
      }
    }
    await ended;
    rmSync(dir, { recursive: true, force: true });
  }
}

const given = process.argv.slice(2).map(Number);
const counts = given.length > 0 ? given : [1, 2, 4, 8];
const dir = mkdtempSync(join(tmpdir(), "wpp-bench-sandbox-"));
const sandbox = await openSandbox({ dataDir: dir, host: "127.0.0.1" });
const figures: Figure[] = [];
try {
  for (const count of counts) {
    const library = await measure(sandbox, "library", count);
    const driver = await measure(sandbox, "driver", count);
    const compare = (what: string, unit: string, pick: (of: Measured) => number): void => {
      const [ours, theirs] = [pick(driver), pick(library)];
      figures.push({
        what: `${what}, ${count} sessions`,
        value: `${round(ours)} ${unit}`,
        comparison: `${ratio(ours, theirs)} plain wppconnect (${round(theirs)} ${unit})`,
      });
    };
    compare("memory (PSS, with Node)", "MB", ({ megabytes }) => megabytes);
    compare("idle CPU", "% of a core", ({ idle }) => idle);
    compare("sends, all sessions at once", "per second", ({ perSecond }) => perSecond);
    compare("start to QR code", "ms", ({ toQr }) => toQr);
    compare("scan to connected", "ms", ({ toConnected }) => toConnected);
    process.stdout.write(`${toMarkdown([{ title: "Sessions with a browser", figures: figures.slice(-5) }])}\n\n`);
  }
} finally {
  await sandbox.close();
  rmSync(dir, { recursive: true, force: true });
}
process.stdout.write(`${toMarkdown([{ title: "Sessions with a browser", figures }])}\n`);
