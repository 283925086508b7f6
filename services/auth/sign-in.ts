/** Logins: one family of refresh tokens per signed-in device. */
import { systemNow } from "../../concurrency/clock.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import { Problem } from "../../contracts/errors.ts";
import type { Database, Sql } from "../../db/database.ts";
import type { UserRow } from "../../db/models/user.ts";
import { findLoginForCheck } from "../../db/statements/identity/find-credentials.ts";
import {
  findLoginByToken,
  insertLogin,
  revokeLogins,
  rotateLogin,
  type LoginRow,
} from "../../db/statements/identity/logins.ts";
import type { Secrets } from "../../mixins/secrets.ts";
import { ACCESS_LIFE, createRefreshToken, hashToken, signAccessToken } from "./tokens.ts";

/** The lifetime of a login in ms, however often it is refreshed. */
const LOGIN_LIFE = 30 * 86_400_000;
/** ms in which a client that missed the response may use the previous token again; it gets the same successor. */
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

type TokenUser = Pick<UserRow, "id" | "tenant_id" | "role" | "token_version">;

function tokensFor(secrets: Secrets, user: TokenUser, loginId: string, refreshToken: string): Tokens {
  const claims = { sub: user.id, tid: user.tenant_id, sid: loginId, role: user.role, ver: user.token_version };
  return { accessToken: signAccessToken(secrets.key("access-token"), claims), refreshToken, expiresIn: ACCESS_LIFE };
}

/** Starts a login and returns its first tokens. */
export async function openLogin(sql: Sql, secrets: Secrets, user: TokenUser, device: Device): Promise<Tokens> {
  const [id, refreshToken, now] = [createId("login"), createRefreshToken(), systemNow()];
  await insertLogin(sql, {
    id,
    tenant_id: user.tenant_id,
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

/** Returns the user of a login. Throws `unauthenticated` or `tenant_suspended` when the login may not be continued. */
async function requireUser(sql: Sql, { id, user_id: userId }: LoginRow): Promise<TokenUser> {
  const found = await findLoginForCheck(sql, userId, id);
  if (found === undefined || found.disabled === 1)
    throw new Problem("unauthenticated", "the user was deleted or disabled");
  if (found.tenant_status !== "active") throw new Problem("tenant_suspended");
  return {
    id: userId as Id<"user">,
    tenant_id: found.tenant_id as Id<"tenant">,
    role: found.role,
    token_version: found.token_version,
  };
}

/**
 * Exchanges a refresh token for its successor, in one transaction. A token that has been exchanged before counts as
 * stolen and ends the whole family; the caller notifies the tenant. A refused client (suspended, disabled) keeps its
 * token: if it were exchanged anyway, the client's next attempt would count as theft.
 */
export async function exchange(database: Database, secrets: Secrets, token: string): Promise<Exchange> {
  const hash = hashToken(token);
  return database.transaction(async (sql): Promise<Exchange> => {
    const now = systemNow();
    const login = await findLoginByToken(sql, hash);
    if (login === undefined || login.revoked_at !== null || login.expires_at <= now) return { outcome: "unknown" };
    const field = { tenantId: login.tenant_id, table: "logins", column: "successor", id: login.id };
    if (login.current_hash === hash) {
      const user = await requireUser(sql, login);
      const refreshToken = createRefreshToken();
      await rotateLogin(sql, {
        id: login.id,
        from: hash,
        to: hashToken(refreshToken),
        successor: secrets.seal(refreshToken, field),
        now,
      });
      return { outcome: "exchanged", tokens: tokensFor(secrets, user, login.id, refreshToken) };
    }
    if (login.previous_hash === hash && login.successor !== null && now - login.rotated_at <= GRACE) {
      const user = await requireUser(sql, login);
      return { outcome: "exchanged", tokens: tokensFor(secrets, user, login.id, secrets.open(login.successor, field)) };
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
