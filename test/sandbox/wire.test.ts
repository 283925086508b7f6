/** Misbehaving clients of the wire: invalid frames, floods, silence and foreign origins. */
import { createHash, randomBytes, X509Certificate } from "node:crypto";
import { connect } from "node:tls";
import { once } from "node:events";
import { A, B, TestNetwork, textTo } from "./test-network.ts";

let network: TestNetwork;
beforeAll(async () => {
  network = await TestNetwork.open({
    linkTimes: { firstQrMs: 250, nextQrMs: 50, codeMs: 200 },
    liveness: { pingMs: 150, helloMs: 300 },
  });
});
afterAll(() => network.close());

function fileTo(phone: { chatId: string }, type: string): object {
  return { id: "M1", to: phone.chatId, type, media: { mimetype: "a/b", filename: null, data: "QUJD" } };
}

/** The network still works. */
async function expectAlive(): Promise<void> {
  const { device, phone } = await network.linked();
  expect(await device.get("send", textTo(phone, "alive"))).toMatchObject({ id: "alive" });
}

describe("an invalid frame", () => {
  const broken: [string, string | Buffer][] = [
    ["not JSON", "hello"],
    ["binary", Buffer.from([1, 2, 3])],
    ["null", "null"],
    ["an array", "[]"],
    ["an unknown type", '{"type":"nonsense"}'],
    ["an unknown field", '{"type":"ack","seq":1,"more":true}'],
    ["a wrong type", '{"type":"ack","seq":"1"}'],
    ["an acknowledgement of an event that was never sent", '{"type":"ack","seq":999999}'],
    ["a second hello", '{"type":"hello","token":null,"deviceName":"x","wantsQr":true}'],
    ["deep nesting", "[".repeat(200_000)],
    ["a polluted prototype", '{"type":"request","id":1,"op":"__proto__","input":{},"__proto__":{"x":1}}'],
  ];
  test.each(broken)("%s ends only its connection", async (_name, frame) => {
    const { device } = await network.linked();
    device.socket.send(frame);
    await device.until("the connection to end or a refusal", () =>
      device.closed === 1008 || device.frames.some(({ type }) => type === "error") ? true : undefined,
    );
  });

  test("larger than the limit ends the connection", async () => {
    const { device } = await network.linked();
    device.socket.send("x".repeat(25 * 1024 * 1024));
    expect(await device.ended()).not.toBe(1000);
    await expectAlive();
  });

  test("of random bytes never stops the network", async () => {
    for (let n = 0; n < 20; n++) {
      const { device } = await network.linked();
      device.socket.send(randomBytes(n * 50).toString("latin1"));
      device.socket.send(randomBytes(n * 50));
    }
    await expectAlive();
  });
});

describe("a request", () => {
  test("that matches no schema is refused, and the connection stays open", async () => {
    const { device, phone } = await network.linked();
    const bad: [string, unknown][] = [
      ["nonsense", {}],
      ["constructor", {}],
      ["send", null],
      ["send", {}],
      ["send", { ...textTo(phone, "M1"), from: "15550109999@c.us" }],
      ["send", { ...textTo(phone, "M1"), to: "nobody" }],
      ["send", { ...textTo(phone, "M_1") }],
      ["send", { id: "M1", to: phone.chatId, type: "image" }],
      [
        "send",
        { id: "M1", to: phone.chatId, type: "image", media: { mimetype: "image/png", filename: null, data: "***" } },
      ],
      ...Object.entries({ audio: { text: "no caption" }, voice: { text: "x" }, sticker: { text: "x" } }).map(
        ([type, more]): [string, unknown] => ["send", { ...fileTo(phone, type), ...more }],
      ),
      ...["audio", "document", "gif", "sticker"].map((type): [string, unknown] => [
        "send",
        { ...fileTo(phone, type), viewOnce: true },
      ]),
      ["send", { ...textTo(phone, "M1"), viewOnce: true }],
      ["send", { ...fileTo(phone, "audio"), seconds: 1 }],
      ["send", { ...fileTo(phone, "voice"), waveform: [101] }],
      ["history", { chat: null, since: 0, limit: 1e9 }],
      ["checkNumbers", { ids: Array.from({ length: 5000 }, () => phone.chatId) }],
      ["updateGroup", { groupId: "1@g.us", name: "" }],
    ];
    for (const [op, input] of bad)
      expect(await device.ask(op, input)).toMatchObject({ type: "error", code: "invalid" });
    expect(await device.get("send", textTo(phone, "M1"))).toMatchObject({ id: "M1" });
  });

  test("from a device that is not linked is refused", async () => {
    const device = network.device();
    await device.hello();
    await device.frame("qr");
    expect(await device.ask("groups", {})).toMatchObject({ type: "error", code: "not_linked" });
    expect(await device.ask("pairingCode", { phone: "15559999999" })).toMatchObject({
      type: "error",
      code: "not_on_whatsapp",
    });
  });

  test("is served in order even in a flood", async () => {
    const { device } = await network.linked();
    const peer = await network.phones.create(A);
    const answers = await Promise.all(Array.from({ length: 500 }, (_, n) => device.get("send", textTo(peer, `M${n}`))));
    expect(answers.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, n) => `M${n}`));
    const { data } = await network.phones.inbox(A, peer.phone, { limit: 500 });
    expect(data.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, n) => `M${499 - n}`));
  });
});

describe("a connection", () => {
  test("that sends nothing is dropped", async () => {
    const device = network.device();
    await device.opened();
    await device.ended();
  });

  test("that does not answer pings is dropped, and shown as disconnected", async () => {
    const phone = await network.phones.create(A);
    const device = network.device({ autoPong: false });
    await device.link(network.sandbox, A, phone.phone);
    await network.untilConnected(phone, false);
  });

  test("from another web page or to another path is refused", async () => {
    const page = network.device({ origin: "https://evil.example" });
    expect(await page.ended()).toBe(1006);
    const { host, devicePort } = network.sandbox.endpoint;
    expect(await network.device({}, `ws://${host}:${devicePort}/elsewhere`).ended()).toBe(1006);
  });

  test("to the page's port uses the announced key, and accepts only the page's origin", async () => {
    const { host, pagePort, spki } = network.sandbox.endpoint;
    const socket = connect({ host, port: pagePort, servername: "web.whatsapp.com", rejectUnauthorized: false });
    await once(socket, "secureConnect");
    const der = new X509Certificate(socket.getPeerCertificate().raw).publicKey.export({ type: "spki", format: "der" });
    socket.destroy();
    expect(createHash("sha256").update(der).digest("base64")).toBe(spki);
    const url = `wss://${host}:${pagePort}/device`;
    const withoutOrigin = network.device({ rejectUnauthorized: false }, url);
    expect(await withoutOrigin.ended()).toBe(1006);
    const page = network.device({ rejectUnauthorized: false, origin: "https://web.whatsapp.com" }, url);
    await page.hello();
    await page.frame("qr");
  });
});

describe("a linking code", () => {
  test("as QR code is renewed until the sixth, each expires, and a new hello requests more", async () => {
    const phone = await network.phones.create(A);
    const device = network.device();
    await device.hello();
    await device.frame("qr_idle");
    const texts = device.frames.flatMap((frame) => (frame.type === "qr" ? [frame.text] : []));
    expect(new Set(texts).size).toBe(6);
    for (const qr of texts)
      await expect(network.phones.scan(A, phone.phone, { qr })).rejects.toMatchObject({ type: "sandbox_refused" });
    device.send({ type: "hello", token: null, deviceName: "Raw", wantsQr: true });
    await device.frame("qr", (frame) => !texts.includes(frame.text));
  });

  test("for pairing is valid for its phone and replaced by the next one", async () => {
    const phone = await network.phones.create(A);
    const other = await network.phones.create(B);
    const device = network.device();
    await device.opened();
    device.send({ type: "hello", token: null, deviceName: "Raw", wantsQr: false });
    const { code } = await device.get("pairingCode", { phone: phone.phone.slice(1) });
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    await expect(network.phones.scan(B, other.phone, { code })).rejects.toMatchObject({ type: "sandbox_refused" });
    const next = await device.get("pairingCode", { phone: phone.phone.slice(1) });
    await expect(network.phones.scan(A, phone.phone, { code })).rejects.toMatchObject({ type: "sandbox_refused" });
    await network.phones.scan(A, phone.phone, { code: next.code.toLowerCase().replace("-", "") });
    await device.frame("ready");
  });
});
