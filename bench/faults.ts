/**
 * `npm run bench:faults [words of a fault, or leaks …]`: each fault is injected for real into sessions on real Chromium, at least
 * ten times: how long until the session shows it with the right reason, and until it is connected again. After that,
 * start/stop cycles and kills, and what they leave behind. Prints tables for bench/RESULTS.md.
 */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Session } from "../contracts/routes/session.ts";
import { registerTenant, type TestClient } from "../test/harness/client.ts";
import { cleanUp, makeDataDir, startProcess } from "../test/harness/process.ts";
import { connected, inboxOf, makePhone, pairSession } from "../test/journeys/pairing.ts";
import { browserOf, FAULTS, type Bed, type Fault, type Target } from "./browser-faults.ts";
import { percentile, round, toMarkdown, type Figure } from "./figures.ts";

const SESSIONS = 5;
const ROUNDS = 2;
const CYCLES = 50;
const KILLS = 20;
/** ms. */
const LOOK_EVERY = 50;
const NOTICED_WITHIN = 60_000;

interface Sample {
  readonly noticed: number;
  /** From the end of the fault, or from its start if it ends of itself. */
  readonly back: number;
  readonly wrong: readonly string[];
}

async function stateOf(api: TestClient, name: string): Promise<string> {
  const { state, reason } = await api.expect<Session>(200, "GET", `/sessions/${name}`);
  return `${state}/${reason}`;
}

/** ms until the session shows one of the states; what it showed instead, other than what it showed before. */
async function until(api: TestClient, name: string, wanted: readonly string[], within: number) {
  const began = performance.now();
  const before = await stateOf(api, name);
  const others = new Set<string>();
  for (let shown = before; ; shown = await stateOf(api, name)) {
    if (wanted.includes(shown)) return { ms: performance.now() - began, others: [...others] };
    if (shown !== before) others.add(shown);
    if (performance.now() - began > within) throw new Error(`${name} shows ${shown} instead of ${wanted.join(" or ")}`);
    await pause(LOOK_EVERY);
  }
}

async function injectInto(bed: Bed, fault: Fault, target: Target): Promise<Sample> {
  const began = performance.now();
  const end = await fault.inject(bed, target);
  const { ms: noticed, others } = await until(bed.api, target.name, fault.shows, NOTICED_WITHIN);
  await pause(Math.max(0, fault.lasts - (performance.now() - began)));
  const ended = performance.now();
  await end();
  await fault.mend?.(bed, target);
  await connected(bed.api, target.name).catch(() => connected(bed.api, target.name));
  return { noticed, back: performance.now() - ended, wrong: others };
}

async function measureFault(bed: Bed, fault: Fault, targets: readonly Target[]): Promise<Figure> {
  const samples: Sample[] = [];
  for (let round_ = 0; round_ < ROUNDS; round_ += 1) {
    samples.push(...(await Promise.all(targets.map((target) => injectInto(bed, fault, target)))));
    // The restarts' own consequences are over before the next fault.
    await pause(3_000);
  }
  const seconds = (values: readonly number[]): string =>
    `p50 ${round(percentile(values, 50) / 1000)} s, max ${round(Math.max(...values) / 1000)} s`;
  const wrong = [...new Set(samples.flatMap((sample) => sample.wrong))];
  const first = wrong.length === 0 ? "" : `, after ${wrong.join(", ")}`;
  return {
    what: fault.name,
    value: `${fault.shows.join(" or ")}${first}: ${seconds(samples.map(({ noticed }) => noticed))}`,
    comparison: `${seconds(samples.map(({ back }) => back))} (${samples.length} times)`,
  };
}

/** What the system and its browsers hold. */
function holdings(
  bed: Bed,
  pid: number,
  targets: readonly Target[],
): { files: number; megabytes: number; browsers: number } {
  const files = readdirSync(`/proc/${pid}/fd`).length;
  const megabytes =
    Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024;
  return { files, megabytes, browsers: targets.flatMap((target) => browserOf(bed, target).all).length };
}

async function stopAll({ api }: Bed, targets: readonly Target[]): Promise<void> {
  await Promise.all(
    targets.map(async ({ name }) => {
      await api.expect(202, "POST", `/sessions/${name}/stop`);
      await api.until<Session>(`/sessions/${name}`, ({ state }) => state === "stopped", 30_000);
    }),
  );
}

async function startAll({ api }: Bed, targets: readonly Target[]): Promise<void> {
  for (const { name } of targets) await api.expect(202, "POST", `/sessions/${name}/start`);
  await Promise.all(targets.map(({ name }) => connected(api, name)));
}

/** Repeats something that must leave nothing behind. */
async function measureLeaks(bed: Bed, pid: number, targets: readonly Target[]): Promise<Figure[]> {
  const [first, second] = targets.slice(0, 2);
  const pair = [first!, second!];
  const figures: Figure[] = [];
  const repeat = async (what: string, times: number, once: () => Promise<void>): Promise<void> => {
    await stopAll(bed, targets);
    const before = holdings(bed, pid, targets);
    for (let done = 0; done < times; done += pair.length) {
      await once();
      process.stderr.write(`${what}: ${done + pair.length} of ${times}\r`);
    }
    await stopAll(bed, pair);
    await bed.api.ask("POST", "/health/collect");
    const after = holdings(bed, pid, targets);
    figures.push({
      what: `${times} ${what}, left behind`,
      value: `${after.browsers} processes, ${after.files - before.files} descriptors`,
      comparison: `${round(after.megabytes - before.megabytes)} MB of the system's own (before ${round(before.megabytes)} MB)`,
    });
  };
  await repeat("start/stop cycles", CYCLES, async () => {
    await startAll(bed, pair);
    await stopAll(bed, pair);
  });
  await repeat("kills of a browser", KILLS, async () => {
    await startAll(bed, pair);
    const kill = FAULTS[0]!;
    await Promise.all(pair.map((target) => injectInto(bed, kill, target)));
    // Many deaths in a row of one run would be a crash loop.
    await stopAll(bed, pair);
  });
  return figures;
}

/** Each message of the run that reached a phone did so once. */
async function countDoubled({ api }: Bed, peer: string): Promise<number> {
  return (await inboxOf(api, peer)).filter(({ duplicates }) => duplicates > 0).length;
}

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const chosen = FAULTS.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
);
const dataDir = makeDataDir();
try {
  const system = await startProcess({ dataDir, environment: { WPP_THREADS: "2" } });
  const bed: Bed = { api: await registerTenant(system.origin), dataDir };
  const peer = await makePhone(bed.api, "Peer");
  const targets: Target[] = [];
  for (let index = 0; index < SESSIONS; index += 1) {
    const phone = await makePhone(bed.api, `Phone ${index}`);
    const { id, name } = await pairSession(bed.api, `session-${index}`, "browser", phone);
    targets.push({ id, name, phone, peer });
  }
  const figures: Figure[] = [];
  for (const fault of chosen) {
    process.stderr.write(`${fault.name} …\n`);
    figures.push(
      await measureFault(bed, fault, targets).catch((error: unknown) => ({ what: fault.name, value: String(error) })),
    );
    process.stdout.write(`${JSON.stringify(figures.at(-1))}\n`);
    await Promise.all(targets.map(({ name }) => connected(bed.api, name)));
  }
  figures.push({ what: "messages that arrived twice", value: String(await countDoubled(bed, peer)) });
  const leaks = words.length > 0 && !words.includes("leaks") ? [] : await measureLeaks(bed, system.pid, targets);
  process.stdout.write(
    `${toMarkdown([
      { title: "Faults of a browser: noticed, and back", figures },
      ...(leaks.length > 0 ? [{ title: "Starts, stops and kills", figures: leaks }] : []),
    ])}\n`,
  );
  await system.end("SIGTERM");
} finally {
  await cleanUp(dataDir);
}
