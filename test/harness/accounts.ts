/** Tenants with their owners. Each calls from its own address, so that limits per address do not interfere. */
import { TestClient } from "./client.ts";
import type { System } from "./system.ts";

export const PASSWORD = "correct horse battery staple";

export interface Account {
  /** Calls as the tenant's owner. */
  readonly owner: TestClient;
  /** Calls from the same address without credentials. */
  readonly anonymous: TestClient;
  readonly tenantId: string;
  readonly userId: string;
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface SignedIn {
  user: { id: string; email: string; role: string; platformAdmin: boolean };
  tenant: { id: string; name: string; plan: string };
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
}

let made = 0;

/** Settings that `registerTenant` needs: open sign-up, and trust in the client addresses that tests set. */
export const OPEN = { WPP_SIGNUP: "open", WPP_TRUSTED_PROXIES: "127.0.0.0/8" } as const;

/** An address that no other client of this test file has. */
export function nextAddress(): string {
  made += 1;
  return `203.0.${Math.floor(made / 250)}.${(made % 250) + 1}`;
}

/** A client with its own address. */
export function clientOf(system: System): TestClient {
  return new TestClient(system.url, { "x-forwarded-for": nextAddress() });
}

/** A new tenant; with a setup token its owner administers the platform. */
export async function registerTenant(system: System, name: string, setupToken?: string): Promise<Account> {
  const anonymous = clientOf(system);
  const email = `${name.toLowerCase()}@${name.toLowerCase()}.test`;
  const body = {
    tenantName: name,
    name: `${name} Owner`,
    email,
    password: PASSWORD,
    ...(setupToken === undefined ? {} : { setupToken }),
  };
  const signedIn = await anonymous.expect<SignedIn>(201, "POST", "/auth/register", body);
  return accountOf(anonymous, signedIn);
}

/** The account of a response that signs in. */
export function accountOf(anonymous: TestClient, signedIn: SignedIn): Account {
  const { user, tenant, accessToken, refreshToken } = signedIn;
  const owner = anonymous.with({ authorization: `Bearer ${accessToken}` });
  return { owner, anonymous, tenantId: tenant.id, userId: user.id, email: user.email, accessToken, refreshToken };
}

/** An API key of the tenant with these scopes, and a client that calls with it. */
export async function createKey(
  account: Account,
  body: { scopes: readonly string[]; [field: string]: unknown },
): Promise<{ id: string; key: string; client: TestClient }> {
  const { id, key } = await account.owner.expect<{ id: string; key: string }>(201, "POST", "/api-keys", {
    name: "test key",
    ...body,
  });
  return { id, key, client: account.anonymous.with({ "x-api-key": key }) };
}
