/**
 * The short form of `npm run chaos`: six faults, three times each, on one cluster under load. Nothing that was accepted
 * is lost, doubled or out of order, no event is missed, and no stale run of a session sends.
 */
import { judge, type Verdict } from "./checker.ts";
import { playAll } from "./scenarios.ts";
import { openStage, type Stage } from "./stage.ts";

const SOUND: Partial<Verdict> = {
  lost: 0,
  doubled: 0,
  disordered: 0,
  stale: 0,
  conflicts: 0,
  eventGaps: 0,
};

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ sessions: 6, driver: "light", rate: 12 });
}, 120_000);

afterAll(async () => {
  await stage?.load.stop();
  await stage?.cluster.stop();
}, 60_000);

test.each(["kill", "restart", "freeze", "database-cut", "nats-cut", "database-restart"])(
  "%s, three times",
  async (scenario) => {
    const measured = await playAll(stage, scenario, { reps: 3, seed: 1, seconds: 2 }, () => undefined);
    expect(measured).toHaveLength(3);
    // Sends need neither NATS nor Redis.
    if (scenario === "nats-cut") expect(measured.map((each) => each["refused (count)"])).toEqual([0, 0, 0]);
  },
  120_000,
);

test("nothing was lost, doubled, out of order or missed", async () => {
  await stage.load.stop();
  const verdict = await judge(stage.cluster, stage, [...stage.phones.keys()]);
  expect(verdict).toMatchObject(SOUND);
  expect(verdict.accepted).toBeGreaterThan(200);
}, 180_000);
