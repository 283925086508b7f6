/** The gateway's checks of a request: each passes it on or responds with a problem document that names the mistake. */
import { createHash, randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Context, ServiceSchema } from "moleculer";
import { OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { startSystem, type System } from "../../harness/system.ts";

interface Document {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  requestId: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

/** Replaces the presence service with one that fails. */
const broken: ServiceSchema = {
  name: "presence",
  actions: {
    get() {
      throw new Error("SELECT secret FROM somewhere");
    },
    async subscribe(ctx: Context) {
      await ctx.call("presence.hang", {}, { timeout: 50 });
    },
    hang: () => pause(5_000, undefined, { ref: false }),
  },
};

let system: System;
let account: Account;

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "message"],
    environment: { ...OPEN, WPP_MAX_MEDIA_MB: "2" },
    extra: [broken],
  });
  account = await registerTenant(system, "Acme");
});
afterAll(() => system.stop());

const pointers = (body: Document) =>
  Object.fromEntries((body.errors ?? []).map(({ pointer, code }) => [pointer, code]));

describe("unmatched requests", () => {
  test("an unknown route is a 404 problem with every field", async () => {
    const { status, headers, body } = await account.owner.ask<Document>("GET", "/nothing/here?x=1");
    expect(status).toBe(404);
    expect(headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(body).toMatchObject({
      type: "urn:wppconnect:problem:route_not_found",
      status: 404,
      instance: "/api/v1/nothing/here",
      code: "route_not_found",
    });
    expect(body.requestId).toBe(headers.get("x-request-id"));
  });

  test("a known path with another method is a 405 that lists the allowed methods", async () => {
    const { status, headers, body } = await account.owner.ask<Document>("PUT", "/users");
    expect([status, body.code, headers.get("allow")]).toEqual([405, "method_not_allowed", "GET, POST"]);
  });

  test("an unavailable service is a 503 with Retry-After", async () => {
    const { status, headers, body } = await account.owner.ask<Document>("GET", "/sessions");
    expect([status, body.code, headers.get("retry-after")]).toEqual([503, "unavailable", "2"]);
  });

  test("a malformed escape in the path is not a 500", async () => {
    expect((await account.owner.ask("GET", "/users/%E0%A4%A")).status).toBe(404);
  });
});

describe("the body", () => {
  const post = (body: unknown, headers?: Record<string, string>) =>
    account.owner.ask<Document>("POST", "/api-keys", body, headers);

  test.each([
    ["broken JSON", "{not json", "application/json", 400, "malformed_json"],
    ["a form", "a=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"],
    ["text", "hello", "text/plain", 415, "unsupported_media_type"],
    ["another charset", "{}", "application/json; charset=klingon", 415, "unsupported_media_type"],
    ["no object", "5", "application/json", 422, "validation"],
  ])("%s is refused", async (_name, body, type, status, code) => {
    const answer = await post(body, { "content-type": type });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test("an unknown content encoding is a 415", async () => {
    expect((await post("{}", { "content-type": "application/json", "content-encoding": "rot13" })).body.code).toBe(
      "unsupported_media_type",
    );
  });

  test("more than 1 MB is a 413, except where media in base64 is accepted", async () => {
    const large = "x".repeat(1_100_000);
    expect((await post({ name: large })).body).toMatchObject({ status: 413, code: "payload_too_large" });
    const media = await account.owner.ask<Document>("POST", "/sessions/any/messages", {
      to: "1",
      type: "image",
      media: { base64: large },
    });
    expect(media.status).not.toBe(413);
    const tooMuch = await account.owner.ask<Document>("POST", "/sessions/any/messages", {
      to: "1",
      type: "image",
      media: { base64: "x".repeat(4_200_000) },
    });
    expect(tooMuch.body.code).toBe("payload_too_large");
  });

  test("a route without a body accepts none or an empty object, but no fields", async () => {
    const me = await registerTenant(system, "Bodyless");
    expect((await me.owner.ask("POST", "/auth/logout", { everything: true })).status).toBe(422);
    expect((await me.owner.ask("POST", "/auth/logout", {})).status).toBe(204);
  });
});

describe("validation", () => {
  test("reports every invalid field of the body by its JSON pointer", async () => {
    const { status, body } = await account.owner.ask<Document>("POST", "/api-keys", {
      name: "",
      scopes: ["message:send", "everything"],
      sessions: [],
      "a/b": 1,
    });
    expect([status, body.code]).toEqual([422, "validation"]);
    expect(pointers(body)).toEqual({
      "/name": "too_small",
      "/scopes/1": "invalid_value",
      "/sessions": "too_small",
      "/a~1b": "unknown_field",
    });
    expect(body.errors?.find(({ pointer }) => pointer === "/scopes/1")?.detail).toContain('"message:send"');
  });

  test("reports query and path parameters with their own pointers", async () => {
    expect(
      pointers((await account.owner.ask<Document>("GET", "/users?limit=1000&order=desc&limit[x]=1")).body),
    ).toEqual({
      "?limit": "too_big",
      "?order": "unknown_field",
      "?limit[x]": "unknown_field",
    });
    expect(pointers((await account.owner.ask<Document>("GET", "/users/abc")).body)).toEqual({
      ":id": "invalid_format",
    });
  });

  test("reports the mistakes of the closest alternative of a union", async () => {
    const { body } = await account.owner.ask<Document>("POST", "/sessions/any/messages", {
      to: "15550100001",
      type: "image",
      media: { base64: 5 },
    });
    expect(Object.keys(pointers(body))).toContain("/media/base64");
  });

  test("a prototype cannot be reached through a body", async () => {
    const { body } = await account.owner.ask<Document>(
      "POST",
      "/api-keys",
      '{"name":"x","scopes":["message:send"],"__proto__":{"admin":true}}',
      {
        "content-type": "application/json",
      },
    );
    expect(pointers(body)).toEqual({ "/__proto__": "unknown_field" });
  });

  test.each(["", " ", "ü".repeat(3), "x".repeat(256)])("an Idempotency-Key %j is refused", async (key) => {
    const headers = { "idempotency-key": Buffer.from(key).toString("latin1") };
    const { status, body } = await account.owner.ask<Document>(
      "POST",
      "/sessions/any/messages",
      { to: "1", type: "text", text: "x" },
      headers,
    );
    expect([status, Object.keys(pointers(body))]).toEqual([422, ["Idempotency-Key"]]);
  });
});

describe("internal errors", () => {
  test("reveal only the request id", async () => {
    const { status, headers, body } = await account.owner.ask<Document>(
      "GET",
      "/sessions/any/presence/15550100001@c.us",
    );
    expect([status, body.code]).toEqual([500, "internal"]);
    expect(JSON.stringify(body)).not.toMatch(/SELECT|secret|stack|node_modules/);
    expect(body.requestId).toBe(headers.get("x-request-id"));
  });

  test("an action that times out is reported as outcome_unknown", async () => {
    const { status, body } = await account.owner.ask<Document>("POST", "/sessions/any/presence/subscribe", {
      chatIds: ["15550100001@c.us"],
    });
    expect([status, body.code]).toEqual([504, "outcome_unknown"]);
  });
});

describe("uploads", () => {
  const form = (bytes: Uint8Array<ArrayBuffer>) => {
    const data = new FormData();
    data.append("file", new Blob([bytes], { type: "application/octet-stream" }), "data.bin");
    return data;
  };

  test("a file arrives byte for byte", async () => {
    const bytes = new Uint8Array(randomBytes(1_500_000));
    const answer = await account.owner.ask<{ size: number; sha256: string }>("POST", "/uploads", form(bytes));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  });

  test("a file that is too large, a missing form and a malformed one are refused", async () => {
    const tooLarge = await account.owner.ask<Document>("POST", "/uploads", form(new Uint8Array(2_200_000)));
    expect([413, 422]).toContain(tooLarge.status);
    expect((await account.owner.ask<Document>("POST", "/uploads", { file: "x" })).body.code).toBe(
      "unsupported_media_type",
    );
    const broken = await account.owner.ask<Document>("POST", "/uploads", "--b\r\nnonsense", {
      "content-type": "multipart/form-data; boundary=b",
    });
    expect([broken.status, broken.body.code]).toEqual([422, "validation"]);
    expect((await account.anonymous.ask("POST", "/uploads", form(new Uint8Array(10)))).status).toBe(401);
  });
});
