/** Injected faults: each has its documented effect, for the given phones only, and ends when it is turned off. */
import { A, B, message, TestNetwork, textTo } from "./test-network.ts";

let network: TestNetwork;
beforeEach(async () => {
  network = await TestNetwork.open();
});
afterEach(() => network.close());

test("failSends refuses the given number of sends, of this tenant only", async () => {
  const { device, phone } = await network.linked();
  const otherTenant = await network.linked(B);
  expect(await network.faults({ failSends: 2 })).toMatchObject({ failSends: 2 });
  expect(await otherTenant.device.ask("send", textTo(otherTenant.phone, "M1"))).toMatchObject({ type: "reply" });
  for (const id of ["M1", "M2"]) expect(await device.ask("send", textTo(phone, id))).toMatchObject({ code: "refused" });
  expect(await device.ask("send", textTo(phone, "M3"))).toMatchObject({ type: "reply" });
  expect(await network.sandbox.faults.get(A, undefined)).toMatchObject({ failSends: false });
  expect(await device.get("find", { id: "M1" })).toBeNull();
});

test("dropAcks withholds acknowledgements although messages are sent; receipts follow when it ends", async () => {
  const { device } = await network.linked();
  const peer = await network.phones.create(A);
  await network.faults({ dropAcks: true });
  device.send({ type: "request", id: 900, op: "send", input: textTo(peer, "M1") });
  expect(await device.get("find", { id: "M1" })).toMatchObject({ ack: 1 });
  expect(await network.items(peer)).toMatchObject([{ id: "M1" }]);
  expect(device.frames.some((frame) => frame.type === "event" || (frame.type === "reply" && frame.id === 900))).toBe(
    false,
  );
  await network.faults({});
  await device.event("receipt", (event) => event.ack === 2 && event.ids[0] === "M1");
});

test("ackDelayMs delays the acknowledgement, and receipts follow it", async () => {
  const { device } = await network.linked();
  const peer = await network.phones.create(A);
  await network.faults({ ackDelayMs: 200 });
  const before = performance.now();
  await device.get("send", textTo(peer, "M1"));
  expect(performance.now() - before).toBeGreaterThan(190);
  expect(device.frames.at(-1)).toMatchObject({ type: "reply" });
  await device.event("receipt", (event) => event.ack === 2);
});

test("latencyMs keeps the order of events", async () => {
  const { device, phone } = await network.linked();
  const peer = await network.phones.create(A);
  await network.faults({ latencyMs: 150 }, phone);
  const before = performance.now();
  const send = (id: string) => network.phones.send(A, peer.phone, message({ to: phone.phone, id, text: id }));
  for (const id of ["M1", "M2"]) await send(id);
  await network.faults({}, phone);
  await send("M3");
  await device.event("message", (event) => event.message.id === "M3");
  expect(performance.now() - before).toBeGreaterThan(140);
  expect(device.messageIds()).toEqual(["M1", "M2", "M3"]);
});

test("duplicate sends events twice", async () => {
  const { device, phone } = await network.linked();
  const peer = await network.phones.create(A);
  await network.faults({ duplicate: true });
  await network.phones.send(A, peer.phone, message({ to: phone.phone, id: "M1", text: "x" }));
  await network.faults({});
  await network.phones.send(A, peer.phone, message({ to: phone.phone, id: "M2", text: "x" }));
  await device.event("message", (event) => event.message.id === "M2");
  expect(device.messageIds()).toEqual(["M1", "M1", "M2"]);
});

test("disconnect cuts the network of one phone until its time is over or the fault is turned off", async () => {
  const { device, phone, token } = await network.linked();
  const other = await network.linked();
  const { disconnect } = await network.faults({ disconnect: 60_000 }, phone);
  expect(disconnect).toBeGreaterThan(50_000);
  expect(await device.ended()).toBe(1006);
  const early = network.device();
  await early.hello(token);
  expect(await early.ended()).toBe(1006);
  expect(other.device.closed).toBeNull();
  await network.faults({}, phone);
  const again = network.device();
  await again.hello(token);
  await again.frame("ready");
});

test.each(["conflict", "banned", "tos_block"] as const)(
  "unlink disconnects sessions with %s while it is set, and they stay linked",
  async (unlink) => {
    const { device, phone, token } = await network.linked();
    await network.faults({ unlink }, phone);
    expect(await device.frame("unlinked")).toMatchObject({ reason: unlink });
    await device.ended();
    const refused = network.device();
    await refused.hello(token);
    expect(await refused.frame("unlinked")).toMatchObject({ reason: unlink });
    await network.faults({}, phone);
    const again = network.device();
    await again.hello(token);
    await again.frame("ready");
  },
);

test("failLinks makes a phone's codes invalid", async () => {
  const phone = await network.phones.create(A);
  await network.faults({ failLinks: true }, phone);
  const device = network.device();
  await device.hello();
  const { text } = await device.frame("qr");
  await expect(network.phones.scan(A, phone.phone, { qr: text })).rejects.toMatchObject({ type: "sandbox_refused" });
  expect(await device.ask("pairingCode", { phone: phone.phone.slice(1) })).toMatchObject({
    type: "error",
    code: "refused",
  });
  await network.faults({}, phone);
  await network.phones.scan(A, phone.phone, { qr: text });
  await device.frame("ready");
});

test("faults of another tenant's phone cannot be set", async () => {
  const phone = await network.phones.create(B);
  await expect(network.faults({ dropAcks: true }, phone)).rejects.toMatchObject({ type: "not_found" });
});
