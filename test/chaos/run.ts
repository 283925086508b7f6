/**
 * `npm run chaos -- --scenario kill --reps 10 --seed 1`: a real cluster (two app processes, three session nodes, the
 * simulated WhatsApp network, PostgreSQL, NATS and Redis) under load, with one fault after the other. A checker counts
 * what was lost, doubled, out of order or missed. Several scenarios, separated by commas, or `all`, run one after the
 * other; so do those that kill a process at a step of a message with `crash-points`. They are in scenarios.ts and crashes.ts.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mountVolume } from "../harness/volume.ts";
import type { DriverName } from "../journeys/pairing.ts";
import { isSound, judge, type Verdict } from "./checker.ts";
import { CRASH_FILE, CRASHES } from "./crashes.ts";
import type { Measures } from "./scenario.ts";
import { playAll, SCENARIOS } from "./scenarios.ts";
import { openStage } from "./stage.ts";

const { values } = parseArgs({
  options: {
    scenario: { type: "string", default: "kill" },
    reps: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    sessions: { type: "string", default: "12" },
    driver: { type: "string", default: "light" },
    rate: { type: "string", default: "20" },
    seconds: { type: "string" },
  },
});
const print = (text: string) => process.stdout.write(`${text}\n`);

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** One line for each thing measured: `takeover p50 400 ms, max 740 ms`. */
function summarize(all: readonly Measures[]): string[] {
  const names = [...new Set(all.flatMap((measures) => Object.keys(measures)))];
  return names.map((name) => {
    const sorted = all.flatMap((measures) => measures[name] ?? []).toSorted((a, b) => a - b);
    const unit = name.endsWith("(count)") ? "" : " ms";
    const [middle, most] = [percentile(sorted, 0.5), sorted.at(-1)!].map((ms) => `${Math.round(ms)}${unit}`);
    return `${name}: p50 ${middle}, max ${most} (${sorted.length})`;
  });
}

const COLUMNS: readonly (keyof Verdict)[] = [
  "accepted",
  "refused",
  "lost",
  "doubled",
  "disordered",
  "stale",
  "conflicts",
  "eventGaps",
  "resent",
];

const GROUPS: Readonly<Record<string, string[]>> = {
  all: Object.keys(SCENARIOS).filter((name) => SCENARIOS[name]!.needsVolume !== true),
  "crash-points": Object.keys(CRASHES),
};
const names = GROUPS[values.scenario] ?? values.scenario.split(",");
const options = {
  reps: Number(values.reps),
  seed: Number(values.seed),
  seconds: values.seconds === undefined ? null : Number(values.seconds),
};
const CRASHABLE = {
  NODE_OPTIONS: `--import ${join(import.meta.dirname, "crash-points.mjs")}`,
  CRASH_POINT_FILE: CRASH_FILE,
};
const rows: string[] = [];
for (const name of names) {
  print(`${name}: ${(SCENARIOS[name] ?? CRASHES[name])?.says ?? "?"}; ${options.reps} times, seed ${options.seed}`);
  const volume = SCENARIOS[name]?.needsVolume === true ? mountVolume() : null;
  const stage = await openStage({
    volume,
    sessions: Number(values.sessions),
    driver: values.driver as DriverName,
    rate: Number(values.rate),
    ...(name in CRASHES ? { environment: CRASHABLE } : {}),
  });
  try {
    const measured = await playAll(stage, name, options, (number, measures) => {
      const figures = Object.entries(measures).map(([what, figure]) => `${what} ${Math.round(figure)}`);
      print(`  ${number + 1}/${options.reps}  ${figures.join(", ")}; ${stage.load.accepted.length} accepted`);
    });
    await stage.load.stop();
    const verdict = await judge(stage.cluster, stage, [...stage.phones.keys()]);
    const statuses = [...stage.load.refused].map(([status, count]) => `${status || "no answer"}: ${count}`);
    rows.push(`| ${name} | ${options.reps} | ${COLUMNS.map((column) => verdict[column]).join(" | ")} |`);
    for (const line of summarize(measured)) print(`  ${line}`);
    if (statuses.length > 0)
      print(`  refused: ${statuses.join(", ")}; slowest ${Math.round(stage.load.slowestRefusal)} ms`);
    print(`  ${isSound(verdict) ? "sound" : `NOT SOUND: ${JSON.stringify(verdict)}`}`);
    if (!isSound(verdict)) process.exitCode = 1;
  } catch (error) {
    for (const [process_, { output }] of stage.cluster.processes) print(`--- ${process_}\n${output().slice(-2_000)}`);
    throw error;
  } finally {
    await stage.load.stop();
    await stage.cluster.stop();
    volume?.remove();
  }
}
print(`| scenario | faults | ${COLUMNS.join(" | ")} |`);
print(`| --- | ${COLUMNS.map(() => "--:").join(" | ")} | --: |`);
for (const row of rows) print(row);
