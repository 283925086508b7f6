/** The pipes to Chromium outlive its connection: what is written to them too late must not end the process. */
import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { browserDriver } from "../../drivers/browser/browser-driver.ts";
import { userDataDirOf } from "../../drivers/browser/profile-lock.ts";
import { until } from "../harness/system.ts";
import { DriverFixture, SILENT } from "./conformance/driver-fixture.ts";

const SETTINGS = { sandbox: process.getuid?.() !== 0, webVersion: null };
const QR_LIFETIME_MS = 5_000;
const LONG_MS = 120_000;

let fixture: DriverFixture;
let children: ChildProcess[];

function noteChild(message: unknown): void {
  children.push((message as { process: ChildProcess }).process);
}

beforeAll(async () => {
  fixture = await DriverFixture.open(browserDriver, SETTINGS, QR_LIFETIME_MS);
  children = [];
  subscribe("child_process", noteChild);
});

afterAll(async () => {
  unsubscribe("child_process", noteChild);
  await fixture.close();
}, LONG_MS);

test(
  "a write to Chromium that fails after its end is not an uncaught exception",
  async () => {
    const options = await fixture.newOptions();
    const driver = browserDriver.create(options, () => Promise.resolve(), SILENT);
    await driver.start();
    const argument = `--user-data-dir=${userDataDirOf(options)}`;
    const isChromium = ({ spawnargs }: ChildProcess) => spawnargs?.includes(argument);
    await until(() => children.some(isChromium));
    await driver.stop();
    const chromium = children.filter(isChromium);
    expect(chromium).toHaveLength(1);
    // Chromium reads its commands from descriptor 3.
    expect(chromium[0]!.stdio[3]?.emit("error", new Error("write EPIPE"))).toBe(true);
  },
  LONG_MS,
);
