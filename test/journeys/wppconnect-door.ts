/** A client of wppconnect-server, unchanged, on the door: from its token to messages, groups and webhooks. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PERMISSIONS } from "../../contracts/permissions.ts";
import type { Message } from "../../contracts/message.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { freePort } from "../harness/port.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { WppconnectClient, type DoorAnswer } from "../harness/wppconnect-client.ts";
import { itemOf, makePhone, type DriverName } from "./pairing.ts";

const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const BASE64 = /^[A-Za-z0-9+/]+=*$/;

/** Runs the journey on the driver, in a describe block of its own. */
export function describeDoor(driver: DriverName): void {
  describe(`a client of wppconnect-server, driver ${driver}`, () => {
    const dataDir = makeDataDir();
    const hooks: Record<string, unknown>[] = [];
    let system: SystemProcess;
    let receiver: Server;
    let api: TestClient;
    let client: WppconnectClient;
    let secret = "";
    let own = "";
    let ana = "";
    const numberOf = (phone: string) => phone.slice(1);
    const idOf = (phone: string) => `${phone.slice(1)}@c.us`;
    const hook = (event: string, isMeant: (body: Record<string, unknown>) => boolean = () => true) =>
      until(() => hooks.find((body) => body["event"] === event && isMeant(body)), 20_000);
    const sent = (answer: DoorAnswer): Record<string, unknown> => {
      expect(answer).toMatchObject({ status: 201, body: { status: "success", mapper: "return" } });
      return (answer.body.response as Record<string, unknown>[])[0]!;
    };

    beforeAll(async () => {
      receiver = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
          hooks.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
          response.writeHead(200).end();
        });
      });
      await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
      const port = await freePort();
      system = await startProcess({
        dataDir,
        environment: {
          WPP_COMPAT_WPPCONNECT_PORT: String(port),
          WPP_COMPAT_WPPCONNECT_NETWORK: "sandbox",
          WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8",
        },
      });
      api = await registerTenant(system.origin);
      const scopes = PERMISSIONS.filter((permission) => permission !== "platform:admin");
      secret = (await api.expect<{ key: string }>(201, "POST", "/api-keys", { name: "secret", scopes })).key;
      if (driver === "browser")
        await api.expect(201, "POST", "/sessions", {
          name: "nerdwhats_america",
          network: "sandbox",
          driver,
          metadata: { "wppconnect-server.name": "NERDWHATS_AMERICA" },
        });
      client = new WppconnectClient(`http://127.0.0.1:${port}`, "NERDWHATS_AMERICA");
      own = await makePhone(api, "Own");
      ana = await makePhone(api, "Ana", { autoRead: true });
    }, 60_000);

    afterAll(async () => {
      receiver?.close();
      await system?.end("SIGTERM");
      await cleanUp(dataDir);
    }, 60_000);

    test("a token needs the secret, and every other route the token", async () => {
      expect(await client.generateToken("THISISMYSECURETOKEN")).toMatchObject({ status: 400 });
      expect(await client.get("status-session")).toMatchObject({ status: 401 });
      const answer = await client.generateToken(secret);
      expect(answer).toMatchObject({
        status: 201,
        body: { status: "success", session: "NERDWHATS_AMERICA", full: `NERDWHATS_AMERICA:${client.token}` },
      });
      expect(await client.get("check-connection-session")).toMatchObject({
        status: 200,
        body: { status: false, message: "Disconnected" },
      });
    });

    test("a token opens its own session only", async () => {
      const other = new WppconnectClient(client.origin, "other");
      await other.generateToken(secret);
      const stranger = new WppconnectClient(client.origin, "other");
      stranger.token = client.token;
      expect(await stranger.get("status-session")).toMatchObject({ status: 404 });
      expect(await other.get("status-session")).toMatchObject({ status: 200, body: { status: "CLOSED" } });
      const names = await client.ask("GET", `/api/${secret}/show-all-sessions`);
      expect(names.body.response).toEqual(expect.arrayContaining(["NERDWHATS_AMERICA", "other"]));
    });

    test("before the session is connected a send is refused as there", async () => {
      expect(await client.post("send-message", { phone: numberOf(ana), message: "too early" })).toMatchObject({
        status: 404,
        body: { response: null, status: "Disconnected" },
      });
    });

    test("a session is started with its webhook, and its QR code scanned", async () => {
      const { port } = receiver.address() as AddressInfo;
      const started = await client.post("start-session", {
        webhook: `http://127.0.0.1:${port}/hook`,
        waitQrCode: true,
      });
      expect(started).toMatchObject({
        status: 200,
        body: { status: "qrcode", qrcode: expect.stringMatching(/^data:image\/png;base64,/), session: client.session },
      });
      const { bytes } = await client.get("qrcode-session");
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      const { body } = await client.get("status-session");
      await api.expect(200, "POST", `/sandbox/phones/${own}/scan`, { qr: body["urlcode"] });
      await until(async () => (await client.get("check-connection-session")).body.status === true, 30_000);
      expect(await client.get("status-session")).toMatchObject({ body: { status: "CONNECTED" } });
      const code = await hook("qrcode");
      expect(code).toMatchObject({ session: "NERDWHATS_AMERICA", qrcode: expect.stringMatching(BASE64) });
      expect(await hook("status-find")).toMatchObject({ status: "inChat" });
    }, 60_000);

    test("a text arrives once, and its acknowledgements reach the webhook", async () => {
      const message = sent(await client.post("send-message", { phone: numberOf(ana), message: "hello" }));
      expect(message).toMatchObject({ body: "hello", type: "chat", fromMe: true, to: idOf(ana), chatId: idOf(ana) });
      await itemOf(api, ana, ({ text }) => text === "hello");
      const ack = await hook("onack", ({ ack: level }) => level === 3);
      expect(ack).toMatchObject({ session: "NERDWHATS_AMERICA", id: { _serialized: message["id"], fromMe: true } });
    });

    test("a number that is not on WhatsApp is refused, and nothing is queued", async () => {
      expect(await client.post("send-message", { phone: "15550109999", message: "?" })).toMatchObject({
        status: 400,
        body: { response: null, status: "Connected", message: "O número 15550109999 não existe." },
      });
    });

    test("files are sent as base64, as a form and refused as a path of the server", async () => {
      const image = sent(await client.post("send-image", { phone: numberOf(ana), base64: PIXEL, caption: "a dot" }));
      expect(image).toMatchObject({ type: "image", caption: "a dot", mimetype: "image/png" });
      const form = new FormData();
      form.set("phone", numberOf(ana));
      form.set("message", "a form");
      form.set("file", new File(["name;price\n"], "list.csv", { type: "text/csv" }));
      expect(sent(await client.post("send-file", form))).toMatchObject({ type: "document", filename: "list.csv" });
      await itemOf(api, ana, ({ text }) => text === "a form");
      expect(await client.post("send-file", { phone: numberOf(ana), path: "/etc/passwd" })).toMatchObject({
        status: 400,
        body: { error: { code: "validation" } },
      });
      const media = await client.get(`get-media-by-message/${String(image["id"])}`);
      expect(media.body).toMatchObject({ mimetype: "image/png", base64: PIXEL.split(",")[1] });
    });

    test("what is received reaches the webhook flat, with the id that the routes take", async () => {
      await api.expect(201, "POST", `/sandbox/phones/${ana}/messages`, { to: own, type: "text", text: "is it there?" });
      const message = await hook("onmessage", ({ body }) => body === "is it there?");
      expect(message).toMatchObject({
        session: "NERDWHATS_AMERICA",
        type: "chat",
        from: idOf(ana),
        to: idOf(own),
        fromMe: false,
        isGroupMsg: false,
        sender: { id: idOf(ana) },
      });
      const id = String(message["id"]);
      const reply = { phone: numberOf(ana), message: "yes", messageId: id };
      expect(sent(await client.post("send-reply", reply))).toMatchObject({ quotedMsgId: expect.any(String) });
      expect(await client.post("react-message", { msgId: id, reaction: "👍" })).toMatchObject({ status: 200 });
      expect(await client.get(`message-by-id/${id}`)).toMatchObject({ body: { response: { data: { id } } } });
      expect(await client.post("send-seen", { phone: numberOf(ana) })).toMatchObject({ status: 200 });
    });

    test("what was sent before is edited and deleted by its id", async () => {
      const { id } = sent(await client.post("send-message", { phone: numberOf(ana), message: "teh end" }));
      await api.until<Message>(`/messages/${String(id)}`, ({ status }) => status === "read");
      expect(await client.post("edit-message", { id, newText: "the end" })).toMatchObject({ status: 201 });
      await api.until<Message>(`/messages/${String(id)}`, ({ text }) => text === "the end");
      const deletion = { phone: numberOf(ana), messageId: id };
      expect(await client.post("delete-message", deletion)).toMatchObject({ status: 200 });
      await api.until<Message>(`/messages/${String(id)}`, ({ revokedAt }) => revokedAt !== null);
    });

    test("polls, places, lists and cards are sent", async () => {
      const phone = numberOf(ana);
      sent(await client.post("send-poll-message", { phone, name: "When?", choices: ["Mon", "Tue"] }));
      sent(await client.post("send-location", { phone, lat: -23.5, lng: -46.6, title: "Shop", address: "Rua 1" }));
      sent(
        await client.post("send-list-message", {
          phone,
          description: "Choose",
          sections: [{ title: "Sizes", rows: [{ rowId: "s", title: "Small", description: "" }] }],
        }),
      );
      expect(await client.post("contact-vcard", { phone, contactsId: numberOf(own), name: "Own" })).toMatchObject({
        status: 200,
      });
      await itemOf(api, ana, ({ type }) => type === "poll");
      await itemOf(api, ana, ({ type }) => type === "list");
      await itemOf(api, ana, ({ type }) => type === "contact");
    });

    test("chats and contacts are read in that server's shapes", async () => {
      expect((await client.get("all-chats")).body).toMatchObject({ status: "success", mapper: "chat" });
      const chats = (await client.post("list-chats", { onlyUsers: true })).body as unknown as object[];
      expect(chats).toEqual(expect.arrayContaining([expect.objectContaining({ isGroup: false, isUser: true })]));
      expect(await client.get(`contact/${numberOf(ana)}`)).toMatchObject({
        body: { response: { id: { _serialized: idOf(ana) } } },
      });
      expect(await client.get(`check-number-status/${numberOf(ana)}`)).toMatchObject({
        body: { response: { numberExists: true, canReceiveMessage: true } },
      });
      expect((await client.get(`get-messages/${numberOf(ana)}?count=2`)).body.response).toHaveLength(2);
      for (const path of ["all-contacts", "blocklist", "all-unread-messages", "list-mutes/all", "get-all-labels"])
        expect([path, (await client.get(path)).status]).toEqual([path, path === "get-all-labels" ? 409 : 200]);
      for (const [path, body] of [
        ["archive-chat", { phone: numberOf(ana), value: true }],
        ["archive-chat", { phone: numberOf(ana), value: false }],
        ["pin-chat", { phone: numberOf(ana), state: "true" }],
        ["mark-unseen", { phone: numberOf(ana) }],
        ["typing", { phone: numberOf(ana), value: true }],
        ["block-contact", { phone: numberOf(ana) }],
        ["unblock-contact", { phone: numberOf(ana) }],
      ] as const) {
        const { status } = await client.post(path, body);
        expect([path, status]).toEqual([path, path === "archive-chat" ? 201 : 200]);
      }
    });

    test("a group is made, changed and left", async () => {
      const created = await client.post("create-group", { name: "Team", participants: [numberOf(ana)] });
      expect(created).toMatchObject({ status: 201, body: { response: { groupInfo: [{ name: "Team" }] } } });
      const { groupInfo } = created.body.response as { groupInfo: { id: string }[] };
      const groupId = groupInfo[0]!.id;
      expect((await client.get(`group-members/${groupId}`)).body.response).toHaveLength(2);
      expect(await client.post("group-subject", { groupId, title: "Crew" })).toMatchObject({ status: 200 });
      expect(await client.post("promote-participant-group", { groupId, phone: numberOf(ana) })).toMatchObject({
        status: 201,
      });
      expect((await client.get(`group-admins/${groupId}`)).body.response).toHaveLength(2);
      expect((await client.get(`group-invite-link/${groupId}`)).body.response).toMatch(/^https:\/\/chat\.whatsapp/);
      sent(await client.post("send-message", { phone: groupId, isGroup: true, message: "to all" }));
      expect((await client.get("all-groups")).body.response).toEqual([
        expect.objectContaining({ name: "Crew", isGroup: true }),
      ]);
      expect(await client.post("leave-group", { groupId })).toMatchObject({ status: 200 });
    });

    test("the account's own profile", async () => {
      expect(await client.get("host-device")).toMatchObject({
        body: { mapper: "device", response: { phoneNumber: idOf(own) } },
      });
      expect(await client.post("profile-status", { status: "Open until six" })).toMatchObject({ status: 200 });
      expect(await client.get(`profile-status/${numberOf(own)}`)).toMatchObject({
        body: { response: { status: "Open until six" } },
      });
    });

    test("what is not offered says why, and the document lists the rest", async () => {
      expect(await client.get("get-battery-level")).toMatchObject({ status: 501 });
      const { body } = await client.ask("GET", "/api-docs");
      expect(Object.keys(body["paths"] as unknown as object).length).toBeGreaterThan(130);
      expect(await client.ask("GET", "/healthz")).toMatchObject({ status: 200 });
    });

    test("a session is closed and comes back without a QR code", async () => {
      expect(await client.post("close-session")).toMatchObject({ status: 200, body: { status: true } });
      await until(async () => (await client.get("status-session")).body.status === "CLOSED", 30_000);
      expect(await hook("closesession")).toMatchObject({ connected: false });
      await client.post("start-session", {});
      await until(async () => (await client.get("status-session")).body.status === "CONNECTED", 60_000);
    }, 90_000);
  });
}
