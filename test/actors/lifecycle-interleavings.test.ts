/**
 * Two things happen to a session, the second at every step of the first: whatever the order, it never has two drivers, nothing
 * of it is left behind, and what was asked for last comes true.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NEXT_PHASES, type Command } from "../../actors/lifecycle/phases.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { registerNode } from "../../db/statements/sessions/nodes.ts";
import { isOnPostgres } from "../harness/database.ts";
import { addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { LifecycleBed } from "./lifecycle-bed.ts";
import { StepScheduler } from "./step-scheduler.ts";

const COMMANDS: readonly Command[] = [
  "restart",
  "stop",
  "logout",
  "delete",
  "recover",
  "clean_up",
  "release",
  "abandon",
];
/** On SQLite every step is tried; PostgreSQL answers later, so each third is. */
const STRIDE = isOnPostgres ? 3 : 1;

let dataDir = "";
let database: Database;
let tenantId: Id<"tenant">;
let runs = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-lifecycle-"));
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  await registerNode(database, { incarnation: "me", nodeId: "node", hostId: "host", ttl: 3_600_000 });
});

afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function createBed(first: Command): Promise<LifecycleBed> {
  runs += 1;
  const bed = await LifecycleBed.create(database, tenantId, "me", new StepScheduler(runs, `s${runs}`, dataDir));
  if (first === "start") {
    bed.lifecycle.request("start");
    return bed;
  }
  bed.lifecycle.request("start");
  await bed.settle();
  expect(bed.lifecycle.phase).toBe("running");
  await bed.happen(first);
  return bed;
}

/** What must be so when everything has come to rest. */
async function check(bed: LifecycleBed): Promise<void> {
  const { lifecycle, drivers, phases } = bed;
  const { session, phase } = lifecycle;
  const story = `${bed.scheduler.name}: ${phases.join(" > ")} | ${bed.scheduler.trace.join(" ")}`;
  const placement = await bed.placement();
  const problems = [...bed.faults];
  for (const [index, next] of phases.entries())
    if (index > 0 && !NEXT_PHASES[phases[index - 1]!].includes(next)) problems.push(`phase ${next} out of order`);
  if (phase === "running") {
    if ([...drivers].join() !== String(session.epoch)) problems.push(`drivers of epochs ${[...drivers].join()}`);
    if (placement?.owner !== "me" || placement.epoch !== session.epoch) problems.push("it runs and is not ours");
    if (placement?.desired !== "running") problems.push(`it runs and should be ${placement?.desired ?? "deleted"}`);
    if (placement?.restart_token !== placement?.started_token) problems.push("a restart was forgotten");
  } else if (phase === "gone") {
    if (drivers.size > 0) problems.push("a driver was left behind");
    if (placement?.owner === "me") problems.push("it was not released");
    if (placement?.owner === null && placement.desired === "stopped" && !ENDED.has(placement.state))
      problems.push(`it is stopped and its row has ${placement.state}`);
    if (placement !== undefined && placement.desired === "deleted" && placement.owner === "me")
      problems.push("it was not deleted");
  } else problems.push(`it stays ${phase}`);
  if (phase === "gone" && bed.startSlots.isFull) problems.push("its start slot is held for ever");
  expect({ problems, story: problems.length > 0 ? story : "" }).toEqual({ problems: [], story: "" });
}

const ENDED = new Set(["stopped", "logged_out", "failed"]);

describe.each(["start", ...COMMANDS] as const)("while %s is under way", (first) => {
  test.each(COMMANDS)(
    "comes %s",
    async (second) => {
      const alone = await createBed(first);
      const before = alone.scheduler.trace.length;
      await alone.reconcile();
      await check(alone);
      const steps = alone.scheduler.trace.length - before;
      for (let at = 0; at <= steps; at += STRIDE) {
        const bed = await createBed(first);
        await bed.scheduler.run(() => bed.isIdle, at);
        await bed.happen(second);
        await bed.reconcile();
        await check(bed);
        // The device is removed, whenever the logout came: a session that is not up yet comes up first.
        if (first === "start" && second === "logout") expect((await bed.placement())?.state).toBe("logged_out");
      }
    },
    120_000,
  );
});

describe("while it waits for a start slot", () => {
  test.each(COMMANDS)("comes %s", async (command) => {
    runs += 1;
    const bed = await LifecycleBed.create(database, tenantId, "me", new StepScheduler(runs, `s${runs}`, dataDir));
    const release = await bed.startSlots.acquire(new AbortController().signal);
    bed.lifecycle.request("start");
    await bed.scheduler.run(() => bed.lifecycle.phase === "waiting");
    expect((await bed.placement())?.state).toBe("starting");
    await bed.happen(command);
    // What does not need the slot must not wait for it.
    if (ENDS_A_START.has(command)) await bed.settle();
    expect(bed.lifecycle.phase).toBe(ENDS_A_START.has(command) ? "gone" : "waiting");
    release();
    await bed.reconcile();
    await check(bed);
  });
});

const ENDS_A_START: ReadonlySet<Command> = new Set(["stop", "delete", "release"]);
