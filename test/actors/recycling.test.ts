/** Which browser is restarted because it is fat or old. */
import type { SessionLifecycle } from "../../actors/lifecycle/session-lifecycle.ts";
import { chooseRecycling, type RecyclingLimits } from "../../actors/recycling.ts";

const LIMITS: RecyclingLimits = { bytes: 1_000, age: 1_000, quiet: 1_000 };
const QUIET = performance.now() - 5_000;

/** A running session; `changes` is what differs from a connected one in which nothing happens. */
function session(sessionId: string, changes: { phase?: string; state?: string; activeAt?: number } = {}) {
  const { phase = "running", state = "connected", activeAt = QUIET } = changes;
  return { phase, session: { sessionId, state, activeAt } } as unknown as SessionLifecycle;
}

const choose = (sessions: SessionLifecycle[], usage: [string, number, number][], limits = LIMITS) =>
  chooseRecycling(
    sessions,
    usage.map(([sessionId, bytes, age]) => ({ sessionId, bytes, age })),
    limits,
  )?.session.sessionId;

test("of those beyond a limit, the one that uses most", () => {
  const sessions = ["a", "b", "c", "d"].map((id) => session(id));
  const usage: [string, number, number][] = [
    ["a", 999, 999],
    ["b", 1_001, 0],
    ["c", 2_000, 0],
    ["d", 10, 2_000],
  ];
  expect(choose(sessions, usage)).toBe("c");
  expect(choose(sessions, usage.slice(0, 1))).toBeUndefined();
  expect(choose(sessions, [usage[3]!])).toBe("d");
  expect(choose(sessions, [usage[3]!], { ...LIMITS, age: null })).toBeUndefined();
});

test.each([
  ["something has just happened", { activeAt: performance.now() + 60_000 }],
  ["it is not connected", { state: "reconnecting" }],
  ["it is being stopped", { phase: "stopping" }],
])("not when %s", (_case, changes) => {
  expect(choose([session("a", changes)], [["a", 5_000, 5_000]])).toBeUndefined();
});
