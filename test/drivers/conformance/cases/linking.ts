/** Linking, unlinking and reconnecting. */
import { outbound, TENANT, type DriverFixture } from "../driver-fixture.ts";

export const LINKING_CASES = {
  "shows a QR code and rotates it": async (fixture: DriverFixture) => {
    const { recorder } = await fixture.start(await fixture.newOptions());
    const first = await recorder.wait("qr");
    expect(first.text.split(",")).toHaveLength(4);
    expect(first.expiresAt).toBeGreaterThan(Date.now());
    await recorder.waitForState("qr");
    const second = await recorder.wait("qr", (event) => event.text !== first.text);
    expect(second.attempt).toBeGreaterThan(first.attempt);
  },

  "links by QR code and reports its account": async (fixture: DriverFixture) => {
    const { recorder, phone } = await fixture.link();
    const connected = await recorder.waitForState("connected");
    expect(connected.me).toMatchObject({ chatId: phone.chatId, phone: phone.phone, lid: phone.lid });
    const linked = await fixture.sandbox.phones.get(TENANT, phone.phone);
    expect(linked.devices).toMatchObject([{ name: "Conformance", connected: true }]);
  },

  "links by pairing code": async (fixture: DriverFixture) => {
    const phone = await fixture.phone();
    const { recorder } = await fixture.start(await fixture.newOptions(phone.phone.slice(1)));
    const { code, expiresAt } = await recorder.wait("pairing_code");
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect(expiresAt).toBeGreaterThan(Date.now());
    await recorder.waitForState("pairing");
    await fixture.sandbox.phones.scan(TENANT, phone.phone, { code });
    const connected = await recorder.waitForState("connected");
    expect(connected.me?.chatId).toBe(phone.chatId);
  },

  "reports that a number without an account gets no pairing code": async (fixture: DriverFixture) => {
    const { recorder } = await fixture.start(await fixture.newOptions("15559990000"));
    const { failure } = await recorder.wait("pairing_refused");
    expect(failure).toBe("number_not_on_whatsapp");
    expect(recorder.all("state").map(({ state }) => state)).not.toContain("failed");
    expect(recorder.all("pairing_code")).toEqual([]);
  },

  "reports that the network refuses a pairing code": async (fixture: DriverFixture) => {
    const phone = await fixture.phone();
    await fixture.sandbox.faults.set(TENANT, phone.phone.slice(1), { ...NO_FAULTS, failLinks: true });
    const { recorder } = await fixture.start(await fixture.newOptions(phone.phone.slice(1)));
    const { failure } = await recorder.wait("pairing_refused");
    expect(failure).toBe("rejected_by_network");
  },

  "is logged out when the phone removes it": async (fixture: DriverFixture) => {
    const { recorder, phone, driver } = await fixture.link();
    await fixture.sandbox.phones.unlink(TENANT, phone.phone, undefined);
    const { reason } = await recorder.waitForState("logged_out");
    expect(reason).toBe("logged_out_on_phone");
    await expect(
      driver.send(outbound((await fixture.phone()).chatId, { type: "text", text: "never" })),
    ).rejects.toMatchObject({ name: "DriverError" });
  },

  "logs itself out": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.link();
    await driver.logout();
    const { reason } = await recorder.waitForState("logged_out");
    expect(reason).toBe("logged_out_here");
    await fixture.until("the phone has no device", async () =>
      (await fixture.sandbox.phones.get(TENANT, phone.phone)).devices.length === 0 ? true : undefined,
    );
  },

  "starts again without a QR code": async (fixture: DriverFixture) => {
    const { driver, phone, options } = await fixture.link();
    await driver.stop();
    await driver.stop();
    const { recorder } = await fixture.start(options);
    const connected = await recorder.waitForState("connected");
    expect(connected.me?.chatId).toBe(phone.chatId);
    expect(recorder.all("qr")).toEqual([]);
  },

  "reports messages and receipts that came while it was stopped": async (fixture: DriverFixture) => {
    const { driver, phone, options } = await fixture.link();
    const peer = await fixture.phone();
    await fixture.sandbox.phones.change(TENANT, peer.phone, { online: false });
    const sent = outbound(peer.chatId, { type: "text", text: "before the stop" });
    await driver.send(sent);
    await driver.stop();
    await fixture.sandbox.phones.change(TENANT, peer.phone, { online: true });
    const texts = ["one", "two", "three"];
    for (const text of texts)
      await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text });
    const { recorder } = await fixture.start(options);
    await recorder.wait("ack", (event) => event.waId === sent.waId && event.ack >= 2);
    await recorder.wait(
      "message",
      ({ message }) => message.content.type === "text" && message.content.text === "three",
    );
    expect(recorder.all("message").map(({ message }) => message.content)).toMatchObject(
      texts.map((text) => ({ type: "text", text })),
    );
  },

  "reports many messages of one gap in their order": async (fixture: DriverFixture) => {
    const { driver, phone, options } = await fixture.link();
    const peer = await fixture.phone();
    await driver.stop();
    const texts = Array.from({ length: 120 }, (_, index) => `number ${index}`);
    for (const text of texts)
      await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text });
    const { recorder } = await fixture.start(options);
    await recorder.wait(
      "message",
      ({ message }) => message.content.type === "text" && message.content.text === texts.at(-1),
    );
    expect(
      recorder.all("message").map(({ message }) => (message.content.type === "text" ? message.content.text : "")),
    ).toEqual(texts);
  },

  "reconnects after the network was cut, and loses nothing": async (fixture: DriverFixture) => {
    const { driver, recorder, phone } = await fixture.link();
    const peer = await fixture.phone();
    const mark = recorder.mark();
    await fixture.sandbox.faults.set(TENANT, phone.phone.slice(1), { ...NO_FAULTS, disconnect: 1500 });
    await recorder.waitForState("reconnecting", mark);
    await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text: "in the gap" });
    await recorder.waitForState("connected", mark);
    await recorder.wait(
      "message",
      ({ message }) => message.content.type === "text" && message.content.text === "in the gap",
    );
    const sent = outbound(peer.chatId, { type: "text", text: "after the gap" });
    await driver.send(sent);
    await fixture.received(peer, (item) => item.id === sent.waId);
  },

  "reports a message again that could not be stored": async (fixture: DriverFixture) => {
    const { driver, recorder, phone, options } = await fixture.link();
    const peer = await fixture.phone();
    recorder.refuse("message");
    await fixture.sandbox.phones.send(TENANT, peer.phone, { to: phone.phone, type: "text", text: "keep me" });
    await driver.stop();
    expect(recorder.all("message")).toEqual([]);
    const again = await fixture.start(options);
    await again.recorder.wait(
      "message",
      ({ message }) => message.content.type === "text" && message.content.text === "keep me",
    );
  },
};

export const NO_FAULTS = {
  latencyMs: 0,
  ackDelayMs: 0,
  dropAcks: false,
  failSends: false,
  disconnect: 0,
  duplicate: false,
  failLinks: false,
  unlink: null,
} as const;
