/** Logins: a family of refresh tokens for each signed-in device. */
import { createId, type Id } from "../../contracts/ids.ts";
import { Problem } from "../../contracts/errors.ts";
import type { Database, Sql } from "../../db/database.ts";
import type { UserRow } from "../../db/models/user.ts";
import { findLoginFacts } from "../../db/statements/identity/find-credentials.ts";
import {
  findLoginByToken,
  insertLogin,
  revokeLogins,
  rotateLogin,
  type LoginRow,
} from "../../db/statements/identity/logins.ts";
import type { Secrets } from "../../mixins/secrets.ts";
import { ACCESS_LIFE, createRefreshToken, hashToken, signAccessToken } from "./tokens.ts";

/** A login ends after this long, however often it is refreshed. */
const LOGIN_LIFE = 30 * 86_400_000;
/** A client whose answer was lost may use the previous token again within this time, and gets the same successor. */
const GRACE = 30_000;

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
}

export interface Device {
  readonly userAgent: string | null;
  readonly ip: string | null;
}

type TokenUser = Pick<UserRow, "id" | "tenantId" | "role" | "tokenVersion">;

function tokensFor(secrets: Secrets, user: TokenUser, loginId: string, refreshToken: string): Tokens {
  const claims = { sub: user.id, tid: user.tenantId, sid: loginId, role: user.role, ver: user.tokenVersion };
  return { accessToken: signAccessToken(secrets.key("access-token"), claims), refreshToken, expiresIn: ACCESS_LIFE };
}

/** Begins a login. */
export async function openLogin(sql: Sql, secrets: Secrets, user: TokenUser, device: Device): Promise<Tokens> {
  const [id, refreshToken, now] = [createId("login"), createRefreshToken(), Date.now()];
  await insertLogin(sql, {
    id,
    tenant_id: user.tenantId,
    user_id: user.id,
    current_hash: hashToken(refreshToken),
    user_agent: device.userAgent?.slice(0, 300) ?? null,
    ip: device.ip,
    created_at: now,
    expires_at: now + LOGIN_LIFE,
  });
  return tokensFor(secrets, user, id, refreshToken);
}

export type Exchange =
  { outcome: "unknown" } | { outcome: "reused"; login: LoginRow } | { outcome: "exchanged"; tokens: Tokens };

/** The user of a login that may go on; the problems `tenant_suspended` and `unauthenticated` where it may not. */
async function requireUser(sql: Sql, { id, user_id: userId }: LoginRow): Promise<TokenUser> {
  const facts = await findLoginFacts(sql, userId, id);
  if (facts === undefined || facts.disabled === 1) throw new Problem("unauthenticated", "the user is gone or disabled");
  if (facts.tenant_status !== "active") throw new Problem("tenant_suspended");
  return {
    id: userId as Id<"user">,
    tenantId: facts.tenant_id as Id<"tenant">,
    role: facts.role,
    tokenVersion: facts.token_version,
  };
}

/**
 * Exchanges a refresh token for its successor, in one transaction. A token that was exchanged before is taken as stolen, by
 * whoever came second, and ends the whole family; the caller tells the tenant. Who is refused keeps the token: were it
 * exchanged all the same, the next try with it would count as the thief's.
 */
export async function exchange(database: Database, secrets: Secrets, token: string): Promise<Exchange> {
  const given = hashToken(token);
  return database.transaction(async (sql): Promise<Exchange> => {
    const now = Date.now();
    const login = await findLoginByToken(sql, given);
    if (login === undefined || login.revoked_at !== null || login.expires_at <= now) return { outcome: "unknown" };
    const place = { tenantId: login.tenant_id, table: "logins", column: "successor", id: login.id };
    if (login.current_hash === given) {
      const user = await requireUser(sql, login);
      const refreshToken = createRefreshToken();
      await rotateLogin(sql, {
        id: login.id,
        from: given,
        to: hashToken(refreshToken),
        successor: secrets.seal(refreshToken, place),
        now,
      });
      return { outcome: "exchanged", tokens: tokensFor(secrets, user, login.id, refreshToken) };
    }
    if (login.previous_hash === given && login.successor !== null && now - login.rotated_at <= GRACE) {
      const user = await requireUser(sql, login);
      return { outcome: "exchanged", tokens: tokensFor(secrets, user, login.id, secrets.open(login.successor, place)) };
    }
    await revokeLogins(
      sql,
      { tenantId: login.tenant_id, userId: login.user_id, loginId: login.id },
      "refresh_reused",
      now,
    );
    return { outcome: "reused", login };
  });
}
