/** Guessing: wrong passwords are limited, whatever the number of addresses, and the user can sign in all the same. */
import { networkOf, wideNetworkOf } from "../../../access/network.ts";
import { PasswordQueue } from "../../../services/auth/password-queue.ts";
import { isProblem } from "../../../contracts/errors.ts";
import { OPEN, PASSWORD, registerTenant, type Account } from "../../harness/accounts.ts";
import { TestClient } from "../../harness/client.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

interface Answer {
  code: string;
  detail: string;
}

let system: System;
beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant"], environment: OPEN });
});
afterAll(() => system.stop());

const from = (address: string) => new TestClient(system.url, { "x-forwarded-for": address });
const login = (address: string, { email }: Pick<Account, "email">, password: string) =>
  from(address).ask<Answer>("POST", "/auth/login", { email, password });
/** The codes of wrong guesses, one from each address. */
const guess = async (account: Pick<Account, "email">, addresses: readonly string[]) => {
  const codes: string[] = [];
  for (const [n, address] of addresses.entries()) codes.push((await login(address, account, `guess ${n}`)).body.code);
  return codes;
};
const count = (codes: readonly string[], code: string) => codes.filter((found) => found === code).length;
const addresses = (amount: number, toAddress: (n: number) => string) =>
  Array.from({ length: amount }, (_none, n) => toAddress(n));

describe("networks", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7", "192.0.2.8"],
    ["2001:db8:1:2::7", "2001:db8:1:2:ffff::1", "2001:db8:1:3::7"],
    ["::ffff:192.0.2.7", "192.0.2.7", "192.0.2.8"],
  ])("%s is one client with %s, and another than %s", (address, same, other) => {
    expect(networkOf(address)).toBe(networkOf(same));
    expect(networkOf(address)).not.toBe(networkOf(other));
    expect(wideNetworkOf(address)).toBe(wideNetworkOf(other));
  });
});

describe("one account", () => {
  test("gets twenty guesses from strangers, from any number of addresses, and its user signs in from where it did", async () => {
    const account = await registerTenant(system, "Besieged");
    const codes = await guess(
      account,
      addresses(40, (n) => `198.${n}.100.7`),
    );
    expect([count(codes, "invalid_credentials"), count(codes, "rate_limited")]).toEqual([20, 20]);
    expect((await login("198.51.200.1", account, PASSWORD)).body.code).toBe("rate_limited");
    await account.anonymous.expect(200, "POST", "/auth/login", { email: account.email, password: PASSWORD });
    await account.owner.expect(200, "GET", "/auth/me");
    await account.anonymous.expect(200, "POST", "/auth/refresh", { refreshToken: account.refreshToken });
  });

  test("gets five guesses from one network of IPv6", async () => {
    const account = await registerTenant(system, "Surrounded");
    const codes = await guess(
      account,
      addresses(12, (n) => `2001:db8:7:7::${n + 1}`),
    );
    expect([count(codes, "invalid_credentials"), count(codes, "rate_limited")]).toEqual([5, 7]);
  });

  test("has a limit for the current password too, whatever the address", async () => {
    const account = await registerTenant(system, "Stolen");
    const codes: string[] = [];
    for (let n = 0; n < 8; n++) {
      const client = from(`198.${n}.101.7`).with({ authorization: `Bearer ${account.accessToken}` });
      const body = { currentPassword: `guess ${n}`, newPassword: PASSWORD };
      codes.push((await client.ask<Answer>("POST", "/auth/password", body)).body.code);
    }
    expect([count(codes, "invalid_credentials"), count(codes, "rate_limited")]).toEqual([5, 3]);
  });
});

test("many accounts get a limited number of guesses from one network, and from the networks around it", async () => {
  const codes: string[] = [];
  for (let n = 0; n < 60; n++)
    codes.push((await login("198.18.1.1", { email: `nobody${n}@x.test` }, "guess")).body.code);
  expect(count(codes, "invalid_credentials")).toBe(50);
  for (let n = 0; n < 170; n++)
    codes.push((await login(`198.18.1.${n + 2}`, { email: `no-one${n}@x.test` }, "guess")).body.code);
  expect(count(codes, "invalid_credentials")).toBe(200);
  expect((await login("198.18.2.1", { email: "nobody@x.test" }, "guess")).body.code).toBe("invalid_credentials");
});

test("a user signs in while hundreds of strangers try at the same time", async () => {
  const account = await registerTenant(system, "Stormed");
  const storm = Promise.all([
    ...addresses(150, (n) => `198.19.${n}.1`).map((address, n) => login(address, { email: `s${n}@x.test` }, "guess")),
    ...addresses(150, () => "198.20.1.1").map((address, n) => login(address, { email: `t${n}@x.test` }, "guess")),
  ]);
  const answers = await Promise.all(
    addresses(5, () => "").map(() =>
      account.anonymous.ask("POST", "/auth/login", { email: account.email, password: PASSWORD }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  for (const { status } of await storm) expect([401, 429]).toContain(status);
});

test("the answers that an e-mail address is taken are limited, for networks and for tenants", async () => {
  const account = await registerTenant(system, "Listed");
  const prober = from("198.21.1.1");
  const register = (email: string) =>
    prober.ask<Answer>("POST", "/auth/register", { tenantName: "T", name: "N", email, password: PASSWORD });
  for (let n = 0; n < 10; n++) expect((await register(account.email)).body.code).toBe("email_taken");
  expect((await register(account.email)).body.code).toBe("rate_limited");
  expect((await register("new@listed.test")).body.code).toBe("rate_limited");
  const other = await registerTenant(system, "Prober");
  const create = (email: string) =>
    other.owner.ask<Answer>("POST", "/users", { email, name: "N", role: "viewer", password: PASSWORD });
  for (let n = 0; n < 10; n++) expect((await create(account.email)).body.code).toBe("email_taken");
  expect((await create(account.email)).body.code).toBe("rate_limited");
});

test("failed sign-ins are in the audit trail, although no answer waits for them", async () => {
  const account = await registerTenant(system, "Audited");
  await account.anonymous.expect(401, "POST", "/auth/login", { email: account.email, password: "guess" });
  await until(async () => {
    const { data } = await account.owner.expect<{ data: { action: string }[] }>(
      200,
      "GET",
      "/audit?action=login.failed",
    );
    return data.length === 1;
  });
});

describe("the queue for password hashes", () => {
  const LIMITS = { running: 1, perStranger: 3, perKnown: 6, perLane: 8 };

  /** Fills the queue while its first work runs; returns the order in which the others ran, and how many were refused. */
  async function orderOf(clients: readonly { key: string; isKnown: boolean }[]) {
    const queue = new PasswordQueue(LIMITS);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first = queue.run({ key: "first", isKnown: false }, () => gate);
    const order: string[] = [];
    let refused = 0;
    const all = clients.map((client) =>
      queue
        .run(client, async () => void order.push(client.key))
        .catch((error: unknown) => {
          if (!isProblem(error) || error.type !== "rate_limited") throw error;
          refused += 1;
        }),
    );
    open();
    await Promise.all([first, ...all]);
    return { order: order.join(""), refused };
  }
  const strangers = (keys: string) => [...keys].map((key) => ({ key, isKnown: false }));
  const known = (keys: string) => [...keys].map((key) => ({ key, isKnown: true }));

  test("lets clients take turns, and refuses what one has too many of", async () => {
    expect(await orderOf(strangers("aaaaabbc"))).toEqual({ order: "abcaba", refused: 2 });
  });

  test("prefers known clients, but not for ever", async () => {
    expect(await orderOf([...strangers("abc"), ...known("KKKLL")])).toEqual({ order: "KLaKLKbc", refused: 0 });
  });

  test("has room for known clients when strangers fill their lane", async () => {
    expect(await orderOf([...strangers("abcdefghijkl"), ...known("K")])).toMatchObject({ refused: 4 });
  });

  test("goes on after work that fails", async () => {
    const queue = new PasswordQueue(LIMITS);
    await expect(queue.run({ key: "a", isKnown: false }, () => Promise.reject(new Error("broken")))).rejects.toThrow(
      "broken",
    );
    await expect(queue.run({ key: "a", isKnown: false }, async () => 1)).resolves.toBe(1);
  });
});
