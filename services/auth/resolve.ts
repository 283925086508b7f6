/** Finds the caller of a credential. Reads the database every time, because a token's claims may be minutes old. */
import ipaddr from "ipaddr.js";
import type { ResolvedCredential } from "../../contracts/credentials.ts";
import { Problem } from "../../contracts/errors.ts";
import { ROLE_PERMISSIONS, type Permission, type Principal, type Role } from "../../contracts/permissions.ts";
import type { Sql } from "../../db/database.ts";
import { findKeyForCheck, findLoginForCheck } from "../../db/statements/identity/find-credentials.ts";
import { isKeyOf, publicIdOf } from "./api-key.ts";
import { verifyAccessToken } from "./tokens.ts";

/** The permissions of a user. */
export function permissionsOf(role: Role, platformAdmin: boolean): readonly Permission[] {
  return platformAdmin ? [...ROLE_PERMISSIONS[role], "platform:admin"] : ROLE_PERMISSIONS[role];
}

function refuseSuspended(tenantStatus: string): void {
  if (tenantStatus !== "active") throw new Problem("tenant_suspended");
}

/** The caller behind an access token. */
export async function resolveToken(sql: Sql, key: Buffer, token: string): Promise<ResolvedCredential> {
  const claims = verifyAccessToken(key, token);
  const found = await findLoginForCheck(sql, claims.sub, claims.sid);
  const isValid =
    found !== undefined &&
    found.disabled === 0 &&
    found.revoked_at === null &&
    found.token_version === claims.ver &&
    found.tenant_id === claims.tid;
  if (!isValid) throw new Problem("unauthenticated", "the access token has been revoked");
  refuseSuspended(found.tenant_status);
  const principal: Principal = {
    tenantId: found.tenant_id,
    userId: claims.sub,
    apiKeyId: null,
    role: found.role,
    permissions: permissionsOf(found.role, found.platform_admin === 1),
    sessions: null,
  };
  return { principal, loginId: claims.sid, expiresAt: Math.min(claims.exp * 1000, found.expires_at) };
}

/** The caller behind an API key used from this address. */
export async function resolveApiKey(
  sql: Sql,
  key: string,
  ip: string | null,
  now: number,
): Promise<ResolvedCredential> {
  const publicId = publicIdOf(key);
  const found = publicId === undefined ? undefined : await findKeyForCheck(sql, publicId);
  if (found === undefined || !isKeyOf(key, found.secret_hash) || found.revoked_at !== null)
    throw new Problem("unauthenticated", "the API key is not valid");
  if (found.expires_at !== null && found.expires_at <= now)
    throw new Problem("unauthenticated", "the API key has expired");
  if (found.ip_allow !== null && !isAllowed(ip, JSON.parse(found.ip_allow) as string[])) {
    throw new Problem("forbidden", "the API key is not allowed from this address");
  }
  refuseSuspended(found.tenant_status);
  const principal: Principal = {
    tenantId: found.tenant_id,
    userId: null,
    apiKeyId: found.id,
    role: null,
    permissions: JSON.parse(found.scopes) as Permission[],
    sessions: found.sessions === null ? null : (JSON.parse(found.sessions) as string[]),
  };
  return { principal, loginId: null, expiresAt: found.expires_at };
}

function isAllowed(ip: string | null, ranges: readonly string[]): boolean {
  if (ip === null || !ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return ranges.some((range) => {
    const [base, bits] = ipaddr.parseCIDR(range);
    return base.kind() === address.kind() && address.match(base, bits);
  });
}
