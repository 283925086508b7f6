/** Crash points: a process is killed between two steps on the way of a message. */
import { existsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../harness/system.ts";
import type { Scenario } from "./scenario.ts";
import { allOwned, revive } from "./stage.ts";

/** Where a process can be killed on the way of a message; crash-points.mjs knows them. */
const CRASH_POINTS = [
  "accept-before-commit",
  "accept-after-commit",
  "claim-before-commit",
  "claim-after-commit",
  "send-before",
  "send-after",
  "acknowledge-before-commit",
  "acknowledge-after-commit",
] as const;

/** The file that arms a crash point, for stages with crash-points.mjs. */
export const CRASH_FILE = join(tmpdir(), `wpp-crash-point-${process.pid}`);

/** Kills a process at this point, and waits until everything that was accepted by then is sent. */
function crashAt(point: (typeof CRASH_POINTS)[number]): Scenario["play"] {
  return async (stage) => {
    writeFileSync(CRASH_FILE, point);
    // A point that no process reaches makes the run fail.
    await until(() => !existsSync(CRASH_FILE), 60_000);
    const begun = performance.now();
    const killed = await until(async () => {
      const names = await revive(stage);
      return names.length > 0 && names;
    }, 60_000);
    expectOne(killed, point);
    await allOwned(stage);
    const sql = "SELECT max(seq) AS seq FROM messages";
    const { seq } = (await stage.cluster.database.query<{ seq: string | null }>(sql)).rows[0]!;
    const isSent = async () => {
      const { rows } = await stage.cluster.database.query(
        "SELECT 1 FROM messages WHERE seq <= $1 AND direction = 'outbound' AND status NOT IN ('sent', 'delivered', 'read')",
        [seq ?? 0],
      );
      return rows.length === 0;
    };
    await until(isSent, 60_000);
    return { "all sent": performance.now() - begun };
  };
}

function expectOne(killed: readonly string[], point: string): void {
  if (killed.length !== 1 || existsSync(CRASH_FILE))
    throw new Error(`the crash point ${point} ended ${killed.join(", ")} instead of one process`);
}

/** The scenarios of the crash points. */
export const CRASHES: Readonly<Record<string, Scenario>> = Object.fromEntries(
  CRASH_POINTS.map((point) => [point, { says: `a process is killed at the point ${point}`, play: crashAt(point) }]),
);
