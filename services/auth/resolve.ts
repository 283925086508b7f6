/** Finds the caller of a credential. Reads the database every time, because a token's claims may be minutes old. */
import type { ResolvedCredential } from "../../contracts/credentials.ts";
import { Problem } from "../../contracts/errors.ts";
import { permissionsOf, type Principal } from "../../contracts/permissions.ts";
import type { Sql } from "../../db/database.ts";
import { findKeyLineage, findLoginForCheck } from "../../db/statements/identity/find-credentials.ts";
import { rightsOf } from "../../access/key-lineage.ts";
import { isKeyOf, publicIdOf } from "./api-key.ts";
import { verifyAccessToken } from "./tokens.ts";

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
  return {
    principal,
    loginId: claims.sid,
    dependsOn: [claims.sub],
    expiresAt: Math.min(claims.exp * 1000, found.expires_at),
  };
}

/** The caller behind an API key used from this address. */
export async function resolveApiKey(
  sql: Sql,
  key: string,
  ip: string | null,
  now: number,
): Promise<ResolvedCredential> {
  const publicId = publicIdOf(key);
  const lineage = publicId === undefined ? [] : await findKeyLineage(sql, { publicId });
  const found = lineage[0];
  if (found === undefined || !isKeyOf(key, found.secret_hash))
    throw new Problem("unauthenticated", "the API key is not valid");
  const { permissions, sessions, expiresAt, dependsOn } = rightsOf(lineage, ip, now);
  refuseSuspended(found.tenant_status);
  const principal: Principal = {
    tenantId: found.tenant_id,
    userId: null,
    apiKeyId: found.id,
    role: null,
    permissions,
    sessions,
  };
  return { principal, loginId: null, dependsOn, expiresAt };
}
