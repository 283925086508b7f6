/** Invalid requests: each mistake is a documented problem that names the field and what is accepted. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Message } from "../../../contracts/message.ts";
import { registerTenant, type TestClient } from "../../harness/client.ts";
import { startSystem, type System } from "../../harness/system.ts";

interface ProblemAnswer {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  requestId: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

const TO = "+15550100001";
const ID = "msg_0123456789abcdef0123456789abcdef";

describe("bad input", () => {
  let system: System;
  let api: TestClient;
  let stranger: TestClient;
  let files: Server;
  let fileUrl = "";

  beforeAll(async () => {
    files = createServer((request, response) => {
      if (request.url === "/empty") response.writeHead(200).end();
      else response.writeHead(404).end("no");
    });
    await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
    fileUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
    system = await startSystem({
      services: ["auth", "tenant", "session", "session-node", "message", "event", "presence", "sandbox", "api-gateway"],
      environment: {
        WPP_SIGNUP: "open",
        WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8",
        WPP_MAX_MEDIA_MB: "1",
        WPP_THREADS: "0",
      },
    });
    api = await registerTenant(system.url);
    stranger = await registerTenant(system.url);
    await api.expect(201, "POST", "/sessions", { name: "main", network: "sandbox" });
  }, 60_000);

  afterAll(async () => {
    files?.closeAllConnections();
    await new Promise((resolve) => files?.close(resolve));
    await system?.stop();
  });

  const refused = async (
    status: number,
    code: string,
    body: unknown,
    path = "/sessions/main/messages",
    method = "POST",
  ) => {
    const answer = await api.ask<ProblemAnswer>(method, path, body);
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.body.requestId).toMatch(/^req_/);
    return answer.body;
  };

  test.each([
    ["an unknown field", { to: TO, type: "text", text: "x", txet: "y" }, "/"],
    ["a wrong type", { to: TO, type: "text", text: 5 }, "/text"],
    ["a missing field", { to: TO, type: "text" }, "/text"],
    ["an unknown kind", { to: TO, type: "telepathy" }, "/type"],
    ["a bad time", { to: TO, type: "text", text: "x", sendAt: "tomorrow" }, "/sendAt"],
    ["a time too far ahead", { to: TO, type: "text", text: "x", sendAt: "2999-01-01T00:00:00Z" }, "/sendAt"],
    [
      "an end before the beginning",
      { to: TO, type: "text", text: "x", expiresAt: "2001-01-01T00:00:00Z" },
      "/expiresAt",
    ],
    ["no way to the media", { to: TO, type: "image", media: {} }, "/media"],
    [
      "two ways to the media",
      { to: TO, type: "image", media: { base64: "AAAA", url: "https://example.com/x.png" } },
      "/media",
    ],
    ["a reply to nothing", { to: TO, type: "text", text: "x", replyTo: ID }, "/replyTo"],
    ["a latitude off the globe", { to: TO, type: "location", latitude: 91, longitude: 0 }, "/latitude"],
  ])("%s is refused at its field", async (_what, body, pointer) => {
    const problem = await refused(422, "validation", body);
    expect(problem.errors?.map((error) => error.pointer)).toContainEqual(expect.stringContaining(pointer));
  });

  test.each([
    "123",
    "not a number",
    "+1555",
    "123@nowhere.net",
    "a@c.us",
    "+15550100001 or +15550100002",
    "call +15550100001",
    "+15550100001 ext 5",
  ])("the recipient %j is refused", async (to) => {
    const problem = await refused(422, "invalid_phone", { to, type: "text", text: "x" });
    expect(problem.errors?.[0]?.pointer).toBe("/to");
  });

  test("a body that is not JSON, too large, or of another type", async () => {
    const broken = await api.ask<ProblemAnswer>("POST", "/sessions/main/messages", "{", {
      "content-type": "application/json",
    });
    expect(broken.body).toMatchObject({ status: 400, code: "malformed_json" });
    const large = await api.ask<ProblemAnswer>("POST", "/sessions", { name: "x".repeat(1_100_000) });
    expect(large.body).toMatchObject({ status: 413, code: "payload_too_large" });
    const text = await api.ask<ProblemAnswer>("POST", "/sessions/main/messages", "hello", {
      "content-type": "text/plain",
    });
    expect(text.body).toMatchObject({ status: 415, code: "unsupported_media_type" });
  });

  test("media that cannot be fetched, or does not match its declared type", async () => {
    const media = (source: object) => ({ to: TO, type: "image", media: source });
    expect((await refused(422, "media_unreachable", media({ url: `${fileUrl}/missing.png` }))).detail).toContain("404");
    await refused(422, "media_invalid", media({ url: `${fileUrl}/empty` }));
    await refused(422, "url_blocked", media({ url: "http://169.254.169.254/latest/meta-data" }));
    await refused(422, "url_blocked", media({ url: "http://10.0.0.1/x.png" }));
    await refused(422, "url_blocked", media({ url: "http://[::1]/x.png" }));
    await refused(422, "validation", media({ url: "file:///etc/passwd" }));
    await refused(422, "media_invalid", media({ base64: "!!!!" }));
    await refused(422, "media_invalid", media({ base64: "aGVsb" }));
    await refused(
      422,
      "media_invalid",
      media({ base64: Buffer.from("just text").toString("base64"), mimetype: "text/plain" }),
    );
    await refused(422, "media_too_large", media({ base64: Buffer.alloc(1_100_000, 1).toString("base64") }));
    await refused(422, "media_invalid", media({ uploadId: "upl_0123456789abcdef0123456789abcdef" }));
  });

  test("no token, a wrong one, and a key where a token is expected", async () => {
    const anyone = await fetch(`${system.url}/api/v1/sessions`);
    expect(anyone.status).toBe(401);
    expect(await anyone.json()).toMatchObject({ code: "unauthenticated" });
    const wrong = await api
      .with({ authorization: "Bearer eyJhbGciOiJub25lIn0.e30." })
      .ask<ProblemAnswer>("GET", "/sessions");
    expect(wrong.body).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  test("another tenant's resources do not exist", async () => {
    const { id } = await api.expect<Message>(202, "POST", "/sessions/main/messages", {
      to: TO,
      type: "text",
      text: "ours",
    });
    const session = await api.expect<{ id: string }>(200, "GET", "/sessions/main");
    for (const [method, path, body] of [
      ["GET", `/messages/${id}`, undefined],
      ["GET", `/messages/${id}/timeline`, undefined],
      ["POST", `/messages/${id}/cancel`, undefined],
      ["PATCH", `/messages/${id}`, { text: "theirs" }],
      ["GET", `/sessions/${session.id}`, undefined],
      ["POST", `/sessions/${session.id}/start`, undefined],
      ["POST", `/sessions/${session.id}/messages`, { to: TO, type: "text", text: "theirs" }],
      ["GET", `/sessions/${session.id}/events`, undefined],
      ["DELETE", `/sessions/${session.id}`, undefined],
    ] as const) {
      const answer = await stranger.ask<ProblemAnswer>(method, path, body);
      expect(answer.body).toMatchObject({ status: 404, code: "not_found" });
    }
    await api.expect(200, "POST", `/messages/${id}/cancel`);
  });

  test("without a connected session a message waits, and immediate operations are refused", async () => {
    const message = await api.expect<Message>(202, "POST", "/sessions/main/messages", {
      to: TO,
      type: "text",
      text: "patience",
    });
    expect(message).toMatchObject({ status: "queued", waiting: "session_not_connected" });
    await refused(
      409,
      "session_not_running",
      { state: "typing" },
      `/sessions/main/chats/${encodeURIComponent(TO)}/typing`,
    );
    await refused(409, "session_not_running", undefined, "/sessions/main/qr", "GET");
    await refused(409, "not_changeable", { text: "other" }, `/messages/${message.id}`, "PATCH");
    await refused(409, "not_retryable", undefined, `/messages/${message.id}/retry`);
    expect(await api.expect<Message>(200, "POST", `/messages/${message.id}/cancel`)).toMatchObject({
      status: "cancelled",
    });
    await refused(409, "not_cancellable", undefined, `/messages/${message.id}/cancel`);
  });

  test("a wrong cursor, a wrong filter and a wrong session name", async () => {
    await refused(422, "cursor_invalid", undefined, "/messages?cursor=abc", "GET");
    await refused(422, "validation", undefined, "/messages?limit=0", "GET");
    await refused(422, "validation", undefined, "/messages?status=lost", "GET");
    await refused(422, "validation", undefined, "/events?types=weather", "GET");
    await refused(422, "validation", { name: "Has Spaces", network: "sandbox" }, "/sessions");
    await refused(422, "validation", { name: "x", network: "whatsapp", driver: "light" }, "/sessions");
    await refused(409, "name_taken", { name: "main", network: "sandbox" }, "/sessions");
  });
});
