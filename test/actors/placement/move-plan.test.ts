/** Plans move as few sessions as possible, and only where they may run. */
import { planMoves, type PlannedNode, type PlannedSession } from "../../../actors/placement/move-plan.ts";

const node = (name: string, change: Partial<PlannedNode> = {}): PlannedNode => ({
  node: name,
  takes: true,
  zone: null,
  group: null,
  capacity: 1_000,
  maxSessions: 10_000,
  ...change,
});

/** Sessions on these nodes, in turn. */
const spread = (count: number, names: readonly string[], change: Partial<PlannedSession> = {}): PlannedSession[] =>
  Array.from({ length: count }, (_, index) => ({
    sessionId: `s${index}`,
    node: names[index % names.length]!,
    weight: 1,
    zone: null,
    group: null,
    isMovable: true,
    ...change,
  }));

function after(sessions: readonly PlannedSession[], moves: ReturnType<typeof planMoves>): PlannedSession[] {
  const to = new Map(moves.map((move) => [move.sessionId, move.to]));
  return sessions.map((session) => ({ ...session, node: to.get(session.sessionId) ?? session.node }));
}

const countOn = (sessions: readonly PlannedSession[], name: string) => sessions.filter((s) => s.node === name).length;

const FOUR = ["a", "b", "c", "d"];

test.each([
  ["light sessions", 1_000, 1],
  ["browsers", 100, 400],
])("a fifth node gets its share of %s, and nothing else moves", (_what, count, weight) => {
  const sessions = spread(count, FOUR, { weight });
  const nodes = [...FOUR, "e"].map((name) => node(name));
  const moves = planMoves(nodes, sessions);
  expect(new Set(moves.map(({ to }) => to))).toEqual(new Set(["e"]));
  expect(moves.length).toBeLessThanOrEqual((count / 5) * 1.2);
  const moved = after(sessions, moves);
  for (const { node: name } of nodes)
    expect(Math.abs(countOn(moved, name) - count / 5)).toBeLessThanOrEqual(count / 50 + 1);
  // And back: what the fifth node had goes to the others, and nothing else moves.
  const back = planMoves([...FOUR.map((name) => node(name)), node("e", { takes: false })], moved);
  expect(new Set(back.map(({ from }) => from))).toEqual(new Set(["e"]));
  expect(back.length).toBe(countOn(moved, "e"));
});

test("an even cluster, or one that is uneven by less than a tenth, is left alone", () => {
  expect(
    planMoves(
      ["a", "b"].map((name) => node(name)),
      spread(100, ["a", "b"]),
    ),
  ).toEqual([]);
  const uneven = [...spread(52, ["a"]), ...spread(48, ["b"])];
  expect(
    planMoves(
      ["a", "b"].map((name) => node(name)),
      uneven,
    ),
  ).toEqual([]);
});

test("a node with twice the memory gets twice as much", () => {
  const sessions = spread(300, ["small"]);
  const moves = planMoves([node("small"), node("large", { capacity: 2_000 })], sessions);
  expect(countOn(after(sessions, moves), "large")).toBe(200);
});

test("sessions stay in their zone and group, and those that may not move stay", () => {
  const nodes = [node("full"), node("zone", { zone: "eu" }), node("group", { group: "premium" })];
  const moves = (change: Partial<PlannedSession>) =>
    new Set(planMoves(nodes, spread(90, ["full"], change)).map(({ to }) => to));
  expect(moves({ zone: "eu" })).toEqual(new Set(["zone"]));
  expect(moves({ group: "premium" })).toEqual(new Set(["group"]));
  expect(moves({ isMovable: false })).toEqual(new Set());
});

test("a session that no node can take has no target", () => {
  expect(planMoves([node("last", { takes: false })], spread(1, ["last"]))).toEqual([
    { sessionId: "s0", from: "last", to: null },
  ]);
});
