/**
 * Every order in which two nodes can renew, reap, claim, send and complete, from every start state: no message is sent
 * twice or lost, no epoch falls, and a run that was taken over changes nothing.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../db/database.ts";
import { openTestDatabase } from "../harness/session-rows.ts";
import {
  ordersOf,
  START_STATES,
  World,
  type Sight,
  type StartState,
  type StepName,
  type TestNode,
} from "./two-nodes.ts";

type Step = readonly ["a" | "b", StepName];

function steps(node: "a" | "b", names: readonly StepName[]): Step[] {
  return names.map((name) => [node, name]);
}

/** The owner goes on, and another node takes over as soon as it may. */
const OWNER = steps("a", ["renew", "claimMessage", "send", "complete"]);
const HEIR = [...steps("a", ["expire"]), ...steps("b", ["reap", "claimSession", "claimMessage", "send", "complete"])];
/** Both want the session. */
const RIVAL = steps("a", ["reap", "claimSession", "claimMessage", "send", "complete"]);
const PROGRAMS = [
  [OWNER, HEIR],
  [RIVAL, HEIR],
] as const;
/** What the live nodes do afterwards, until nothing is left to do. */
const SETTLE: readonly StepName[] = ["renew", "reap", "claimSession", "claimMessage", "send", "complete"];
const ROUNDS = 3;
/** Steps after which the placement or the message can be another one. */
const CHANGING: ReadonlySet<StepName> = new Set(["claimSession", "claimMessage", "complete"]);
/** Every so many of the 20,160 orders is played: all of them take minutes. `INTERLEAVINGS=all` plays them. */
const STRIDE = process.env["INTERLEAVINGS"] === "all" ? 1 : 4;

const MEMORY = "/dev/shm";

let dataDir: string;
let database: Database;
let world: World;

beforeAll(async () => {
  // In memory where there is a place for it: nothing has to survive a crash, and the orders are many.
  dataDir = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "wpp-orders-"));
  database = await openTestDatabase(dataDir);
  if (database.dialect === "postgres") {
    const [{ name }] = (await database.all<{ name: string }>("SELECT current_database() AS name")) as [
      { name: string },
    ];
    await database.run(`ALTER DATABASE "${name}" SET synchronous_commit = off`);
    await database.close();
    database = await openTestDatabase(dataDir);
  }
  world = await World.create(database);
});

afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

/** What a step may not do. */
function faultOf(node: string, step: StepName, before: Sight, after: Sight): string | undefined {
  if (after.epoch < before.epoch) return "the epoch fell";
  if ((after.message.claim_epoch ?? 0) > after.epoch) return "a claim of the future";
  if (before.message.status === "sent" && after.message.status !== "sent") return "what was sent is sent again";
  const isChanged = after.message.status !== before.message.status;
  if (step === "claimMessage" && isChanged && after.message.claim_epoch !== after.epoch)
    return "a stale run claimed it";
  if (step === "complete" && node !== before.owner && isChanged) return "a run that was taken over changed the message";
  return undefined;
}

/** Plays the order, lets the nodes finish, and returns what is wrong. */
async function play(start: StartState, order: readonly Step[]): Promise<readonly string[]> {
  const nodes: readonly TestNode[] = await world.reset(start);
  const wrong: string[] = [];
  let before = await world.look();
  for (const [who, step] of order) {
    const node = nodes[who === "a" ? 0 : 1]!;
    await node.step(step);
    if (!CHANGING.has(step)) continue;
    const after = await world.look();
    const fault = faultOf(node.name, step, before, after);
    if (fault !== undefined) wrong.push(`${node.name}.${step}: ${fault}`);
    before = after;
  }
  for (let round = 0; round < ROUNDS && before.message.status !== "sent"; round += 1) {
    for (const node of nodes) for (const step of SETTLE) await node.step(step);
    before = await world.look();
  }
  if (before.message.status !== "sent") wrong.push(`it ended as ${before.message.status}`);
  const sends = world.sends.get(before.message.wa_id) ?? 0;
  if (sends !== 1) wrong.push(`the network got it ${sends} times`);
  return wrong;
}

test("at least 5,000 orders of two nodes' steps", async () => {
  const failures: string[] = [];
  let [played, number] = [0, 0];
  for (const [first, second] of PROGRAMS)
    for (const order of ordersOf(first, second))
      for (const start of START_STATES) {
        number += 1;
        if (number % STRIDE !== 0) continue;
        played += 1;
        const wrong = await play(start, order);
        if (wrong.length > 0 && failures.length < 5)
          failures.push(
            `${JSON.stringify(start)} ${order.map((step) => step.join(".")).join(" ")}: ${wrong.join("; ")}`,
          );
      }
  expect(failures).toEqual([]);
  expect(played).toBeGreaterThanOrEqual(5_000);
}, 300_000);
