/** The API keys of a tenant. */
import { systemNow } from "../../concurrency/clock.ts";
import { Problem, fieldProblem } from "../../contracts/errors.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import type { Principal } from "../../contracts/permissions.ts";
import * as routes from "../../contracts/routes/user.ts";
import type { ApiKeyRow } from "../../db/models/api-key.ts";
import {
  findKeyLineage,
  findSessionIds,
  MAX_GENERATIONS,
  revokeKeysMadeBy,
  type CheckedKey,
} from "../../db/statements/identity/find-credentials.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf } from "../../access/call.ts";
import { isRangeWithin } from "../../access/key-lineage.ts";
import { makerOf } from "../../access/makers.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { addWithinQuota } from "../../access/quota.ts";
import { actionsOf } from "../../access/serve.ts";
import { createApiKey } from "./api-key.ts";
import type { AuthService } from "./types.ts";
import { viewApiKey } from "./views.ts";

const { serve } = actionsOf<AuthService>();

/** ms. */
const DEFAULT_LIFETIME = 365 * 86_400_000;

/** A key never has more permissions than its maker. */
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
  if (references === undefined)
    return principal.sessions === null ? null : ([...principal.sessions] as Id<"session">[]);
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

/** The networks of a new key: those given, all within the maker's, or by default the maker's. */
function networksOf(maker: CheckedKey | undefined, given: readonly string[] | undefined): readonly string[] | null {
  const stored = maker?.ip_allow ?? null;
  const allowed = stored === null ? null : (JSON.parse(stored) as string[]);
  if (given === undefined || allowed === null) return given ?? allowed;
  const outside = given.findIndex((range) => !isRangeWithin(range, allowed));
  if (outside !== -1)
    throw fieldProblem(
      "forbidden",
      `/ipAllow/${outside}`,
      `your key is limited to ${allowed.join(", ")}, and ${given[outside]!} is not within`,
    );
  return given;
}

/** The end of a new key: as given or a year from now, and at the latest the maker's. */
function expiryOf(maker: CheckedKey | undefined, text: string | undefined): number {
  const latest = maker?.expires_at ?? Infinity;
  if (text === undefined) return Math.min(systemNow() + DEFAULT_LIFETIME, latest);
  const at = Date.parse(text);
  if (at <= systemNow()) throw fieldProblem("validation", "/expiresAt", "must be in the future");
  if (at > latest)
    throw fieldProblem(
      "forbidden",
      "/expiresAt",
      `your key expires at ${new Date(latest).toISOString()}; no later time`,
    );
  return at;
}

/** The caller's own key; undefined for a user. Throws `forbidden` when it may not make further keys. */
async function makerKeyOf(service: AuthService, principal: Principal): Promise<CheckedKey | undefined> {
  if (principal.apiKeyId === null) return undefined;
  const lineage = await findKeyLineage(service.database, { id: principal.apiKeyId });
  if (lineage.length >= MAX_GENERATIONS)
    throw new Problem(
      "forbidden",
      `keys are made by keys for at most ${MAX_GENERATIONS} generations; sign in as a user`,
    );
  return lineage[0];
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
    const maker = await makerKeyOf(this, principal);
    const { key, publicId, secretHash } = createApiKey();
    const row: ApiKeyRow = {
      id: createId("apiKey"),
      tenant_id: principal.tenantId,
      name,
      public_id: publicId,
      secret_hash: secretHash,
      scopes: [...new Set(scopes)],
      sessions: await sessionsOf(this, principal, sessions),
      ip_allow: networksOf(maker, ipAllow),
      created_by: makerOf(principal),
      expires_at: expiryOf(maker, expiresAt),
      last_used_at: null,
      revoked_at: null,
      created_at: systemNow(),
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
    const now = systemNow();
    await this.database.transaction(async (sql) => {
      await this.tables.apiKeys.updateRow(tenantId, id, { revoked_at: now }, { sql });
      const made = await revokeKeysMadeBy(sql, tenantId, id, now);
      await recordAudit(sql, ctx, { action: "api_key.revoked", target: id, detail: { alsoRevoked: made } });
    });
    await announceAccessChange(this.broker, { tenantId, apiKeyId: id });
  }),
};
