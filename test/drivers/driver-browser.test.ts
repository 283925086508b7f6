/** The browser driver: the conformance suite, failures of Chromium, and features beyond the suite. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { browserDriver } from "../../drivers/browser/browser-driver.ts";
import { prepareProfile } from "../../drivers/browser/chromium.ts";
import { BrowserSession } from "../../drivers/browser/browser-session.ts";
import { findProcesses } from "../../drivers/browser/processes.ts";
import { userDataDirOf } from "../../drivers/browser/profile-lock.ts";
import { NO_FAULTS } from "./conformance/cases/linking.ts";
import { EventRecorder } from "./conformance/event-recorder.ts";
import { runDriverConformance } from "./conformance/driver-conformance.ts";
import { MEDIA_SAMPLES } from "./conformance/media-samples.ts";
import { operation, outbound, SILENT, TENANT, DriverFixture, type TestSession } from "./conformance/driver-fixture.ts";

const INSTALLED = ["/usr/lib/chromium/chromium-headless-shell", "/usr/lib/chromium/chromium"];
const path = process.env["WPP_CHROMIUM"] ?? INSTALLED.find((candidate) => existsSync(candidate)) ?? "";
const settings = { path, sandbox: process.getuid?.() !== 0, webVersion: null };
const LONG_MS = 120_000;
const QR_LIFETIME_MS = 5_000;

async function killBrowser({ options }: TestSession): Promise<void> {
  for (const pid of await findProcesses(userDataDirOf(options))) process.kill(pid, "SIGKILL");
}

/** The renderers of a session: children in the group of its browser. */
async function renderersOf({ options }: TestSession): Promise<number[]> {
  const [browser] = await findProcesses(userDataDirOf(options));
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [command, stat] = await Promise.all([
        readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""),
        readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""),
      ]);
      const group = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2];
      return command.includes("--type=renderer") && group === String(browser) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

runDriverConformance({
  driver: browserDriver,
  settings: { ...settings, changeWindow: 250 },
  qrLifetimeMs: QR_LIFETIME_MS,
  crash: (_driver, session) => killBrowser(session),
});

describe("failures of the browser", () => {
  let fixture: DriverFixture;
  beforeAll(async () => {
    fixture = await DriverFixture.open(browserDriver, settings, QR_LIFETIME_MS);
  });
  afterEach(() => fixture.release(), LONG_MS);
  afterAll(() => fixture.close(), LONG_MS);

  test("without Chromium at the path the preflight fails, and so does the start", async () => {
    const missing = { ...settings, path: "/nowhere/chromium" };
    expect(await browserDriver.preflight(missing)).toMatchObject({
      reason: "browser_missing",
      help: expect.stringContaining("/nowhere/chromium") as string,
    });
    const options = { ...(await fixture.newOptions()), settings: missing };
    await expect(browserDriver.create(options, () => Promise.resolve(), SILENT).start()).rejects.toMatchObject({
      name: "DriverStartError",
      reason: "browser_missing",
    });
  });

  test(
    "a stop while it starts leaves nothing behind",
    async () => {
      const options = await fixture.newOptions();
      const driver = browserDriver.create(options, () => Promise.resolve(), SILENT);
      await driver.start();
      await driver.stop();
      expect(await findProcesses(userDataDirOf(options))).toEqual([]);
    },
    LONG_MS,
  );

  test(
    "the renderer crashes: the outcome of calls in flight is unknown, and the session is closed",
    async () => {
      const session = await fixture.link();
      const peer = await fixture.phone();
      await fixture.sandbox.faults.set(TENANT, session.phone.phone.slice(1), { ...NO_FAULTS, dropAcks: true });
      const message = outbound(peer.chatId, { type: "text", text: "in flight" });
      const outcome = session.driver.send(message).catch((error: unknown) => error);
      await fixture.received(peer, (item) => item.id === message.waId);
      for (const pid of await renderersOf(session)) process.kill(pid, "SIGKILL");
      expect((await session.recorder.waitForState("closed")).reason).toBe("page_crashed");
      expect(await outcome).toMatchObject({ kind: "unknown" });
      await session.driver.stop();
      expect(await findProcesses(userDataDirOf(session.options))).toEqual([]);
    },
    LONG_MS,
  );

  test(
    "killed while sending: the same id is found or sent again, and arrives once",
    async () => {
      const session = await fixture.link();
      const peer = await fixture.phone();
      await fixture.sandbox.faults.set(TENANT, session.phone.phone.slice(1), { ...NO_FAULTS, dropAcks: true });
      const message = outbound(peer.chatId, { type: "text", text: "only once" });
      const outcome = session.driver.send(message).catch((error: unknown) => error);
      await fixture.received(peer, (item) => item.id === message.waId);
      await killBrowser(session);
      expect(await outcome).toMatchObject({ kind: "unknown" });
      await session.driver.stop();
      await fixture.sandbox.faults.set(TENANT, session.phone.phone.slice(1), NO_FAULTS);
      const { driver, recorder } = await fixture.start(session.options);
      await recorder.waitForState("connected");
      const receipt = (await driver.find(message)) ?? (await driver.send(message));
      expect(receipt.ack).toBeGreaterThanOrEqual(1);
      const inbox = await fixture.sandbox.phones.inbox(TENANT, peer.phone);
      expect(inbox.data.map(({ id }) => id)).toEqual([message.waId]);
    },
    LONG_MS,
  );

  test(
    "the page freezes: it is degraded, and recovers",
    async () => {
      const session = await fixture.link();
      const frozen = await renderersOf(session);
      for (const pid of frozen) process.kill(pid, "SIGSTOP");
      const mark = session.recorder.mark();
      try {
        expect((await session.recorder.waitForState("degraded", mark)).reason).toBe("page_frozen");
      } finally {
        for (const pid of frozen) process.kill(pid, "SIGCONT");
      }
      await session.recorder.waitForState("connected", mark);
    },
    LONG_MS,
  );

  test(
    "the page is reloaded: messages that come meanwhile are reported once",
    async () => {
      const phone = await fixture.phone();
      const peer = await fixture.phone();
      const options = await fixture.newOptions();
      const recorder = new EventRecorder(() => LONG_MS);
      const session = new BrowserSession(options, recorder.sink, SILENT);
      try {
        await session.open(await prepareProfile(options));
        await fixture.sandbox.phones.scan(TENANT, phone.phone, { qr: (await recorder.wait("qr")).text });
        await recorder.waitForState("connected");
        const reload = session.running.library.waPage.reload();
        const texts = Array.from({ length: 10 }, (_, index) => `while it reloads ${index}`);
        for (const text of texts)
          await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text });
        await reload;
        for (const text of texts)
          await recorder.wait(
            "message",
            ({ message }) => message.content.type === "text" && message.content.text === text,
          );
        // Messages that are read back and live ones may overtake each other at that moment.
        const received = recorder
          .all("message")
          .map(({ message: { content } }) => (content.type === "text" ? content.text : content.type));
        expect(received.toSorted()).toEqual(texts.toSorted());
      } finally {
        await session.close();
      }
    },
    LONG_MS,
  );

  test(
    "a browser that was left on the profile is killed before the next one starts",
    async () => {
      const session = await fixture.link();
      const { recorder } = await fixture.start(session.options);
      expect((await session.recorder.waitForState("closed")).reason).toBe("browser_died");
      await recorder.waitForState("connected");
    },
    LONG_MS,
  );

  test(
    "a conflict and a ban end the session with their reasons",
    async () => {
      for (const unlink of ["conflict", "banned"] as const) {
        const session = await fixture.link();
        await fixture.sandbox.faults.set(TENANT, session.phone.phone.slice(1), { ...NO_FAULTS, unlink });
        expect((await session.recorder.waitForState("failed")).reason).toBe(unlink);
      }
    },
    LONG_MS,
  );
});

describe("beyond the suite", () => {
  let fixture: DriverFixture;
  beforeAll(async () => {
    fixture = await DriverFixture.open(browserDriver, settings, QR_LIFETIME_MS);
  });
  afterAll(() => fixture.close(), LONG_MS);

  test(
    "reports the acks of each member of a group",
    async () => {
      const { driver, recorder } = await fixture.shared();
      const members = [await fixture.phone(), await fixture.phone()];
      const { group } = await operation(
        driver,
        "createGroup",
      )({ name: "Readers", participants: members.map(({ chatId }) => chatId) });
      const message = outbound(group.id, { type: "text", text: "read me" }, { mentions: [members[0]!.chatId] });
      await driver.send(message);
      for (const member of members) {
        const item = await fixture.received(member, ({ id }) => id === message.waId);
        expect(item.mentions).toEqual([members[0]!.chatId]);
        await fixture.sandbox.phones.read(TENANT, member.phone, group.id, false);
        await recorder.wait(
          "ack",
          (event) => event.waId === message.waId && event.ack === 3 && event.by === member.chatId,
        );
      }
    },
    LONG_MS,
  );

  test(
    "forwards media under the chosen id",
    async () => {
      const { driver } = await fixture.shared();
      const [one, other] = [await fixture.phone(), await fixture.phone()];
      const original = outbound(one.chatId, {
        type: "document",
        media: await fixture.store(MEDIA_SAMPLES.document),
        caption: "read",
      });
      const { key } = await driver.send(original);
      const forward = outbound(other.chatId, { type: "forward", target: key });
      await driver.send(forward);
      const received = await fixture.received(other, ({ id }) => id === forward.waId);
      expect(received).toMatchObject({ type: "document", forwarded: true });
      expect(received.media?.base64).toBe(Buffer.from(MEDIA_SAMPLES.document.bytes).toString("base64"));
    },
    LONG_MS,
  );

  test(
    "changes chats as the account's phone sees them",
    async () => {
      const { driver, phone } = await fixture.shared();
      const peer = await fixture.phone();
      await driver.send(outbound(peer.chatId, { type: "text", text: "hello" }));
      const line = async () =>
        (await fixture.sandbox.phones.perform(TENANT, phone.phone, "chats", { limit: 100 })).find(
          ({ id }) => id === peer.chatId,
        );
      for (const change of ["archive", "archive", "pin", "mute", "unread"] as const)
        await operation(driver, "changeChat")({ chatId: peer.chatId, change });
      expect(await line()).toMatchObject({
        archived: true,
        pinned: true,
        unread: 1,
        mutedUntil: expect.any(Number) as number,
      });
      for (const change of ["unarchive", "unpin", "unmute"] as const)
        await operation(driver, "changeChat")({ chatId: peer.chatId, change });
      expect(await line()).toMatchObject({ archived: false, pinned: false, mutedUntil: null });
    },
    LONG_MS,
  );

  test(
    "lets a person join by a renewed invite",
    async () => {
      const { driver } = await fixture.shared();
      const peer = await fixture.phone();
      const { group } = await operation(driver, "createGroup")({ name: "Open", participants: [] });
      const { code } = await operation(driver, "getInvite")({ groupId: group.id, revoke: false });
      const renewed = await operation(driver, "getInvite")({ groupId: group.id, revoke: true });
      expect(renewed.code).not.toBe(code);
      await fixture.sandbox.phones.perform(TENANT, peer.phone, "joinGroup", { code: renewed.code });
      expect(await operation(driver, "listJoinRequests")({ groupId: group.id })).toEqual([]);
      await fixture.until("the newcomer is in", async () => {
        const info = await operation(driver, "getGroup")({ groupId: group.id });
        return info?.participants.some(({ address }) => address.chatId === peer.chatId) === true ? true : undefined;
      });
    },
    LONG_MS,
  );
});
