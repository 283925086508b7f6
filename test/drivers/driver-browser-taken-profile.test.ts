/** Another browser takes the profile's lock between the look at it and the launch. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { browserDriver } from "../../drivers/browser/browser-driver.ts";
import { DriverFixture, SILENT } from "./conformance/driver-fixture.ts";
import { EventRecorder } from "./conformance/event-recorder.ts";

const SETTINGS = { sandbox: process.getuid?.() !== 0, webVersion: null };
const LONG_MS = 120_000;
let fixture: DriverFixture;

beforeAll(async () => {
  fixture = await DriverFixture.open(browserDriver, SETTINGS, LONG_MS);
});

afterAll(() => fixture.close(), LONG_MS);

test(
  "the start fails with profile_in_use",
  async () => {
    const options = await fixture.newOptions();
    // What locked-chromium.sh exits with when it does not get the lock.
    const path = join(options.profileDir, "taken.sh");
    await writeFile(path, "#!/bin/sh\nexit 75\n", { mode: 0o700 });
    const recorder = new EventRecorder(() => LONG_MS);
    const driver = browserDriver.create({ ...options, settings: { ...SETTINGS, path } }, recorder.sink, SILENT);
    await driver.start();
    const { reason, evidence } = await recorder.waitForState("failed");
    await driver.stop();
    expect(reason).toBe("profile_in_use");
    expect(evidence).toMatchObject({ startPhase: "launch" });
  },
  LONG_MS,
);
