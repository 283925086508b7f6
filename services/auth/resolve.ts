/** From a credential to the one who calls: always what is true now, since the token's own claims may be minutes old. */
import ipaddr from "ipaddr.js";
import type { ResolvedCredential } from "../../contracts/credentials.ts";
import { Problem } from "../../contracts/errors.ts";
import { ROLE_PERMISSIONS, type Permission, type Principal, type Role } from "../../contracts/permissions.ts";
import type { Sql } from "../../db/database.ts";
import { findKeyFacts, findLoginFacts } from "../../db/statements/identity/find-credentials.ts";
import { isKeyOf, publicIdOf } from "./api-key.ts";
import { verifyAccessToken } from "./tokens.ts";

/** What a user may do; platform administrators may besides do the platform's own. */
export function permissionsOf(role: Role, platformAdmin: boolean): readonly Permission[] {
  return platformAdmin ? [...ROLE_PERMISSIONS[role], "platform:admin"] : ROLE_PERMISSIONS[role];
}

function refuseSuspended(tenantStatus: string): void {
  if (tenantStatus !== "active") throw new Problem("tenant_suspended");
}

/** The caller behind an access token. */
export async function resolveToken(sql: Sql, key: Buffer, token: string): Promise<ResolvedCredential> {
  const claims = verifyAccessToken(key, token);
  const facts = await findLoginFacts(sql, claims.sub, claims.sid);
  const good =
    facts !== undefined &&
    facts.disabled === 0 &&
    facts.revoked_at === null &&
    facts.token_version === claims.ver &&
    facts.tenant_id === claims.tid;
  if (!good) throw new Problem("unauthenticated", "the access token was revoked");
  refuseSuspended(facts.tenant_status);
  const principal: Principal = {
    tenantId: facts.tenant_id,
    userId: claims.sub,
    apiKeyId: null,
    role: facts.role,
    permissions: permissionsOf(facts.role, facts.platform_admin === 1),
    sessions: null,
  };
  return { principal, loginId: claims.sid, expiresAt: Math.min(claims.exp * 1000, facts.expires_at) };
}

/** The caller behind an API key that is used from this address. */
export async function resolveApiKey(
  sql: Sql,
  key: string,
  ip: string | null,
  now: number,
): Promise<ResolvedCredential> {
  const publicId = publicIdOf(key);
  const facts = publicId === undefined ? undefined : await findKeyFacts(sql, publicId);
  if (facts === undefined || !isKeyOf(key, facts.secret_hash) || facts.revoked_at !== null)
    throw new Problem("unauthenticated", "the API key is not valid");
  if (facts.expires_at !== null && facts.expires_at <= now)
    throw new Problem("unauthenticated", "the API key has expired");
  if (facts.ip_allow !== null && !isAllowed(ip, JSON.parse(facts.ip_allow) as string[])) {
    throw new Problem("forbidden", "the API key may not be used from this address");
  }
  refuseSuspended(facts.tenant_status);
  const principal: Principal = {
    tenantId: facts.tenant_id,
    userId: null,
    apiKeyId: facts.id,
    role: null,
    permissions: JSON.parse(facts.scopes) as Permission[],
    sessions: facts.sessions === null ? null : (JSON.parse(facts.sessions) as string[]),
  };
  return { principal, loginId: null, expiresAt: facts.expires_at };
}

function isAllowed(ip: string | null, ranges: readonly string[]): boolean {
  if (ip === null || !ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return ranges.some((range) => {
    const [base, bits] = ipaddr.parseCIDR(range);
    return base.kind() === address.kind() && address.match(base, bits);
  });
}
