/** Signing in: the first run, passwords, access tokens and refresh tokens. */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jwt from "jsonwebtoken";
import { acquireSecrets } from "../../../mixins/secrets.ts";
import { clientOf, OPEN, PASSWORD, registerTenant, type SignedIn } from "../../harness/accounts.ts";
import type { TestClient } from "../../harness/client.ts";
import { startSystem, type System } from "../../harness/system.ts";

interface Code {
  code: string;
}

const SERVICES = ["api-gateway", "auth", "tenant"] as const;
let system: System;

beforeAll(async () => {
  system = await startSystem({ services: SERVICES, environment: OPEN });
});
afterAll(() => system.stop());

const bearer = (client: TestClient, token: string) => client.with({ authorization: `Bearer ${token}` });

describe("the first run", () => {
  test("with sign-up closed, only the one-time link registers an owner: a platform administrator, once", async () => {
    const closed = await startSystem({ services: SERVICES, environment: { ...OPEN, WPP_SIGNUP: "closed" } });
    try {
      const client = clientOf(closed);
      const body = { tenantName: "First", name: "Ann", email: "ann@first.test", password: PASSWORD };
      expect((await client.ask("POST", "/auth/register", body)).body).toMatchObject({
        code: "signup_closed",
        detail: expect.stringMatching(/one-time link .+first-run\.txt.+WPP_SIGNUP=open/),
      });
      const link = await closed.broker.call<{ url: string; file: string } | null, object>("auth.setupLink", {
        origin: "https://wpp.example",
      });
      expect(link?.url).toMatch(/^https:\/\/wpp\.example\/welcome#/);
      expect(statSync(link!.file).mode & 0o777).toBe(0o600);
      expect(readFileSync(link!.file, "utf8")).toContain(link!.url);
      const setupToken = link!.url.split("#")[1]!;
      expect(
        (await client.ask<Code>("POST", "/auth/register", { ...body, setupToken: `${setupToken}x` })).body.code,
      ).toBe("forbidden");
      await client.expect(204, "POST", "/auth/setup-token", { setupToken });
      await client.expect(403, "POST", "/auth/setup-token", { setupToken: `${setupToken}x` });
      const second = { ...body, email: "bob@first.test", setupToken };
      const answers = await Promise.all(
        [{ ...body, setupToken }, second].map((given) => client.ask<SignedIn>("POST", "/auth/register", given)),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 403]);
      const { user, tenant } = answers.find(({ status }) => status === 201)!.body;
      expect([user.role, user.platformAdmin, tenant.plan]).toEqual(["owner", true, "enterprise"]);
      expect(existsSync(link!.file)).toBe(false);
      expect(await closed.broker.call("auth.setupLink", {})).toBeNull();
      const used = await client.ask("POST", "/auth/setup-token", { setupToken });
      expect(used.body).toMatchObject({ code: "forbidden", detail: expect.stringContaining("already been used") });
      const { body: late } = await client.ask("POST", "/auth/register", { ...body, email: "eve@first.test" });
      expect(late).toMatchObject({ code: "signup_closed", detail: expect.stringContaining("ask an administrator") });
    } finally {
      await closed.stop();
    }
  });

  test("a start with another master key than the database's fails and names the remedy", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "wpp-test-"));
    try {
      const first = await startSystem({ services: ["auth"], dataDir });
      await first.stop();
      expect(statSync(join(dataDir, "master.key")).mode & 0o777).toBe(0o600);
      await (await startSystem({ services: ["auth"], dataDir })).stop();
      rmSync(join(dataDir, "master.key"));
      await expect(startSystem({ services: ["auth"], dataDir })).rejects.toThrow(
        /The master key is not the one.*WPP_MASTER_KEY/s,
      );
      writeFileSync(join(dataDir, "master.key"), "short");
      await expect(startSystem({ services: ["auth"], dataDir })).rejects.toThrow(/is damaged/);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe("passwords", () => {
  const register = (changes: object) =>
    clientOf(system).ask<Code & { errors?: { pointer: string }[] }>("POST", "/auth/register", {
      tenantName: "T",
      name: "N",
      email: "new@new.test",
      password: PASSWORD,
      ...changes,
    });

  test.each([
    ["a password that is too short", { password: "eleven char" }, "/password"],
    ["a password longer than bcrypt's 72 bytes", { password: "ü".repeat(37) }, "/password"],
    ["an invalid e-mail address", { email: "nobody" }, "/email"],
    ["a blank organisation name", { tenantName: "  " }, "/tenantName"],
  ])("%s is refused", async (_name, changes, pointer) => {
    const { status, body } = await register(changes);
    expect([status, body.errors?.map((error) => error.pointer)]).toEqual([422, [pointer]]);
  });

  test("an e-mail address has at most one account, regardless of case", async () => {
    const { email } = await registerTenant(system, "Taken");
    const { status, body } = await register({ email: email.toUpperCase() });
    expect([status, body.code]).toEqual([409, "email_taken"]);
  });

  test("a wrong password and an unknown address get the same answer", async () => {
    const { email, anonymous } = await registerTenant(system, "Guarded");
    const ask = async (given: string) => {
      const { status, body } = await anonymous.ask<Code & { detail: string }>("POST", "/auth/login", {
        email: given,
        password: "not this one",
      });
      return [status, body.code, body.detail];
    };
    expect(await ask("nobody@nowhere.test")).toEqual(await ask(email));
  });

  test("five wrong passwords lock the address out of the account for a while, and no other address", async () => {
    const { email, anonymous } = await registerTenant(system, "Besieged");
    for (let n = 0; n < 5; n++) await anonymous.expect(401, "POST", "/auth/login", { email, password: `guess ${n}` });
    const { status, headers, body } = await anonymous.ask<Code>("POST", "/auth/login", { email, password: PASSWORD });
    expect([status, body.code]).toEqual([429, "rate_limited"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(60);
    await clientOf(system).expect(200, "POST", "/auth/login", { email, password: PASSWORD });
  });

  test("concurrent attempts are counted like any others, and right passwords are not counted", async () => {
    const { email, anonymous } = await registerTenant(system, "Stormed");
    for (let n = 0; n < 7; n++) await anonymous.expect(200, "POST", "/auth/login", { email, password: PASSWORD });
    const guesses = Array.from({ length: 12 }, (_none, n) =>
      anonymous.ask<Code>("POST", "/auth/login", { email, password: `guess ${n}` }),
    );
    const codes = (await Promise.all(guesses)).map(({ body }) => body.code);
    expect(codes.filter((code) => code === "invalid_credentials")).toHaveLength(5);
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(7);
  });

  test("changing the password signs out all other devices", async () => {
    const { email, anonymous, owner, accessToken } = await registerTenant(system, "Changing");
    const elsewhere = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", { email, password: PASSWORD });
    expect(
      (await owner.ask<Code>("POST", "/auth/password", { currentPassword: "wrong", newPassword: `${PASSWORD}2` })).body
        .code,
    ).toBe("invalid_credentials");
    await owner.expect(204, "POST", "/auth/password", { currentPassword: PASSWORD, newPassword: `${PASSWORD}2` });
    expect((await bearer(anonymous, accessToken).ask("GET", "/auth/me")).status).toBe(200);
    expect((await bearer(anonymous, elsewhere.accessToken).ask("GET", "/auth/me")).status).toBe(401);
    expect((await anonymous.ask("POST", "/auth/refresh", { refreshToken: elsewhere.refreshToken })).status).toBe(401);
    await anonymous.expect(401, "POST", "/auth/login", { email, password: PASSWORD });
    await anonymous.expect(200, "POST", "/auth/login", { email, password: `${PASSWORD}2` });
  });
});

describe("access tokens", () => {
  test("are refused unless genuine and unchanged", async () => {
    const { accessToken, anonymous } = await registerTenant(system, "Signed");
    const key = (await acquireSecrets(system.broker)).key("access-token");
    const claims = jwt.decode(accessToken) as Record<string, unknown>;
    const { exp: _exp, ...rest } = claims;
    const sign = (changes: object, options: jwt.SignOptions = {}, secret: Buffer | string = key) =>
      jwt.sign({ ...rest, exp: Math.floor(Date.now() / 1000) + 600, ...changes }, secret, {
        algorithm: "HS256",
        header: { alg: "HS256", typ: "at+jwt" },
        ...options,
      });
    expect((await bearer(anonymous, sign({})).ask("GET", "/auth/me")).status).toBe(200);
    const [header, payload] = accessToken.split(".");
    const none = `${Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt" })).toString("base64url")}.${payload}.`;
    const forged = {
      none,
      "another key": sign({}, {}, Buffer.alloc(32, 1)),
      "another algorithm": sign({}, { algorithm: "HS512", header: { alg: "HS512", typ: "at+jwt" } }),
      "another kind of token": sign({}, { header: { alg: "HS256", typ: "JWT" } }),
      "another audience": sign({ aud: "somewhere" }),
      "another issuer": sign({ iss: "someone" }),
      "another tenant": sign({ tid: "ten_00000000000000000000000000000000" }),
      "another version": sign({ ver: 7 }),
      "another login": sign({ sid: "lgn_00000000000000000000000000000000" }),
      "no signature": `${header}.${payload}.`,
    };
    for (const [name, token] of Object.entries(forged)) {
      expect([name, (await bearer(anonymous, token).ask<Code>("GET", "/auth/me")).body.code]).toEqual([
        name,
        "unauthenticated",
      ]);
    }
    const expired = await bearer(anonymous, sign({ exp: Math.floor(Date.now() / 1000) - 60 })).ask<Code>(
      "GET",
      "/auth/me",
    );
    expect([expired.status, expired.body.code]).toEqual([401, "token_expired"]);
  });

  test("do not carry stale permissions: a new role applies immediately", async () => {
    const { owner, anonymous } = await registerTenant(system, "Moving");
    const body = { email: "op@moving.test", name: "Op", role: "admin", password: PASSWORD };
    const { id } = await owner.expect<{ id: string }>(201, "POST", "/users", body);
    const { accessToken } = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", {
      email: body.email,
      password: PASSWORD,
    });
    const admin = bearer(anonymous, accessToken);
    await admin.expect(200, "GET", "/users");
    await owner.expect(200, "PATCH", `/users/${id}`, { role: "viewer" });
    await admin.expect(403, "GET", "/users");
    await owner.expect(200, "PATCH", `/users/${id}`, { disabled: true });
    await admin.expect(401, "GET", "/auth/me");
    await anonymous.expect(401, "POST", "/auth/login", { email: body.email, password: PASSWORD });
  });
});

describe("refresh tokens", () => {
  const refresh = (client: TestClient, refreshToken: string) =>
    client.ask<{ accessToken: string; refreshToken: string } & Code>("POST", "/auth/refresh", { refreshToken });

  test("are exchanged for their successors", async () => {
    const { anonymous, refreshToken } = await registerTenant(system, "Rotating");
    const first = await refresh(anonymous, refreshToken);
    expect(first.status).toBe(200);
    expect(first.body.refreshToken).not.toBe(refreshToken);
    expect((await bearer(anonymous, first.body.accessToken).ask("GET", "/auth/me")).status).toBe(200);
    expect((await refresh(anonymous, first.body.refreshToken)).status).toBe(200);
    expect((await refresh(anonymous, "unknown")).body.code).toBe("unauthenticated");
  });

  test("after a lost answer the previous token returns the same successor, for concurrent requests too", async () => {
    const { anonymous, refreshToken } = await registerTenant(system, "Lossy");
    const answers = await Promise.all([1, 2, 3, 4].map(() => refresh(anonymous, refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  });

  test("the reuse of an old token ends the whole family and is recorded in the audit trail", async () => {
    const { anonymous, owner, refreshToken, email } = await registerTenant(system, "Stolen");
    const second = (await refresh(anonymous, refreshToken)).body;
    const third = (await refresh(anonymous, second.refreshToken)).body;
    const reused = await refresh(anonymous, refreshToken);
    expect([reused.status, reused.body.code]).toEqual([401, "refresh_reused"]);
    expect((await refresh(anonymous, third.refreshToken)).body.code).toBe("unauthenticated");
    for (const token of [second.accessToken, third.accessToken])
      expect((await bearer(anonymous, token).ask("GET", "/auth/me")).status).toBe(401);
    expect((await owner.ask("GET", "/auth/me")).status).toBe(401);
    const { accessToken } = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", { email, password: PASSWORD });
    const { data } = await bearer(anonymous, accessToken).expect<{ data: { action: string }[] }>(200, "GET", "/audit");
    expect(data.map(({ action }) => action)).toContain("login.token_reused");
  });

  test("signing out invalidates both tokens immediately", async () => {
    const { anonymous, owner, refreshToken } = await registerTenant(system, "Leaving");
    await owner.expect(204, "POST", "/auth/logout");
    await owner.expect(401, "GET", "/auth/me");
    expect((await refresh(anonymous, refreshToken)).status).toBe(401);
  });

  test("devices are listed, and signed out one by one or all others at the same time", async () => {
    const { anonymous, owner, email } = await registerTenant(system, "Devices");
    const login = (userAgent: string) =>
      anonymous.expect<SignedIn>(
        200,
        "POST",
        "/auth/login",
        { email, password: PASSWORD },
        { "user-agent": userAgent },
      );
    const [phone, tablet] = [await login("phone"), await login("tablet")];
    const { data } = await owner.expect<{ data: { id: string; current: boolean; userAgent: string }[] }>(
      200,
      "GET",
      "/auth/logins",
    );
    expect(data.map(({ userAgent, current }) => [userAgent, current])).toEqual([
      ["tablet", false],
      ["phone", false],
      ["node", true],
    ]);
    await owner.expect(204, "DELETE", `/auth/logins/${data[1]!.id}`);
    await owner.expect(404, "DELETE", `/auth/logins/${data[1]!.id}`);
    expect((await bearer(anonymous, phone.accessToken).ask("GET", "/auth/me")).status).toBe(401);
    await owner.expect(204, "DELETE", "/auth/logins");
    expect((await bearer(anonymous, tablet.accessToken).ask("GET", "/auth/me")).status).toBe(401);
    await owner.expect(200, "GET", "/auth/me");
  });
});
