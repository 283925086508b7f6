/**
 * The conformance suite of the driver contract: every driver runs it, against a real sandbox. A case whose capability
 * the driver does not declare is run nevertheless and must fail, so that the declaration is exact.
 */
import type { Driver, DriverModule, DriverSettings } from "../../../drivers/driver.ts";
import { CASES, gapsOf, unprovenOf, type CaseName } from "./capability-cases.ts";
import { SILENT, DriverFixture, type TestSession } from "./driver-fixture.ts";

export interface ConformanceSubject {
  readonly driver: DriverModule;
  readonly settings: DriverSettings;
  /** How long a QR code is valid: long enough for the driver to show it and for the test to scan it. */
  readonly qrLifetimeMs: number;
  /** Kills the driver's own process without a warning; for drivers that have one. */
  readonly crash?: (driver: Driver, session: TestSession) => Promise<void>;
}

/** How long a case of a missing capability may take to fail. */
const GAP_DEADLINE_MS = 3000;
const CASE_TIMEOUT_MS = 120_000;

async function crashCase(fixture: DriverFixture, crash: NonNullable<ConformanceSubject["crash"]>): Promise<void> {
  const session = await fixture.link();
  await crash(session.driver, session);
  await session.recorder.waitForState("closed");
  await session.driver.stop();
  const { recorder } = await fixture.start(session.options);
  const connected = await recorder.waitForState("connected");
  expect(connected.me?.chatId).toBe(session.phone.chatId);
  expect(recorder.all("qr")).toEqual([]);
}

/** Declares the suite for one driver; call it at the top of a test file. */
export function runDriverConformance({ driver, settings, qrLifetimeMs, crash }: ConformanceSubject): void {
  describe(`the driver ${driver.name}`, () => {
    let fixture: DriverFixture;
    beforeAll(async () => {
      fixture = await DriverFixture.open(driver, settings, qrLifetimeMs);
    }, CASE_TIMEOUT_MS);
    afterEach(() => fixture.release(), CASE_TIMEOUT_MS);
    afterAll(() => fixture.close(), CASE_TIMEOUT_MS);

    test("declares exactly its operations, and only what the suite can prove", async () => {
      const { operations } = driver.create(await fixture.newOptions(), async () => undefined, SILENT);
      expect(Object.keys(operations).toSorted()).toEqual(driver.capabilities.operations.toSorted());
      expect(unprovenOf(driver.capabilities)).toEqual([]);
      expect(crash !== undefined).toBe(driver.capabilities.ownProcess);
    });

    test("passes its preflight", async () => {
      expect(await driver.preflight(settings)).toBeNull();
    });

    const gaps = gapsOf(driver.capabilities);
    for (const [name, body] of Object.entries(CASES)) {
      const gap = gaps.get(name as CaseName);
      if (gap === undefined) test(name, () => body(fixture), CASE_TIMEOUT_MS);
      else test(`not declared: ${name}`, () => expectGap(fixture, () => body(fixture), gap), CASE_TIMEOUT_MS);
    }
    if (crash !== undefined)
      test("reports a crash, and reconnects without a QR code", () => crashCase(fixture, crash), CASE_TIMEOUT_MS);
  });
}

async function expectGap(fixture: DriverFixture, body: () => Promise<void>, gap: "refused" | "fails"): Promise<void> {
  await fixture.shared();
  fixture.deadlineMs = GAP_DEADLINE_MS;
  try {
    if (gap === "fails") await expect(body()).rejects.toThrow();
    else await expect(body()).rejects.toMatchObject({ kind: "rejected", failure: "unsupported_by_driver" });
  } finally {
    fixture.deadlineMs = 30_000;
  }
}
