/** Observed states that cannot be written are shown in place of the stored ones. */
import type { Session } from "../../../contracts/routes/session.ts";
import { jest } from "@jest/globals";
import { UnwrittenStateCache } from "../../../services/session/unwritten-states.ts";

const STORED = {
  id: "ses_1",
  node: "one",
  epoch: 3,
  state: "connected",
  reason: "linked",
} as Partial<Session> as Session;
const LOST = { sessionId: "ses_1", epoch: 3, state: "reconnecting", reason: "browser_died", since: 0 } as const;

function cacheOf(...states: (typeof LOST)[]): UnwrittenStateCache {
  const cache = new UnwrittenStateCache();
  cache.note({ node: "one", states: states.map((state) => ({ ...state, evidence: { browser: "down" } })) });
  return cache;
}

test("the session's own node says what is true", () => {
  expect(cacheOf(LOST).apply(STORED)).toEqual({
    ...STORED,
    state: "reconnecting",
    reason: "browser_died",
    since: "1970-01-01T00:00:00.000Z",
    evidence: { browser: "down", stored: false },
  });
});

test("another node, an earlier run, and a list that is empty by now say nothing", () => {
  const cache = cacheOf(LOST);
  for (const other of [
    { ...STORED, node: "two" },
    { ...STORED, node: null },
    { ...STORED, epoch: 4 },
    { ...STORED, id: "ses_2" },
  ])
    expect(cache.apply(other)).toBe(other);
  cache.note({ node: "one", states: [] });
  expect(cache.apply(STORED)).toBe(STORED);
});

test("a node that has been silent for a while says nothing", () => {
  const cache = cacheOf(LOST);
  const now = Date.now();
  jest.spyOn(Date, "now").mockReturnValue(now + 6_000);
  expect(cache.apply(STORED)).toBe(STORED);
  jest.restoreAllMocks();
});
