/** The decisions about leases and claims under a thousand seeds of faults; `npm run simulate` runs more and larger ones. */
import { simulate } from "./simulation.ts";

const SMALL = { nodes: 5, sessions: 60, seconds: 200, faults: 1 };

test("a thousand seeds: never two live browsers, and no session waits for long", () => {
  let [faults, takeovers] = [0, 0];
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const result = simulate({ ...SMALL, seed, nodes: 3 + (seed % 10) });
    faults += result.faults;
    takeovers += result.takeovers;
  }
  expect(faults).toBeGreaterThan(5_000);
  expect(takeovers).toBeGreaterThan(20_000);
}, 120_000);

test("a fence later than the lease is found", () => {
  const find = () => {
    for (let seed = 1; seed <= 100; seed += 1) simulate({ ...SMALL, seed, fence: 14_000 });
  };
  expect(find).toThrow(/two live browsers/);
});

test("what a node asks of the database does not grow with the sessions, and grows with the nodes as they do", () => {
  const measure = (nodes: number, sessions: number) =>
    simulate({ seed: 7, nodes, sessions, seconds: 120, faults: 0 }).statements;
  const small = measure(10, 100);
  expect(measure(10, 20_000)).toBeCloseTo(small, 0);
  expect(measure(40, 100) / small).toBeLessThan(4.1);
});

test("sessions are even within a tenth of a node's share", () => {
  expect(simulate({ seed: 3, nodes: 4, sessions: 400, seconds: 120, faults: 0 }).unevenness).toBeLessThan(0.1);
});
