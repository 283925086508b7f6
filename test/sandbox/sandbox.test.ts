/** The simulated network on its own: delivery, device queues, and recovery after a crash. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openSandbox } from "../../sandbox/sandbox.ts";
import { RawDevice } from "./raw-device.ts";
import { A, message, TestNetwork, textTo } from "./test-network.ts";

let network: TestNetwork;
beforeEach(async () => {
  network = await TestNetwork.open();
});
afterEach(() => network.close());

describe("a message", () => {
  test("with a repeated id gets the first answer, is counted as a duplicate, and is delivered once", async () => {
    const one = await network.linked();
    const other = await network.linked();
    const first = await one.device.get("send", textTo(other.phone, "M1", "once"));
    const second = await one.device.get("send", textTo(other.phone, "M1", "changed"));
    expect(second).toMatchObject({ id: "M1", at: first.at });
    await one.device.get("send", textTo(other.phone, "M2"));
    await other.device.event("message", (event) => event.message.id === "M2");
    expect(other.device.messageIds()).toEqual(["M1", "M2"]);
    expect(await network.items(other.phone)).toMatchObject([
      { id: "M2", duplicates: 0 },
      { id: "M1", duplicates: 1, text: "once" },
    ]);
  });

  test("waits while the phone is offline, and is read by a phone that reads automatically", async () => {
    const { phone, device } = await network.linked();
    const peer = await network.phones.create(A, { autoRead: true });
    await network.phones.change(A, peer.phone, { online: false });
    await device.get("send", textTo(peer, "M1"));
    expect(await network.items(peer)).toMatchObject([{ status: "sent" }]);
    await network.phones.change(A, peer.phone, { online: true });
    await device.event("receipt", (event) => event.ack === 3);
    const acks = device.frames.flatMap((frame) =>
      frame.type === "event" && frame.event.type === "receipt" ? [frame.event.ack] : [],
    );
    expect(acks).toEqual([2, 3]);
    expect(await network.items(phone, "sent")).toMatchObject([{ id: "M1", status: "read" }]);
  });

  test("is delivered by a linked device when the phone itself is offline", async () => {
    const one = await network.linked();
    const other = await network.linked();
    await network.phones.change(A, other.phone.phone, { online: false });
    await one.device.get("send", textTo(other.phone, "M1"));
    const { seq } = await other.device.event("message");
    other.device.send({ type: "ack", seq });
    await one.device.event("receipt", (event) => event.ack === 2 && event.by === other.phone.chatId);
  });

  test("reaches the other devices of its sender, but not the one that sent it", async () => {
    const { phone, device: first } = await network.linked();
    const second = network.device();
    await second.link(network.sandbox, A, phone.phone);
    const peer = await network.phones.create(A);
    await first.get("send", textTo(peer, "M1"));
    await second.event("message", (event) => event.message.id === "M1" && event.message.from === phone.chatId);
    await first.event("receipt");
    expect(first.messageIds()).toEqual([]);
  });

  test("to oneself is read immediately", async () => {
    const { phone, device } = await network.linked();
    await device.get("send", textTo(phone, "M1"));
    await device.event("receipt", (event) => event.ack === 3);
    expect(await device.get("find", { id: "M1" })).toMatchObject({ ack: 3 });
  });

  test("is not delivered to a recipient who has blocked its sender", async () => {
    const { phone, device } = await network.linked();
    const peer = await network.phones.create(A);
    await network.phones.perform(A, peer.phone, "block", { id: phone.chatId, blocked: true });
    expect(await device.get("send", textTo(peer, "M1"))).toMatchObject({ ack: 1 });
    expect(await network.items(peer)).toEqual([]);
    await expect(network.phones.send(A, peer.phone, message({ to: phone.phone, text: "hi" }))).rejects.toMatchObject({
      type: "sandbox_refused",
    });
  });

  test("can be edited for 15 minutes and revoked for 60 hours", async () => {
    let now = Date.now();
    await network.reopen({ now: () => now });
    const one = await network.phones.create(A);
    const other = await network.phones.create(A);
    const { id } = await network.phones.send(A, one.phone, message({ to: other.phone, text: "first" }));
    const change = (more: object) =>
      network.phones.send(A, one.phone, message({ to: other.phone, target: id, ...more }));
    now += 14 * 60_000;
    await change({ type: "edit", text: "second" });
    now += 2 * 60_000;
    await expect(change({ type: "edit", text: "third" })).rejects.toMatchObject({
      type: "sandbox_refused",
      data: { facts: { refusal: "too_late" } },
    });
    expect(await network.items(other)).toMatchObject([{ text: "second", edited: true }]);
    now += 61 * 3_600_000;
    await expect(change({ type: "revoke" })).rejects.toMatchObject({ type: "sandbox_refused" });
  });

  test("is listed page by page, latest first", async () => {
    const one = await network.phones.create(A);
    const other = await network.phones.create(A);
    for (const id of ["M1", "M2", "M3"])
      await network.phones.send(A, one.phone, message({ to: other.phone, id, text: id }));
    const first = await network.phones.inbox(A, other.phone, { limit: 2 });
    expect(first.data.map((item) => item.id)).toEqual(["M3", "M2"]);
    const second = await network.phones.inbox(A, other.phone, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ data: [{ id: "M1" }], nextCursor: null });
    await expect(network.phones.inbox(A, other.phone, { limit: 2, cursor: "nonsense" })).rejects.toMatchObject({
      type: "cursor_invalid",
    });
  });
});

describe("the queue of a device", () => {
  test("is sent again from the first unacknowledged event", async () => {
    const { phone, device: first, token } = await network.linked();
    const peer = await network.phones.create(A);
    const send = (id: string) => network.phones.send(A, peer.phone, message({ to: phone.phone, id, text: id }));
    for (const id of ["M1", "M2", "M3"]) await send(id);
    const { seq, attempt } = await first.event("message", (event) => event.message.id === "M2");
    await first.event("message", (event) => event.message.id === "M3");
    expect(attempt).toBe(1);
    first.send({ type: "ack", seq });
    await first.get("blocklist", {});
    first.socket.terminate();
    await network.untilConnected(phone, false);
    await send("M4");
    const second = network.device();
    await second.hello(token);
    expect(await second.frame("ready")).toMatchObject({ pending: 2 });
    expect(await second.event("message", (event) => event.message.id === "M4")).toMatchObject({ attempt: 1 });
    expect(second.messageIds()).toEqual(["M3", "M4"]);
    expect(second.frames.find((frame) => frame.type === "event")).toMatchObject({ attempt: 2 });
  });

  test("is sent in windows, so that a device that does not acknowledge costs no memory", async () => {
    const { phone, device } = await network.linked();
    const peer = await network.phones.create(A);
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        network.phones.send(A, peer.phone, message({ to: phone.phone, id: `M${n}`, text: "x" })),
      ),
    );
    await device.get("blocklist", {});
    expect(device.messageIds()).toHaveLength(64);
    for (let acknowledged = 0; acknowledged < 200;) {
      const { seq } = await device.frame("event", (frame) => frame.seq > acknowledged);
      device.send({ type: "ack", seq });
      acknowledged = seq;
    }
    expect(new Set(device.messageIds()).size).toBe(200);
  });

  test("is sent to the latest connection when a token is used twice", async () => {
    const { device: first, token } = await network.linked();
    const second = network.device();
    await second.hello(token);
    await second.frame("ready");
    expect(await first.frame("unlinked")).toMatchObject({ reason: "conflict" });
    await first.ended();
  });
});

describe("the database file", () => {
  test("contains everything that was acknowledged before the process was killed", async () => {
    await network.sandbox.close();
    const script = fileURLToPath(new URL("./acknowledged-sends.ts", import.meta.url));
    for (const killAt of [1, 20, 75]) {
      const child = spawn(
        process.execPath,
        ["--disable-warning=ExperimentalWarning", script, `${network.dir}/${killAt}`],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      const acknowledged: string[] = [];
      let token = "";
      for await (const line of createInterface(child.stdout)) {
        if (line.startsWith("token ")) token = line.slice(6);
        else acknowledged.push(line);
        if (acknowledged.length === killAt) child.kill("SIGKILL");
      }
      const reopened = await openSandbox({ dataDir: `${network.dir}/${killAt}`, host: "127.0.0.1" });
      try {
        await expectNothingLost(reopened, acknowledged, token);
      } finally {
        await reopened.close();
      }
    }
  });

  async function expectNothingLost(
    reopened: typeof network.sandbox,
    acknowledged: string[],
    token: string,
  ): Promise<void> {
    const inbox = await reopened.phones.inbox("ten_a", "15550100102", { limit: 1000 });
    const ids = inbox.data.map((item) => item.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(acknowledged));
    const device = new RawDevice(reopened.endpoint);
    await device.hello(token);
    expect(await device.frame("ready")).toMatchObject({ pending: ids.length });
    await device.until("the first events", () =>
      device.messageIds().length >= Math.min(ids.length, 64) ? true : undefined,
    );
    expect(device.messageIds()).toEqual(ids.toReversed().slice(0, 64));
    device.socket.terminate();
  }

  test("can be opened by one process at a time, and keeps the ports across restarts", async () => {
    await expect(openSandbox({ dataDir: network.dir, host: "127.0.0.1" })).rejects.toThrow(
      "is another process using this data directory?",
    );
    const { devicePort, pagePort } = network.sandbox.endpoint;
    await network.reopen();
    expect(network.sandbox.endpoint).toMatchObject({ devicePort, pagePort });
  });

  test("drops a device that was offline for two weeks", async () => {
    const { phone, device, token } = await network.linked();
    device.socket.terminate();
    await network.untilConnected(phone, false);
    await network.reopen({ now: () => Date.now() + 15 * 24 * 3_600_000 });
    expect(await network.phones.get(A, phone.phone)).toMatchObject({ devices: [] });
    const again = network.device();
    await again.hello(token);
    await again.frame("qr");
  });
});
