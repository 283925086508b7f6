/** The deadlines of a browser's start. */
import { ProfileTaken, StartPhases, type StartPhase } from "../../drivers/browser/start-phases.ts";
import type { Evidence } from "../../drivers/driver.ts";

const HOUR = 3_600_000;
const LONG: Readonly<Record<StartPhase, number>> = {
  profile: HOUR,
  launch: HOUR,
  page: HOUR,
  library: HOUR,
  link: HOUR,
};

/** Phases of which one is short, and what they reported. */
function startWith(short: StartPhase | null): { phases: StartPhases; shown: Evidence[]; overdue: Promise<void> } {
  const shown: Evidence[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const deadlines = short === null ? LONG : { ...LONG, [short]: 5 };
  const phases = new StartPhases({ onPhase: (evidence) => shown.push(evidence), onOverdue: resolve }, deadlines);
  return { phases, shown, overdue: promise };
}

const endless = Promise.withResolvers<never>().promise;

test("a phase that takes too long ends the work, and the evidence names it", async () => {
  const { phases, overdue } = startWith("page");
  phases.enter("launch");
  const work = phases.within(endless);
  phases.enter("page");
  const error = await work.catch((rejected: unknown) => rejected);
  await overdue;
  expect(String(error)).toContain('the phase "page" of the start took longer than 0.005 s');
  expect(phases.reasonOf(error, false)).toBe("start_timeout");
  expect(phases.evidence).toEqual({ startPhase: "page" });
  phases.end();
});

test("a phase that nothing waits for is overdue as well", async () => {
  const { phases, overdue } = startWith("link");
  phases.enter("link");
  await overdue;
  phases.end();
});

test("a phase is reported once, and none after the end", () => {
  const { phases, shown } = startWith(null);
  phases.enter("profile");
  phases.enter("library");
  phases.enter("library");
  phases.end();
  phases.enter("link");
  expect(shown).toEqual([
    { browser: "starting", startPhase: "profile" },
    { browser: "up", startPhase: "library" },
  ]);
  expect(phases.isOver).toBe(true);
  expect(phases.evidence).toEqual({});
});

test("the reason tells a profile that is taken from one that cannot be read", async () => {
  const { phases } = startWith("profile");
  phases.enter("profile");
  const overdue: unknown = await phases.within(endless).catch((error: unknown) => error);
  expect(phases.reasonOf(overdue, true)).toBe("profile_in_use");
  expect(phases.reasonOf(new ProfileTaken(), true)).toBe("profile_in_use");
  expect(phases.reasonOf(new Error("EROFS: read-only file system"), true)).toBe("driver_error");
  expect(phases.reasonOf(new Error("net::ERR_CONNECTION_REFUSED"), true)).toBe("sandbox_unreachable");
  expect(phases.reasonOf(new Error("net::ERR_CONNECTION_REFUSED"), false)).toBe("network_lost");
  phases.end();
});
