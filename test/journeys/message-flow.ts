/** A message's flow from outside, with either driver: in by HTTP, out to a simulated phone, a webhook and a socket. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { io, type Socket } from "socket.io-client";
import type { EventEnvelope } from "../../contracts/events.ts";
import type { Message, TimelineEntry } from "../../contracts/message.ts";
import type { Session } from "../../contracts/routes/session.ts";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { dataOf } from "../harness/events.ts";
import { cleanUp, makeDataDir, processesOn, startProcess, type SystemProcess } from "../harness/process.ts";
import { mediaFile } from "../harness/media-files.ts";
import { checkEvent } from "../harness/event-checks.ts";
import { until } from "../harness/system.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../harness/webhook-receiver.ts";
import { connected, inboxOf, itemOf, makePhone, type DriverName } from "./pairing.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const OGG = mediaFile("voice.ogg").toString("base64");
const PDF = Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n").toString("base64");

/** Runs the journey on the driver, in a describe block of its own. */
export function describeMessageFlow(driver: DriverName): void {
  describe(`the flow of a message, driver ${driver}`, () => {
    const dataDir = makeDataDir();
    let system: SystemProcess;
    let api: TestClient;
    let stranger: TestClient;
    let webhook: WebhookReceiver;
    let socket: Socket;
    let strangersSocket: Socket;
    let own = "";
    let ana = "";
    const received: [string, EventEnvelope][] = [];
    const leaked: string[] = [];

    const connect = (client: TestClient, token: string) =>
      io(client.origin, { transports: ["websocket"], auth: { token }, reconnection: false });
    const send = (body: object) => api.expect<Message>(202, "POST", "/sessions/main/messages", { to: ana, ...body });
    const settled = (id: string, status = "delivered") =>
      api.until<Message>(`/messages/${id}`, (message) => message.status === status || message.status === "failed");
    const socketEvent = (name: string, isWanted: (event: EventEnvelope) => boolean = () => true) =>
      until(() => received.find(([type, event]) => type === name && isWanted(event))?.[1], 20_000);

    beforeAll(async () => {
      system = await startProcess({ dataDir, environment: { WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8" } });
      const tokenOf = async (client: TestClient) =>
        (
          await client.expect<{ key: string }>(201, "POST", "/api-keys", {
            name: "socket",
            scopes: ["event:read", "session:read", "session:pair", "message:read", "presence:read", "presence:write"],
          })
        ).key;
      api = await registerTenant(system.origin, "Ours");
      stranger = await registerTenant(system.origin, "Theirs");
      webhook = await startWebhookReceiver();
      webhook.trust(
        (await api.expect<{ secret: string }>(201, "POST", "/webhooks", { url: webhook.url, events: ["*"] })).secret,
      );
      socket = connect(api, await tokenOf(api));
      strangersSocket = connect(stranger, await tokenOf(stranger));
      socket.onAny((name: string, event: EventEnvelope) => {
        checkEvent(event);
        received.push([name, event]);
      });
      strangersSocket.onAny((name: string) => leaked.push(name));
      await until(() => socket.connected && strangersSocket.connected);
      own = await makePhone(api, "Own");
      ana = await makePhone(api, "Ana");
    }, 90_000);

    afterAll(async () => {
      socket?.close();
      strangersSocket?.close();
      await webhook?.close();
      await system?.end("SIGTERM");
      await cleanUp(dataDir);
    }, 60_000);

    test("a QR code is shown as JSON, PNG and SVG, and scanned", async () => {
      await api.expect(201, "POST", "/sessions", { name: "main", network: "sandbox", driver });
      await api.expect(202, "POST", "/sessions/main/start");
      const { qr } = await api.expect<{ qr: string }>(200, "GET", "/sessions/main/qr?wait=30");
      const png = await api.ask<Buffer>("GET", "/sessions/main/qr.png");
      expect(png.headers.get("content-type")).toContain("image/png");
      expect(png.body.subarray(1, 4).toString()).toBe("PNG");
      const svg = await api.ask<Buffer>("GET", "/sessions/main/qr.svg");
      expect(svg.body.toString()).toContain("<svg");
      await api.expect(200, "POST", `/sandbox/phones/${own}/scan`, { qr });
      const session = await connected(api, "main");
      expect(session.me?.phone?.replace("+", "")).toBe(own.replace("+", ""));
      expect(session.evidence).not.toEqual({});
      await socketEvent("session:qr");
      await socketEvent("session:connected");
    });

    test("a text moves from queued to read, with a timeline, and the phone gets it once", async () => {
      const accepted = await send({ type: "text", text: "Hello Ana" });
      expect(accepted.status).toBe("queued");
      const item = await itemOf(api, ana, ({ text }) => text === "Hello Ana");
      await settled(accepted.id);
      await api.expect(204, "POST", `/sandbox/phones/${ana}/read`, { from: own });
      const read = await settled(accepted.id, "read");
      expect(read.status).toBe("read");
      const { data } = await api.expect<{ data: TimelineEntry[] }>(200, "GET", `/messages/${accepted.id}/timeline`);
      expect(data.map((entry) => entry.status)).toEqual(["queued", "sending", "sent", "delivered", "read"]);
      expect(item).toMatchObject({ id: accepted.waId, duplicates: 0 });
      for (const type of ["message.queued", "message.sent", "message.delivered", "message.read"]) {
        await webhook.event((event) => event.type === type && dataOf(event)["messageId"] === accepted.id);
        await socketEvent(type.replace(".", ":"), (event) => dataOf(event)["messageId"] === accepted.id);
      }
    });

    test("the phone's answer is an inbound message, an event, a signed webhook and a socket event", async () => {
      await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, { to: own, text: "Hello back" });
      const isAnswer = (event: EventEnvelope) =>
        event.type === "message.received" && event.data.message.text === "Hello back";
      const event = await webhook.event(isAnswer);
      const { messageId } = dataOf(event) as { messageId: string };
      expect(await socketEvent("message:received", isAnswer)).toEqual(event);
      const message = await api.expect<Message>(200, "GET", `/messages/${messageId}`);
      expect(message).toMatchObject({ direction: "inbound", status: "received", text: "Hello back", type: "text" });
      expect(message.from?.phone?.replace("+", "")).toBe(ana.replace("+", ""));
      const log = await api.expect<{ data: EventEnvelope[] }>(200, "GET", "/events?types=message.received&limit=200");
      expect(log.data.filter((logged) => logged.id === event.id)).toEqual([event]);
      expect(webhook.forged).toEqual([]);
    });

    test.each([
      ["image", { media: { base64: PNG, filename: "dot.png" }, caption: "A dot" }, PNG],
      ["document", { media: { base64: PDF, filename: "bill.pdf" } }, PDF],
      ["voice", { media: { base64: OGG, mimetype: "audio/ogg; codecs=opus" } }, OGG],
    ])("%s is sent byte for byte", async (type, body, bytes) => {
      const { id, waId } = await send({ type, ...body });
      expect((await settled(id)).error).toBeNull();
      const item = await itemOf(api, ana, (candidate) => candidate.id === waId);
      expect(item.type).toBe(type);
      expect(item.media?.base64).toBe(bytes);
    });

    test("media from a phone can be fetched byte for byte", async () => {
      await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, {
        to: own,
        media: { base64: PNG, mimetype: "image/png", filename: "in.png" },
        text: "look",
      });
      const event = await webhook.event(
        (candidate) => candidate.type === "message.received" && candidate.data.message.type === "image",
      );
      const media = await api.ask<Buffer>("GET", `/messages/${String(dataOf(event)["messageId"])}/media`);
      expect(media.status).toBe(200);
      expect(media.body.toString("base64")).toBe(PNG);
    });

    test("media can be uploaded first", async () => {
      const form = new FormData();
      form.append("file", new Blob([Buffer.from(PNG, "base64")], { type: "image/png" }), "up.png");
      const { uploadId } = await api.expect<{ uploadId: string }>(201, "POST", "/uploads", form);
      const { id, waId } = await send({ type: "image", media: { uploadId } });
      expect((await settled(id)).error).toBeNull();
      expect((await itemOf(api, ana, (item) => item.id === waId)).media?.base64).toBe(PNG);
    });

    test("location, contact, reaction and reply are sent", async () => {
      const place = await send({ type: "location", latitude: 38.7, longitude: -9.1, name: "Here" });
      const card = await send({ type: "contact", contacts: [{ name: "Bob", phone: "+15550100099" }] });
      const text = await send({ type: "text", text: "React to me" });
      expect((await settled(text.id)).error).toBeNull();
      expect((await settled(place.id)).error).toBeNull();
      expect((await settled(card.id)).error).toBeNull();
      expect((await itemOf(api, ana, ({ id }) => id === place.waId)).location).toMatchObject({
        latitude: 38.7,
        longitude: -9.1,
      });
      expect((await itemOf(api, ana, ({ id }) => id === card.waId)).contacts).toMatchObject([{ name: "Bob" }]);
      const reply = await send({ type: "text", text: "As I said", replyTo: text.id });
      await settled(reply.id);
      expect((await itemOf(api, ana, ({ id }) => id === reply.waId)).quotedId).toBe(text.waId);
      await send({ type: "reaction", messageId: text.id, emoji: "👍" });
      const reacted = await itemOf(api, ana, ({ id, reactions }) => id === text.waId && reactions.length > 0);
      expect(reacted.reactions[0]?.emoji).toBe("👍");
    });

    test("a text is edited and then revoked", async () => {
      const text = await send({ type: "text", text: "Frist" });
      await settled(text.id);
      await api.expect(202, "PATCH", `/messages/${text.id}`, { text: "First" });
      expect((await itemOf(api, ana, ({ id, edited }) => id === text.waId && edited)).text).toBe("First");
      await api.until<Message>(
        `/messages/${text.id}`,
        (message) => message.text === "First" && message.editedAt !== null,
      );
      await api.expect(202, "POST", `/messages/${text.id}/revoke`);
      await itemOf(api, ana, ({ id, revoked }) => id === text.waId && revoked);
      await api.until<Message>(`/messages/${text.id}`, (message) => message.revokedAt !== null);
    });

    test("typing is shown in both directions", async () => {
      await api.expect(204, "POST", `/sandbox/phones/${ana}/typing`, { to: own, state: "typing" });
      await socketEvent("typing:start");
      await api.expect(200, "POST", `/sessions/main/chats/${encodeURIComponent(ana)}/typing`, { state: "typing" });
      await api.until<SandboxPhone>(`/sandbox/phones/${ana}`, ({ typing }) => typing.length > 0);
      const session = await api.expect<Session>(200, "GET", "/sessions/main");
      const acked: unknown = await socket
        .timeout(10_000)
        .emitWithAck("typing:stop", { session: session.id, chatId: ana });
      expect(acked).toEqual({ ok: true });
      await api.until<SandboxPhone>(`/sandbox/phones/${ana}`, ({ typing }) => typing.length === 0);
    });

    test("a message to a number that is not on WhatsApp fails with that reason", async () => {
      const { id } = await api.expect<Message>(202, "POST", "/sessions/main/messages", {
        to: "+15550109999",
        type: "text",
        text: "Anyone?",
      });
      expect((await settled(id)).error?.code).toBe("number_not_on_whatsapp");
    });

    test("messages wait while the session is stopped, and it starts again without a QR code", async () => {
      await api.expect(202, "POST", "/sessions/main/stop");
      await api.until<Session>("/sessions/main", ({ state }) => state === "stopped");
      const waiting = await send({ type: "text", text: "Later" });
      expect(waiting).toMatchObject({ status: "queued", waiting: "session_not_connected" });
      await api.expect(202, "POST", "/sessions/main/start");
      await connected(api, "main");
      expect((await settled(waiting.id)).status).toBe("delivered");
    });

    test("nothing reached the other tenant", async () => {
      expect(leaked).toEqual([]);
      expect((await stranger.expect<{ data: unknown[] }>(200, "GET", "/messages")).data).toEqual([]);
      expect((await stranger.expect<{ data: EventEnvelope[] }>(200, "GET", "/events")).data).toEqual([]);
      expect((await stranger.ask("GET", "/sessions/main")).status).toBe(404);
      expect((await stranger.ask("GET", `/sandbox/phones/${ana}`)).status).toBe(404);
    });

    test("the data directory is for its user only, and the log has no phone numbers", () => {
      const open = readdirSync(dataDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() || entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077);
      expect(open).toEqual([]);
      expect(system.output()).not.toContain(ana.replace("+", ""));
      expect(system.output()).not.toContain(own.replace("+", ""));
    });

    test("a second session of the tenant pairs by a code", async () => {
      const phone = await makePhone(api, "Second");
      await api.expect(201, "POST", "/sessions", { name: "second", network: "sandbox", driver });
      await api.expect(202, "POST", "/sessions/second/start");
      await api.until<Session>("/sessions/second", ({ state }) => state === "qr");
      const stranger = await api.ask("POST", "/sessions/second/pairing-code", { phone: "+15559990000" });
      expect([stranger.status, stranger.body["code"]]).toEqual([422, "number_not_on_whatsapp"]);
      await api.until<Session>("/sessions/second", ({ state }) => state === "qr");
      const { code } = await api.expect<{ code: string }>(200, "POST", "/sessions/second/pairing-code", { phone });
      await api.expect(200, "POST", `/sandbox/phones/${phone}/scan`, { code });
      await connected(api, "second");
      expect((await inboxOf(api, phone)).length).toBe(0);
    });

    test("a logout on the phone is reported, and the session can be paired again", async () => {
      await api.expect(204, "POST", `/sandbox/phones/${own}/logout`, {});
      const out = await api.until<Session>("/sessions/main", ({ state }) => state === "logged_out");
      expect(out).toMatchObject({ reason: "logged_out_on_phone", desired: "stopped" });
      await api.expect(202, "POST", "/sessions/main/start");
      const { qr } = await api.expect<{ qr: string }>(200, "GET", "/sessions/main/qr?wait=30");
      await api.expect(200, "POST", `/sandbox/phones/${own}/scan`, { qr });
      await connected(api, "main");
    });

    test("Ctrl-C ends the system within 10 s and leaves no process", async () => {
      // Past its deadline the process exits with 1.
      expect(await system.end("SIGINT")).toBe(0);
      await until(() => processesOn(dataDir).length === 0);
    });
  });
}
