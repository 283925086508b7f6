/** Text that cannot be stored is refused in requests and repaired in received messages; no session ends because of it. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Message } from "../../../contracts/message.ts";
import type { Session } from "../../../contracts/routes/session.ts";
import { registerTenant, type TestClient } from "../../harness/client.ts";
import { startSystem, type System } from "../../harness/system.ts";
import { makePhone, pairSession } from "../../journeys/pairing.ts";

interface Refusal {
  code: string;
  errors: { pointer: string; code: string }[];
}

let system: System;
let api: TestClient;
let files: Server;
let fileUrl = "";
let tenantId = "";
let [ours, theirs] = ["", ""];

beforeAll(async () => {
  files = createServer(
    (_request, response) => void response.writeHead(200, { "content-type": "nonsense" }).end("some bytes"),
  );
  await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
  fileUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
  system = await startSystem({
    services: ["auth", "tenant", "session", "session-node", "message", "event", "presence", "sandbox", "api-gateway"],
    environment: { WPP_SIGNUP: "open", WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0" },
  });
  api = await registerTenant(system.url);
  tenantId = (await api.expect<{ id: string }>(200, "GET", "/tenant")).id;
  [ours, theirs] = [await makePhone(api, "Ours"), await makePhone(api, "Theirs")];
  await pairSession(api, "main", "light", ours);
}, 60_000);
afterAll(async () => {
  files?.closeAllConnections();
  await new Promise((resolve) => files?.close(resolve));
  await system?.stop();
});

/** Makes the other phone send a message, by a call of the sandbox: the gateway would refuse the text. */
const sendFromPhone = (message: object) =>
  system.broker.call(
    "sandbox.sendMessage",
    { params: { phone: theirs.replace("+", "") }, body: { to: ours, ...message } },
    { meta: { principal: { tenantId } } },
  );

const received = async (text: string) => {
  const { data } = await api.until<{ data: Message[] }>("/messages?direction=inbound", ({ data: found }) =>
    found.some((message) => message.text === text),
  );
  return data.find((message) => message.text === text)!;
};

describe.each([
  ["a NUL character", "a\0b"],
  ["half of a surrogate pair", "a\ud83db"],
])("%s", (_what, odd) => {
  test.each([
    ["POST", "/sessions/main/messages", () => ({ to: theirs, type: "text", text: odd }), "/text"],
    ["POST", "/sessions/main/messages", () => ({ to: theirs, type: "text", text: "x", clientRef: odd }), "/clientRef"],
    [
      "POST",
      "/sessions/main/messages",
      () => ({ to: theirs, type: "poll", question: "?", options: ["a", odd] }),
      "/options/1",
    ],
    ["PATCH", "/sessions/main", () => ({ metadata: { [odd]: "x" } }), `/metadata/${odd}`],
    ["PATCH", "/tenant", () => ({ name: odd }), "/name"],
  ] as const)("of a client: %s %s is refused at its field", async (method, path, body, pointer) => {
    const { body: refusal } = await api.ask<Refusal>(method, path, body());
    expect(refusal).toMatchObject({
      code: "validation",
      errors: [{ pointer: pointer.toWellFormed(), code: "invalid_text" }],
    });
  });

  test("in a received message it is removed, and the session stays connected", async () => {
    const { state, since } = await api.expect<Session>(200, "GET", "/sessions/main");
    await sendFromPhone({ type: "text", text: `${odd} of a stranger` });
    expect((await received(`a\uFFFDb of a stranger`)).status).toBe("received");
    expect(await api.expect(200, "GET", "/sessions/main")).toMatchObject({ state, since });
  });
});

test("a NUL character in a path or a query is refused with its pointer", async () => {
  for (const [path, pointer] of [
    ["/messages/a%00b", ":id"],
    ["/sessions/a%00b", ":session"],
    ["/messages?q=a%00b", "?q"],
    ["/events?session=%00", "?session"],
  ]) {
    const { body } = await api.ask<Refusal>("GET", path!);
    expect(body).toMatchObject({ code: "validation", errors: [{ pointer, code: "invalid_text" }] });
  }
});

describe("text that a header cannot carry", () => {
  const media = Buffer.from("some bytes").toString("base64");

  test("in a received message's media type or file name does not break the download", async () => {
    await sendFromPhone({
      type: "document",
      text: "look",
      media: { base64: media, mimetype: "text/plain; \u0001=é", filename: "it's (1)\ud83d.txt" },
    });
    const { id } = await received("look");
    const answer = await api.ask<Buffer>("GET", `/messages/${id}/media`);
    expect([answer.status, answer.headers.get("content-type"), answer.body.toString()]).toEqual([
      200,
      "application/octet-stream",
      "some bytes",
    ]);
    expect(answer.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''it%27s%20%281%29%EF%BF%BD.txt",
    );
  });

  test("in a send it is refused", async () => {
    const body = { to: theirs, type: "document", media: { base64: media, mimetype: "text/plain; x=é" } };
    expect((await api.ask<Refusal>("POST", "/sessions/main/messages", body)).body).toMatchObject({
      errors: [{ pointer: "/media/mimetype" }],
    });
  });

  test("in an upload it is replaced", async () => {
    const part =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a\0b"\r\n' +
      "Content-Type: a/b\u0001\r\n\r\nhi\r\n--b--\r\n";
    const uploaded = await api.expect(201, "POST", "/uploads", part, {
      "content-type": "multipart/form-data; boundary=b",
    });
    expect(uploaded).toMatchObject({ mimetype: "application/octet-stream", filename: "a\uFFFDb" });
  });

  test.each([
    ["/a%zz", "a%zz", "application/octet-stream"],
    ["/%ff", "\uFFFD", "application/octet-stream"],
    ["/a%00b", "a\uFFFDb", "application/octet-stream"],
    ["/f%C3%BCr.txt", "für.txt", "text/plain"],
  ])("nor is what a server calls its file: %s", async (path, filename, mimetype) => {
    const body = { to: theirs, type: "document", media: { url: `${fileUrl}${path}` } };
    const message = await api.expect<Message>(202, "POST", "/sessions/main/messages", body);
    expect(message.media).toMatchObject({ filename, mimetype });
  });
});
