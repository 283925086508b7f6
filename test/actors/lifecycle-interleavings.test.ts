/**
 * Two commands meet in one session, the second at every step of the first: in every order it never has two drivers,
 * leaves nothing behind, and reaches the state that was requested last.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NEXT_PHASES, type Command } from "../../actors/lifecycle/phases.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { registerNode } from "../../db/statements/sessions/nodes.ts";
import { isOnPostgres } from "../harness/database.ts";
import { addTenant, nodeFacts, openTestDatabase } from "../harness/session-rows.ts";
import { LifecycleFixture } from "./lifecycle-fixture.ts";
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
/** Every step is tried on SQLite; on PostgreSQL, which is slower, every third. */
const STRIDE = isOnPostgres ? 3 : 1;

let dataDir = "";
let database: Database;
let tenantId: Id<"tenant">;
let runs = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-lifecycle-"));
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  await registerNode(database, { ...nodeFacts("node"), incarnation: "me", hostId: "host", ttl: 3_600_000 });
});

afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function createFixture(first: Command): Promise<LifecycleFixture> {
  runs += 1;
  const fixture = await LifecycleFixture.create(database, tenantId, "me", new StepScheduler(runs, `s${runs}`, dataDir));
  if (first === "start") {
    fixture.lifecycle.request("start");
    return fixture;
  }
  fixture.lifecycle.request("start");
  await fixture.settle();
  expect(fixture.lifecycle.phase).toBe("running");
  await fixture.apply(first);
  return fixture;
}

/** Checks the invariants of a session at rest. */
async function check(fixture: LifecycleFixture): Promise<void> {
  const { lifecycle, drivers, phases } = fixture;
  const { session, phase } = lifecycle;
  const history = `${fixture.scheduler.name}: ${phases.join(" > ")} | ${fixture.scheduler.trace.join(" ")}`;
  const placement = await fixture.placement();
  const problems = [...fixture.faults];
  for (const [index, next] of phases.entries())
    if (index > 0 && !NEXT_PHASES[phases[index - 1]!].includes(next)) problems.push(`phase ${next} out of order`);
  if (phase === "running") {
    if ([...drivers].join() !== String(session.epoch)) problems.push(`drivers of epochs ${[...drivers].join()}`);
    if (placement?.owner !== "me" || placement.epoch !== session.epoch)
      problems.push("it runs without owning its placement");
    if (placement?.desired !== "running") problems.push(`it runs and should be ${placement?.desired ?? "deleted"}`);
    if (placement?.restart_token !== placement?.started_token) problems.push("a restart was forgotten");
  } else if (phase === "gone") {
    if (drivers.size > 0) problems.push("a driver was left behind");
    if (placement?.owner === "me") problems.push("it was not released");
    if (placement?.owner === null && placement.desired === "stopped" && !ENDED.has(placement.state))
      problems.push(`it is stopped and its row has ${placement.state}`);
    if (placement !== undefined && placement.desired === "deleted" && placement.owner === "me")
      problems.push("it was not deleted");
  } else problems.push(`it remains ${phase}`);
  if (phase === "gone" && fixture.startSlots.isFull) problems.push("its start slot was not released");
  expect({ problems, history: problems.length > 0 ? history : "" }).toEqual({ problems: [], history: "" });
}

const ENDED = new Set(["stopped", "logged_out", "failed"]);

describe.each(["start", ...COMMANDS] as const)("during %s", (first) => {
  test.each(COMMANDS)(
    "%s arrives",
    async (second) => {
      const alone = await createFixture(first);
      const before = alone.scheduler.trace.length;
      await alone.reconcile();
      await check(alone);
      const steps = alone.scheduler.trace.length - before;
      for (let at = 0; at <= steps; at += STRIDE) {
        const fixture = await createFixture(first);
        await fixture.scheduler.run(() => fixture.isIdle, at);
        await fixture.apply(second);
        await fixture.reconcile();
        await check(fixture);
        // A session that is not connected yet connects first, so that the device is removed.
        if (first === "start" && second === "logout") expect((await fixture.placement())?.state).toBe("logged_out");
      }
    },
    120_000,
  );
});

describe("while waiting for a start slot", () => {
  test.each(COMMANDS)("%s arrives", async (command) => {
    runs += 1;
    const fixture = await LifecycleFixture.create(
      database,
      tenantId,
      "me",
      new StepScheduler(runs, `s${runs}`, dataDir),
    );
    const release = await fixture.startSlots.acquire(new AbortController().signal);
    fixture.lifecycle.request("start");
    await fixture.scheduler.run(() => fixture.lifecycle.phase === "waiting");
    expect((await fixture.placement())?.state).toBe("starting");
    await fixture.apply(command);
    // A command that does not need the slot must not wait for it.
    if (ENDS_A_START.has(command)) await fixture.settle();
    expect(fixture.lifecycle.phase).toBe(ENDS_A_START.has(command) ? "gone" : "waiting");
    release();
    await fixture.reconcile();
    await check(fixture);
  });
});

const ENDS_A_START: ReadonlySet<Command> = new Set(["stop", "delete", "release"]);
