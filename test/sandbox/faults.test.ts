/** Faults on demand: each does what it says, for whom it says, and ends when it is taken away. */
import { A, B, message, TestNetwork, textTo } from "./test-network.ts";

let network: TestNetwork;
beforeEach(async () => {
  network = await TestNetwork.open();
});
afterEach(() => network.close());

test("sends are refused, as many as were asked for, and for this tenant only", async () => {
  const { device, phone } = await network.linked();
  const elsewhere = await network.linked(B);
  expect(await network.faults({ failSends: 2 })).toMatchObject({ failSends: 2 });
  expect(await elsewhere.device.ask("send", textTo(elsewhere.phone, "M1"))).toMatchObject({ type: "reply" });
  for (const id of ["M1", "M2"]) expect(await device.ask("send", textTo(phone, id))).toMatchObject({ code: "refused" });
  expect(await device.ask("send", textTo(phone, "M3"))).toMatchObject({ type: "reply" });
  expect(await network.sandbox.faults.get(A, undefined)).toMatchObject({ failSends: false });
  expect(await device.get("find", { id: "M1" })).toBeNull();
});

test("an acknowledgement that is dropped leaves the message sent, and receipts come when the fault ends", async () => {
  const { device } = await network.linked();
  const peer = await network.phones.create(A);
  await network.faults({ dropAcks: true });
  device.say({ type: "request", id: 900, op: "send", input: textTo(peer, "M1") });
  expect(await device.get("find", { id: "M1" })).toMatchObject({ ack: 1 });
  expect(await network.items(peer)).toMatchObject([{ id: "M1" }]);
  expect(device.frames.some((frame) => frame.type === "event" || (frame.type === "reply" && frame.id === 900))).toBe(
    false,
  );
  await network.faults({});
  await device.event("receipt", (event) => event.ack === 2 && event.ids[0] === "M1");
});

test("an acknowledgement comes late, and its receipts after it", async () => {
  const { device } = await network.linked();
  const peer = await network.phones.create(A);
  await network.faults({ ackDelayMs: 200 });
  const before = performance.now();
  await device.get("send", textTo(peer, "M1"));
  expect(performance.now() - before).toBeGreaterThan(190);
  expect(device.frames.at(-1)).toMatchObject({ type: "reply" });
  await device.event("receipt", (event) => event.ack === 2);
});

test("a slow network keeps the order of what it tells", async () => {
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

test("events are told twice", async () => {
  const { device, phone } = await network.linked();
  const peer = await network.phones.create(A);
  await network.faults({ duplicate: true });
  await network.phones.send(A, peer.phone, message({ to: phone.phone, id: "M1", text: "x" }));
  await network.faults({});
  await network.phones.send(A, peer.phone, message({ to: phone.phone, id: "M2", text: "x" }));
  await device.event("message", (event) => event.message.id === "M2");
  expect(device.messageIds()).toEqual(["M1", "M1", "M2"]);
});

test("the network of one phone is cut, until its time is over or the fault is taken away", async () => {
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
  "sessions are thrown out with %s while it is set, and keep their link",
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

test("codes of a phone do not work", async () => {
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

test("faults of a phone that is not the tenant's cannot be set", async () => {
  const phone = await network.phones.create(B);
  await expect(network.faults({ dropAcks: true }, phone)).rejects.toMatchObject({ type: "not_found" });
});
