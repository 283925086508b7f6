/** Faults that leave the browser alive: each is noticed, and shown with its true reason. */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as nextTurn } from "node:timers/promises";
import { browserDriver } from "../../drivers/browser/browser-driver.ts";
import { BrowserSession } from "../../drivers/browser/browser-session.ts";
import { prepareProfile } from "../../drivers/browser/chromium.ts";
import { findProcesses } from "../../drivers/browser/processes.ts";
import { SandboxFaults } from "../../contracts/sandbox.ts";
import { userDataDirOf } from "../../drivers/browser/profile-lock.ts";
import type { OutboundMessage, SendReceipt } from "../../contracts/transport.ts";
import type { Driver, DriverOptions } from "../../drivers/driver.ts";
import { DriverFixture, operation, outbound, SILENT, TENANT } from "./conformance/driver-fixture.ts";
import { EventRecorder } from "./conformance/event-recorder.ts";

const SETTINGS = { sandbox: process.getuid?.() !== 0, webVersion: null };
const LONG_MS = 120_000;
const NO_FAULTS = SandboxFaults.parse({});
let fixture: DriverFixture;

beforeAll(async () => {
  fixture = await DriverFixture.open(browserDriver, SETTINGS, LONG_MS);
});

afterEach(() => fixture.release(), LONG_MS);
afterAll(() => fixture.close(), LONG_MS);

/** Looks the message up until its outcome is known. */
async function lookUp(driver: Driver, message: OutboundMessage): Promise<SendReceipt | null> {
  for (;;) {
    const found = await driver.find(message).catch(() => undefined);
    if (found !== undefined) return found;
    await nextTurn(200);
  }
}

/** The process through which the browser reaches the network: a child in the browser's process group. */
async function networkProcessOf(options: DriverOptions): Promise<number> {
  const [browser] = await findProcesses(userDataDirOf(options));
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const [command, stat] = await Promise.all(
      ["cmdline", "stat"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "")),
    );
    const group = stat!.slice(stat!.lastIndexOf(")") + 2).split(" ")[2];
    if (group === String(browser) && command!.includes("network.mojom.NetworkService")) return Number(pid);
  }
  throw new Error("the browser has no network process");
}

test(
  "a connection through which nothing passes is not shown as connected, and comes back",
  async () => {
    const { recorder, options, driver, phone } = await fixture.link();
    // The ping that was sent when it connected is answered before this.
    await operation(driver, "getAbout")({ chatId: `${phone.phone.slice(1)}@c.us` });
    const pid = await networkProcessOf(options);
    const mark = recorder.events.length;
    process.kill(pid, "SIGSTOP");
    try {
      const { reason, evidence } = await recorder.waitForState("reconnecting", mark);
      expect(reason).toBe("network_lost");
      // The page itself has not noticed.
      expect(evidence).toMatchObject({ socket: "CONNECTED", lastAnswerAt: expect.any(String) as string });
      await expect(
        driver.send({ waId: "3EB0", to: "x@c.us", content: { type: "text", text: "" } }),
      ).rejects.toMatchObject({ kind: "not_connected" });
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await recorder.waitForState("connected", mark);
  },
  LONG_MS,
);

test(
  "what is sent and not acknowledged shows in the state, and an acknowledgement ends it",
  async () => {
    const { recorder, driver, phone } = await fixture.link();
    const peer = await fixture.phone();
    // A phone that is away gives no receipt, which would be an acknowledgement too.
    await fixture.sandbox.phones.change(TENANT, peer.phone, { online: false });
    const message = outbound(peer.chatId, { type: "text", text: "Is anyone there?" });
    await fixture.sandbox.faults.set(TENANT, phone.phone.slice(1), { ...NO_FAULTS, dropAcks: true });
    const mark = recorder.events.length;
    const sent = driver.send(message).catch(() => undefined);
    expect(await recorder.waitForState("degraded", mark)).toMatchObject({ reason: "not_acknowledged" });
    await fixture.sandbox.faults.set(TENANT, phone.phone.slice(1), NO_FAULTS);
    await sent;
    // As the outbox does; the page sends what waits in it when it is loaded again.
    await expect(lookUp(driver, message)).resolves.toMatchObject({ ack: expect.any(Number) as number });
    await recorder.waitForState("connected", mark);
    await fixture.sandbox.phones.change(TENANT, peer.phone, { online: true });
    await fixture.received(peer, (item) => item.id === message.waId && item.duplicates <= 1);
  },
  LONG_MS,
);

test(
  "a step that the library does not know ends the start, and what the page shows is kept",
  async () => {
    const options = await fixture.newOptions();
    const recorder = new EventRecorder(() => LONG_MS);
    const session = new BrowserSession(options, recorder.sink, SILENT);
    try {
      await session.open(await prepareProfile(options));
      await recorder.wait("qr");
      expect(await browserDriver.keptScreenshot(options.profileDir)).toBeNull();
      await session.running.library.waPage.evaluate(() => {
        (WPP.whatsapp.Socket as { state: string }).state = "PAIRING";
      });
      const { reason, evidence } = await recorder.waitForState("failed");
      expect(reason).toBe("unknown_step");
      expect(evidence).toMatchObject({ socket: "PAIRING", screenshotAt: expect.any(String) as string });
      const kept = await browserDriver.keptScreenshot(options.profileDir);
      expect(kept?.mimetype).toBe("image/png");
      expect(Buffer.from(kept!.base64, "base64").subarray(1, 4).toString()).toBe("PNG");
    } finally {
      await session.close();
    }
  },
  LONG_MS,
);

test(
  "a page that leaves WhatsApp ends the run at once",
  async () => {
    const phone = await fixture.phone();
    const options = await fixture.newOptions();
    const recorder = new EventRecorder(() => LONG_MS);
    const session = new BrowserSession(options, recorder.sink, SILENT);
    try {
      await session.open(await prepareProfile(options));
      await fixture.sandbox.phones.scan(TENANT, phone.phone, { qr: (await recorder.wait("qr")).text });
      await recorder.waitForState("connected");
      // The browser is closed before the call has an answer.
      session.running.library.waPage.goto("about:blank").catch(() => undefined);
      expect(await recorder.waitForState("closed")).toMatchObject({ reason: "page_left" });
    } finally {
      await session.close();
    }
  },
  LONG_MS,
);

test(
  "a profile that has lost its link is made again from the copy of its last good stop",
  async () => {
    const { driver, options, phone } = await fixture.link();
    await driver.stop();
    await rm(join(userDataDirOf(options), "Default", "IndexedDB"), { recursive: true });
    const damaged = await fixture.start(options);
    const { reason, evidence } = await damaged.recorder.waitForState("closed");
    expect(reason).toBe("profile_damaged");
    expect(evidence).toMatchObject({ copyFrom: expect.any(String) as string });
    await damaged.driver.stop();
    const again = await fixture.start(options);
    await again.recorder.waitForState("connected");
    expect((await fixture.sandbox.phones.get(TENANT, phone.phone)).devices).toHaveLength(1);
    expect(await readdir(options.profileDir)).toEqual(expect.arrayContaining(["chromium.damaged"]));
    const peer = await fixture.phone();
    await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text: "Still there?" });
    await again.recorder.wait("message", ({ message }) => message.content.type === "text");
  },
  LONG_MS,
);

test(
  "a profile that has lost its link is not a logout: the phone lists the device, and nothing is deleted",
  async () => {
    const { driver, options, phone } = await fixture.link();
    await driver.stop();
    await rm(join(userDataDirOf(options), "Default", "IndexedDB"), { recursive: true });
    await rm(join(options.profileDir, "login.snapshot"));
    const again = await fixture.start(options);
    expect(await again.recorder.waitForState("qr")).toMatchObject({ reason: "profile_damaged" });
    expect((await fixture.sandbox.phones.get(TENANT, phone.phone)).devices).toHaveLength(1);
    // The next link is a normal one.
    await fixture.sandbox.phones.scan(TENANT, phone.phone, { qr: (await again.recorder.wait("qr")).text });
    await again.recorder.waitForState("connected");
  },
  LONG_MS,
);
