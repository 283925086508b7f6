/** Logins: a family of refresh tokens for each signed-in device. */
import { createId, type Id } from "../../contracts/ids.ts";
import { Problem } from "../../contracts/errors.ts";
import type { Database, Sql } from "../../db/database.ts";
import type { UserRow } from "../../db/models/user.ts";
import { findLoginByToken, insertLogin, revokeLogins, rotateLogin, type LoginRow } from "../../db/statements/logins.ts";
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

function accessTokenFor(secrets: Secrets, user: TokenUser, loginId: string): string {
  return signAccessToken(secrets.key("access-token"), { sub: user.id, tid: user.tenantId, sid: loginId, role: user.role, ver: user.tokenVersion });
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
  return { accessToken: accessTokenFor(secrets, user, id), refreshToken, expiresIn: ACCESS_LIFE };
}

export type Exchange = { outcome: "unknown" } | { outcome: "reused"; login: LoginRow } | { outcome: "exchanged"; login: LoginRow; refreshToken: string };

/**
 * Exchanges a refresh token for its successor, in one transaction. A token that was exchanged before is taken as stolen, by
 * whoever came second, and ends the whole family; the caller tells the tenant.
 */
export async function exchange(database: Database, secrets: Secrets, token: string): Promise<Exchange> {
  const given = hashToken(token);
  return database.transaction(async (sql): Promise<Exchange> => {
    const now = Date.now();
    const login = await findLoginByToken(sql, given);
    if (login === undefined || login.revoked_at !== null || login.expires_at <= now) return { outcome: "unknown" };
    const place = { tenantId: login.tenant_id, table: "logins", column: "successor", id: login.id };
    if (login.current_hash === given) {
      const refreshToken = createRefreshToken();
      await rotateLogin(sql, { id: login.id, from: given, to: hashToken(refreshToken), successor: secrets.seal(refreshToken, place), now });
      return { outcome: "exchanged", login, refreshToken };
    }
    if (login.previous_hash === given && login.successor !== null && now - login.rotated_at <= GRACE) {
      return { outcome: "exchanged", login, refreshToken: secrets.open(login.successor, place) };
    }
    await revokeLogins(sql, { tenantId: login.tenant_id, userId: login.user_id, loginId: login.id }, "refresh_reused", now);
    return { outcome: "reused", login };
  });
}

/** The tokens of an exchange, for the user as it is now. */
export function tokensOf(secrets: Secrets, user: UserRow | null, exchanged: { login: LoginRow; refreshToken: string }): Tokens & { userId: Id<"user"> } {
  if (user === null || user.disabled) throw new Problem("unauthenticated", "the user is gone or disabled");
  return {
    userId: user.id,
    accessToken: accessTokenFor(secrets, user, exchanged.login.id),
    refreshToken: exchanged.refreshToken,
    expiresIn: ACCESS_LIFE,
  };
}
