/** What the sessions on a node amount to. */
import type { NodeLoad } from "../db/statements/sessions/nodes.ts";
import type { SessionLifecycle } from "./lifecycle/session-lifecycle.ts";

/** The load of a node that runs these sessions. */
export function loadOf(lifecycles: Iterable<SessionLifecycle>): NodeLoad {
  let [load, sessions, starting] = [0, 0, 0];
  for (const { phase, session } of lifecycles) {
    load += session.weight;
    sessions += 1;
    if (phase !== "running" || session.state === "starting") starting += 1;
  }
  return { load, sessions, starting };
}

/** How many of the sessions are in each state. */
export function countStates(lifecycles: Iterable<SessionLifecycle>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { session } of lifecycles) counts[session.state] = (counts[session.state] ?? 0) + 1;
  return counts;
}
