/** The API keys of a tenant. */
import { Problem, fieldProblem } from "../../contracts/errors.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import type { Principal } from "../../contracts/permissions.ts";
import * as routes from "../../contracts/routes/user.ts";
import type { ApiKeyRow } from "../../db/models/api-key.ts";
import { findSessionIds } from "../../db/statements/identity/find-credentials.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { addWithinQuota } from "../../access/quota.ts";
import { actionsOf } from "../../access/serve.ts";
import { createApiKey } from "./api-key.ts";
import type { AuthService } from "./types.ts";
import { viewApiKey } from "./views.ts";

const { serve } = actionsOf<AuthService>();

/** ms. */
const DEFAULT_LIFETIME = 365 * 86_400_000;

/** A key never has more permissions than its creator. */
function requireOwnScopes(principal: Principal, scopes: readonly string[]): void {
  const missing = scopes.find((scope) => !(principal.permissions as readonly string[]).includes(scope));
  if (missing !== undefined)
    throw fieldProblem("forbidden", "/scopes", `you cannot grant ${missing}, because you do not have it`);
}

async function sessionsOf(
  service: AuthService,
  principal: Principal,
  references: readonly string[] | undefined,
): Promise<Id<"session">[] | null> {
  if (references === undefined) {
    if (principal.sessions !== null)
      throw fieldProblem(
        "forbidden",
        "/sessions",
        "a key that is limited to sessions can only create keys with the same limit; name some of its sessions",
      );
    return null;
  }
  const found = await findSessionIds(service.database, principal.tenantId, references);
  for (const [index, reference] of references.entries()) {
    const id = found.get(reference);
    if (id === undefined || (principal.sessions !== null && !principal.sessions.includes(id))) {
      throw fieldProblem(
        "validation",
        `/sessions/${index}`,
        `there is no session "${reference}"; expected the id or name of one of the tenant's sessions`,
      );
    }
  }
  return [...new Set(found.values())] as Id<"session">[];
}

function expiryOf(text: string | undefined): number {
  const at = text === undefined ? Date.now() + DEFAULT_LIFETIME : Date.parse(text);
  if (at <= Date.now()) throw fieldProblem("validation", "/expiresAt", "must be in the future");
  return at;
}

export const keyActions = {
  "keys.list": serve(routes.listApiKeys, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const { limit, cursor } = ctx.params.query;
    const after = cursor === undefined ? undefined : fromCursor(this.secrets, "api-keys", cursor);
    const { rows, next } = await this.tables.apiKeys.listRows(tenantId, { limit, after }, { revoked_at: null });
    return { data: rows.map(viewApiKey), nextCursor: next === null ? null : toCursor(this.secrets, "api-keys", next) };
  }),

  "keys.create": serve(routes.createApiKey, async function (ctx) {
    const principal = principalOf(ctx);
    const { name, scopes, sessions, ipAllow, expiresAt } = ctx.params.body;
    requireOwnScopes(principal, scopes);
    const { key, publicId, secretHash } = createApiKey();
    const row: ApiKeyRow = {
      id: createId("apiKey"),
      tenant_id: principal.tenantId,
      name,
      public_id: publicId,
      secret_hash: secretHash,
      scopes: [...new Set(scopes)],
      sessions: await sessionsOf(this, principal, sessions),
      ip_allow: ipAllow ?? null,
      created_by: principal.userId ?? principal.apiKeyId,
      expires_at: expiryOf(expiresAt),
      last_used_at: null,
      revoked_at: null,
      created_at: Date.now(),
    };
    await addWithinQuota(this.database, ctx, "apiKeys", async (sql) => {
      await this.tables.apiKeys.insertRow(sql, row);
      await recordAudit(sql, ctx, { action: "api_key.created", target: row.id, detail: { name, scopes: row.scopes } });
    });
    return { ...viewApiKey(row), key };
  }),

  "keys.revoke": serve(routes.revokeApiKey, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const id = ctx.params.params.id;
    const row = await this.tables.apiKeys.requireRow(tenantId, id);
    if (row.revoked_at !== null) throw new Problem("not_found");
    await this.tables.apiKeys.updateRow(tenantId, id, { revoked_at: Date.now() });
    await recordAudit(this.database, ctx, { action: "api_key.revoked", target: id });
    await announceAccessChange(this.broker, { tenantId, apiKeyId: id });
  }),
};
