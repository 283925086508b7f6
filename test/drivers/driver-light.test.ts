import { randomBytes } from "node:crypto";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Driver, DriverOptions } from "../../drivers/driver.ts";
import { lightDriver } from "../../drivers/light/light-driver.ts";
import { runDriverConformance } from "./conformance/driver-conformance.ts";
import { EventRecorder } from "./conformance/event-recorder.ts";
import { operation, outbound, SILENT } from "./conformance/driver-fixture.ts";
import { A, TestNetwork } from "../sandbox/test-network.ts";

runDriverConformance({
  driver: lightDriver,
  settings: { changeWindow: 250 },
  qrLifetimeMs: 800,
});

describe("the light driver when the sandbox misbehaves", () => {
  let network: TestNetwork;
  let running: Driver[];

  beforeEach(async () => {
    running = [];
    network = await TestNetwork.open({ linkTimes: { firstQrMs: 400, nextQrMs: 50 } });
  });
  afterEach(async () => {
    for (const driver of running) await driver.stop();
    await network.close();
  });

  async function options(): Promise<DriverOptions> {
    const profileDir = join(network.dir, randomBytes(8).toString("hex"));
    await mkdir(profileDir);
    return {
      sessionId: "ses_light",
      profileDir,
      sandbox: network.sandbox.endpoint,
      deviceName: "Light",
      pairingPhone: null,
      snapshotKey: randomBytes(32).toString("base64url"),
      stored: { isLinked: false, since: Date.now(), until: null },
      rejectMedia: false,
      language: null,
      proxy: null,
      holder: "test",
      settings: {},
    };
  }

  async function start(given: DriverOptions) {
    const recorder = new EventRecorder(() => 10_000);
    const driver = lightDriver.create(given, recorder.sink, SILENT);
    running.push(driver);
    await driver.start();
    return { driver, recorder };
  }

  async function link() {
    const phone = await network.phones.create(A);
    const given = await options();
    const { driver, recorder } = await start(given);
    const { text } = await recorder.wait("qr");
    await network.phones.scan(A, phone.phone, { qr: text });
    await recorder.waitForState("connected");
    return { driver, recorder, phone, options: given };
  }

  test("reports that the sandbox cannot be reached, and connects once it can", async () => {
    const given = await options();
    await network.sandbox.close();
    const { recorder, driver } = await start(given);
    expect(await recorder.waitForState("reconnecting")).toMatchObject({ reason: "sandbox_unreachable" });
    await expect(driver.send(outbound("15550109999@c.us", { type: "text", text: "x" }))).rejects.toMatchObject({
      kind: "not_connected",
    });
    await network.reopen();
    await recorder.waitForState("qr");
    expect(recorder.all("state").filter(({ state }) => state === "reconnecting")).toHaveLength(1);
  });

  test("reports an unknown outcome when the answer is lost, and finds the message afterwards", async () => {
    const { driver, recorder, phone } = await link();
    const peer = await network.phones.create(A);
    await network.faults({ dropAcks: true }, phone);
    const message = outbound(peer.chatId, { type: "text", text: "did it arrive?" });
    const mark = recorder.mark();
    const outcome = driver.send(message).catch((error: unknown) => error);
    await network.until("the message to arrive", async () =>
      (await network.items(peer)).length === 1 ? true : undefined,
    );
    await network.faults({ disconnect: 50 }, phone);
    expect(await outcome).toMatchObject({ name: "DriverError", kind: "unknown" });
    await recorder.waitForState("connected", mark);
    expect(await driver.find(message)).toMatchObject({ key: `true_${peer.chatId}_${message.waId}` });
    expect(await driver.send(message)).toMatchObject({ key: `true_${peer.chatId}_${message.waId}` });
    expect(await network.items(peer)).toMatchObject([{ id: message.waId, duplicates: 1 }]);
  });

  test("reports a refusal as final", async () => {
    const { driver } = await link();
    const peer = await network.phones.create(A);
    await network.faults({ failSends: 1 });
    const refused = driver.send(outbound(peer.chatId, { type: "text", text: "x" }));
    await expect(refused).rejects.toMatchObject({ kind: "rejected", failure: "rejected_by_network" });
    const media = { path: join(network.dir, "no such file"), mimetype: "image/png", filename: null, size: 10 };
    await expect(driver.send(outbound(peer.chatId, { type: "image", media }))).rejects.toMatchObject({
      kind: "rejected",
      failure: "media_missing",
    });
    const edit = driver.send(outbound(peer.chatId, { type: "edit", target: `true_${peer.chatId}_NONE`, text: "x" }));
    await expect(edit).rejects.toMatchObject({ kind: "rejected", failure: "target_not_found" });
  });

  test.each(["banned", "conflict", "tos_block"] as const)("ends with the reason %s", async (unlink) => {
    const { recorder, phone } = await link();
    await network.faults({ unlink }, phone);
    expect(await recorder.waitForState("failed")).toMatchObject({ reason: unlink });
  });

  test("fails when no QR code is scanned", async () => {
    const { recorder } = await start(await options());
    expect(await recorder.waitForState("failed")).toMatchObject({ reason: "qr_expired" });
    expect(recorder.all("qr")).toHaveLength(6);
  });

  test("shows a QR code again when the phone has unlinked it while it was stopped", async () => {
    const { driver, phone, options: given } = await link();
    expect((await stat(join(given.profileDir, "device.json"))).mode & 0o777).toBe(0o600);
    await driver.stop();
    await network.phones.unlink(A, phone.phone, undefined);
    const { recorder } = await start(given);
    expect(await recorder.waitForState("qr")).toMatchObject({ reason: "logged_out_on_phone" });
  });

  test("renews its presence subscriptions after the connection was lost", async () => {
    const { driver, recorder, phone } = await link();
    const peer = await network.phones.create(A);
    await operation(driver, "subscribePresence")({ chatIds: [peer.chatId] });
    await operation(driver, "setPresence")({ available: true });
    const mark = recorder.mark();
    await network.faults({ disconnect: 50 }, phone);
    await recorder.waitForState("connected", mark);
    await network.until("the session to show as online", async () =>
      (await network.phones.get(A, phone.phone)).available ? true : undefined,
    );
    await network.phones.setPresence(A, peer.phone, true);
    await recorder.wait("presence", (event) => event.who.chatId === peer.chatId && event.online, mark);
  });

  test("sends to a privacy id, and reports the chat of its number", async () => {
    const { driver } = await link();
    const peer = await network.phones.create(A);
    const message = outbound(peer.lid, { type: "text", text: "x" });
    expect(await driver.send(message)).toMatchObject({
      key: `true_${peer.chatId}_${message.waId}`,
      chat: { chatId: peer.chatId, lid: peer.lid },
    });
  });

  test("leaves nothing running when it is stopped while it starts", async () => {
    const recorder = new EventRecorder(() => 10_000);
    const driver = lightDriver.create(await options(), recorder.sink, SILENT);
    await Promise.all([driver.start(), driver.stop()]);
    await driver.stop();
    const phone = await network.phones.create(A);
    await network.phones.change(A, phone.phone, { name: "time has passed" });
    expect(recorder.events).toMatchObject([{ type: "state", state: "starting" }]);
  });
});
