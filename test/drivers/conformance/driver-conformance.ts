/**
 * The conformance suite of the driver contract: every driver runs it, against a real sandbox. What a driver lacks stands in
 * its table of gaps; such a case is run all the same, and must fail, so that the table cannot claim more than is true.
 */
import type { Driver, DriverFactory, DriverOptions } from "../../../drivers/driver.ts";
import { GROUP_CASES } from "./cases/groups.ts";
import { LINKING_CASES } from "./cases/linking.ts";
import { PRESENCE_CASES } from "./cases/presence.ts";
import { RECEIVING_CASES } from "./cases/receiving.ts";
import { SENDING_CASES } from "./cases/sending.ts";
import { TestBed, type TestSession } from "./test-bed.ts";

const CRASH = "reports a crash, and comes back without a QR code";
const CASES = { ...LINKING_CASES, ...SENDING_CASES, ...RECEIVING_CASES, ...PRESENCE_CASES, ...GROUP_CASES };
export type CaseName = keyof typeof CASES | typeof CRASH;

export interface ConformanceSubject {
  readonly name: string;
  readonly createDriver: DriverFactory;
  /** For drivers that start a browser. */
  readonly chromium: DriverOptions["chromium"];
  /** What this driver cannot do, and why. */
  readonly gaps: Partial<Record<CaseName, string>>;
  /** Kills what the driver runs on, such as its browser, without a warning. */
  readonly crash?: (driver: Driver, session: TestSession) => Promise<void>;
}

/** How long a case that is declared as a gap gets to work after all. */
const GAP_DEADLINE_MS = 3000;
const CASE_TIMEOUT_MS = 120_000;

async function crashCase(bed: TestBed, subject: ConformanceSubject): Promise<void> {
  const session = await bed.link();
  if (subject.crash === undefined) throw new Error("there is nothing to crash");
  await subject.crash(session.driver, session);
  await session.recorder.waitForState("closed");
  await session.driver.stop();
  const { recorder } = await bed.start(session.options);
  const connected = await recorder.waitForState("connected");
  expect(connected.me?.chatId).toBe(session.phone.chatId);
  expect(recorder.all("qr")).toEqual([]);
}

/** Declares the suite for one driver; call it at the top of a test file. */
export function runDriverConformance(subject: ConformanceSubject): void {
  describe(`the driver ${subject.name}`, () => {
    let bed: TestBed;
    beforeAll(async () => {
      bed = await TestBed.open(subject.createDriver, subject.chromium);
    }, CASE_TIMEOUT_MS);
    afterEach(() => bed.release(), CASE_TIMEOUT_MS);
    afterAll(() => bed.close(), CASE_TIMEOUT_MS);

    const bodies: [CaseName, () => Promise<void>][] = [
      ...Object.entries(CASES).map(([name, body]): [CaseName, () => Promise<void>] => [
        name as CaseName,
        () => body(bed),
      ]),
      [CRASH, () => crashCase(bed, subject)],
    ];
    for (const [name, body] of bodies) {
      const reason = subject.gaps[name];
      if (reason === undefined) test(name, body, CASE_TIMEOUT_MS);
      else test(`gap: ${name} (${reason})`, () => expectGap(bed, body), CASE_TIMEOUT_MS);
    }
  });
}

async function expectGap(bed: TestBed, body: () => Promise<void>): Promise<void> {
  await bed.shared();
  bed.deadlineMs = GAP_DEADLINE_MS;
  try {
    await expect(body()).rejects.toThrow();
  } finally {
    bed.deadlineMs = 30_000;
  }
}
