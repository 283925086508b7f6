/** How a session node ends: in order, with a bound for each step, or at once. */
import { join } from "node:path";
import { within } from "../concurrency/deadline.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { SendQueues } from "../outbox/send-queue.ts";
import type { ActorPool } from "./actor-pool.ts";
import { killDrivers } from "./driver-factory.ts";
import type { Lease } from "./lease.ts";
import type { SessionLifecycle } from "./lifecycle/session-lifecycle.ts";
import type { Recorder } from "./recording/recorder.ts";

/** ms for each step of a stop. Together they stay below the time that a process has to stop. */
const STEPS = { sends: 1_000, sessions: 4_000, threads: 500, events: 500 } as const;
/** ms within which everything must have ended after the lease was lost. */
const KILL_WITHIN = 5_000;

export interface NodeParts {
  readonly sessions: ReadonlyMap<string, SessionLifecycle>;
  readonly lease: Lease;
  readonly sendQueues: SendQueues;
  readonly pool: ActorPool;
  readonly recorder: Recorder;
  readonly dataDir: string;
  readonly log: ActorLog;
}

/**
 * Releases every session, all of which stay linked, and ends the lease: in any case, and last. What a hanging browser or
 * the database keeps from ending in order is killed before that.
 */
export async function stopNode(parts: NodeParts): Promise<void> {
  const { sessions, lease, sendQueues, pool, recorder, log } = parts;
  const bounded = (work: Promise<unknown>, ms: number, failure: string) =>
    within(work, ms, () => new Error(failure)).catch((error: unknown) =>
      log("warn", "the node does not stop in order", { error: String(error) }),
    );
  // The send queues write their last outcomes, for which the database may be missing.
  const sends = bounded(sendQueues.stop(STEPS.sends), STEPS.sends + 500, "some sends did not end in time");
  await Promise.all([lease.announceStop(), sends]);
  const lifecycles = [...sessions.values()];
  for (const lifecycle of lifecycles) lifecycle.request("release");
  const idle = Promise.all(lifecycles.map((lifecycle) => lifecycle.idle()));
  await bounded(idle, STEPS.sessions, "some sessions did not close in time");
  await bounded(pool.close(), STEPS.threads, "some threads did not end in time");
  await bounded(recorder.drain(), STEPS.events, "some events were not stored in time");
  if (sessions.size > 0) await bounded(endEverything(parts), STEPS.threads * 2, "something still runs");
  await lease.stop();
}

/** Ends everything that runs here, at once and without the database. Rejects when something may still run. */
export async function killNode(parts: NodeParts): Promise<void> {
  await within(endEverything(parts), KILL_WITHIN, () => new Error("not everything has ended in time"));
}

async function endEverything({ sessions, pool, dataDir }: NodeParts): Promise<void> {
  const profiles = [...sessions.keys()].map((sessionId) => join(dataDir, "profiles", sessionId));
  await Promise.all([pool.kill(), killDrivers(profiles)]);
}
