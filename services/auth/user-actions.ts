/** Users, API keys and the audit trail of a tenant. */
import { Problem, fieldProblem } from "../../contracts/errors.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import type { Principal } from "../../contracts/permissions.ts";
import type {
  ApiKey,
  AuditEntry,
  User,
  createApiKey as createApiKeyRoute,
  createUser,
  getUser,
  listApiKeys,
  listAudit,
  listUsers,
  removeUser as removeUserRoute,
  revokeApiKey,
  updateUser,
} from "../../contracts/routes/user.ts";
import type { ApiKeyRow } from "../../db/models/api-key.ts";
import type { UserRow } from "../../db/models/user.ts";
import { readAudit } from "../../db/statements/identity/append-audit.ts";
import { findSessionIds } from "../../db/statements/identity/find-credentials.ts";
import { isUniqueViolation } from "../../db/failures.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { expectedVersion, sendVersion } from "../../access/etag.ts";
import { addWithinQuota } from "../../access/quota.ts";
import { createApiKey } from "./api-key.ts";
import type { AuthService } from "./types.ts";
import { changeUser, removeUser, requireReach } from "./users.ts";
import { viewApiKey, viewAuditEntry, viewUser } from "./views.ts";

const KEY_LIFE = 365 * 86_400_000;

interface ListAnswer<T> {
  data: T[];
  nextCursor: string | null;
}

/** A key never may more than the one who makes it. */
function requireOwnScopes(principal: Principal, scopes: readonly string[]): void {
  const beyond = scopes.find((scope) => !(principal.permissions as readonly string[]).includes(scope));
  if (beyond !== undefined)
    throw fieldProblem("forbidden", "/scopes", `you cannot give ${beyond}, because you do not have it`);
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
        "a key that is limited to sessions can only make keys that are limited to them too",
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
        `there is no session "${reference}"; an id or a name of the tenant's sessions is expected`,
      );
    }
  }
  return [...new Set(found.values())] as Id<"session">[];
}

function expiryOf(text: string | undefined): number {
  const at = text === undefined ? Date.now() + KEY_LIFE : Date.parse(text);
  if (at <= Date.now()) throw fieldProblem("validation", "/expiresAt", "a time in the future is expected");
  return at;
}

export const userActions = {
  async "users.list"(this: AuthService, ctx: Call<typeof listUsers>): Promise<ListAnswer<User>> {
    const { tenantId } = principalOf(ctx);
    const { limit, cursor } = ctx.params.query;
    const after = cursor === undefined ? undefined : fromCursor(this.secrets, "users", cursor);
    const { rows, next } = await this.tables.users.list(tenantId, { limit, after });
    return { data: rows.map(viewUser), nextCursor: next === null ? null : toCursor(this.secrets, "users", next) };
  },

  async "users.create"(this: AuthService, ctx: Call<typeof createUser>): Promise<User> {
    const principal = principalOf(ctx);
    const { email, name, role, password } = ctx.params.body;
    requireReach(principal, role);
    const now = Date.now();
    const user: UserRow = {
      id: createId("user"),
      tenantId: principal.tenantId,
      email,
      name,
      role,
      platformAdmin: false,
      passwordHash: await this.passwords.hash(password),
      tokenVersion: 0,
      disabled: false,
      version: 1,
      lastLoginAt: null,
      createdAt: now,
      updatedAt: now,
    };
    try {
      await addWithinQuota(this.database, ctx, "users", async (sql) => {
        await this.tables.users.insert(sql, user);
        await recordAudit(sql, ctx, { action: "user.created", target: user.id, detail: { email, role } });
      });
    } catch (error) {
      throw isUniqueViolation(error)
        ? fieldProblem("email_taken", "/email", "another account has this e-mail address")
        : error;
    }
    sendVersion(ctx, user.version);
    return viewUser(user);
  },

  async "users.get"(this: AuthService, ctx: Call<typeof getUser>): Promise<User> {
    const user = await this.tables.users.get(principalOf(ctx).tenantId, ctx.params.params.id);
    sendVersion(ctx, user.version);
    return viewUser(user);
  },

  async "users.update"(this: AuthService, ctx: Call<typeof updateUser>): Promise<User> {
    const principal = principalOf(ctx);
    const { password, ...changes } = ctx.params.body;
    const id = ctx.params.params.id;
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    const user = await changeUser(this.database, this.tables.users, {
      principal,
      id,
      changes: { ...changes, passwordHash },
      expectedVersion: expectedVersion(ctx),
    });
    await recordAudit(this.database, ctx, {
      action: "user.updated",
      target: id,
      detail: { ...changes, ...(password === undefined ? {} : { password: "changed" }) },
    });
    await announceAccessChange(this.broker, { tenantId: principal.tenantId, userId: id });
    sendVersion(ctx, user.version);
    return viewUser(user);
  },

  async "users.remove"(this: AuthService, ctx: Call<typeof removeUserRoute>): Promise<void> {
    const principal = principalOf(ctx);
    const id = ctx.params.params.id;
    await removeUser(this.database, this.tables.users, { principal, id });
    await recordAudit(this.database, ctx, { action: "user.deleted", target: id });
    await announceAccessChange(this.broker, { tenantId: principal.tenantId, userId: id });
  },

  async "keys.list"(this: AuthService, ctx: Call<typeof listApiKeys>): Promise<ListAnswer<ApiKey>> {
    const { tenantId } = principalOf(ctx);
    const { limit, cursor } = ctx.params.query;
    const after = cursor === undefined ? undefined : fromCursor(this.secrets, "api-keys", cursor);
    const { rows, next } = await this.tables.apiKeys.list(tenantId, { limit, after }, { revokedAt: null });
    return { data: rows.map(viewApiKey), nextCursor: next === null ? null : toCursor(this.secrets, "api-keys", next) };
  },

  async "keys.create"(this: AuthService, ctx: Call<typeof createApiKeyRoute>): Promise<ApiKey & { key: string }> {
    const principal = principalOf(ctx);
    const { name, scopes, sessions, ipAllow, expiresAt } = ctx.params.body;
    requireOwnScopes(principal, scopes);
    const { key, publicId, secretHash } = createApiKey();
    const row: ApiKeyRow = {
      id: createId("apiKey"),
      tenantId: principal.tenantId,
      name,
      publicId,
      secretHash,
      scopes: [...new Set(scopes)],
      sessions: await sessionsOf(this, principal, sessions),
      ipAllow: ipAllow ?? null,
      createdBy: principal.userId ?? principal.apiKeyId,
      expiresAt: expiryOf(expiresAt),
      lastUsedAt: null,
      revokedAt: null,
      createdAt: Date.now(),
    };
    await addWithinQuota(this.database, ctx, "apiKeys", async (sql) => {
      await this.tables.apiKeys.insert(sql, row);
      await recordAudit(sql, ctx, { action: "api_key.created", target: row.id, detail: { name, scopes: row.scopes } });
    });
    return { ...viewApiKey(row), key };
  },

  async "keys.revoke"(this: AuthService, ctx: Call<typeof revokeApiKey>): Promise<void> {
    const { tenantId } = principalOf(ctx);
    const id = ctx.params.params.id;
    const row = await this.tables.apiKeys.get(tenantId, id);
    if (row.revokedAt !== null) throw new Problem("not_found");
    await this.tables.apiKeys.update(tenantId, id, { revokedAt: Date.now() });
    await recordAudit(this.database, ctx, { action: "api_key.revoked", target: id });
    await announceAccessChange(this.broker, { tenantId, apiKeyId: id });
  },

  async audit(this: AuthService, ctx: Call<typeof listAudit>): Promise<ListAnswer<AuditEntry>> {
    const { tenantId } = principalOf(ctx);
    const { limit, cursor, action } = ctx.params.query;
    const before = cursor === undefined ? null : fromCursor(this.secrets, "audit", cursor);
    const rows = await readAudit(this.database, { tenantId, action: action ?? null, before, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    return {
      data: shown.map(viewAuditEntry),
      nextCursor: rows.length > limit ? toCursor(this.secrets, "audit", shown.at(-1)!.id) : null,
    };
  },
};
