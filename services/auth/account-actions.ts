/** Registering, signing in and out, and one's own account. */
import type { Context } from "moleculer";
import { Problem, fieldProblem } from "../../contracts/errors.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import type { Plan, Quotas } from "../../contracts/plans.ts";
import type {
  Login,
  SignedIn,
  changePassword,
  listLogins,
  login,
  logout,
  me,
  refresh,
  register,
  revokeLogin,
  revokeLogins,
} from "../../contracts/routes/auth.ts";
import type { ApiKey, User } from "../../contracts/routes/user.ts";
import type { Tenant } from "../../contracts/routes/tenant.ts";
import type { Permission } from "../../contracts/permissions.ts";
import type { TenantRow } from "../../db/models/tenant.ts";
import type { UserRow } from "../../db/models/user.ts";
import { saveUser, touchUser } from "../../db/statements/identity/change-user.ts";
import { foundTenant, lacksPlatformAdmin } from "../../db/statements/identity/create-tenant.ts";
import * as logins from "../../db/statements/identity/logins.ts";
import { isUniqueViolation } from "../../db/failures.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call, type CallMeta } from "../../access/call.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { count } from "../../metrics/metrics.ts";
import { viewTenant } from "../../access/tenant-view.ts";
import type { AuthService } from "./types.ts";
import { isSetupToken, removeLink } from "./first-run.ts";
import { exchange, openLogin, type Device, type Tokens } from "./sign-in.ts";
import { viewApiKey, viewLogin, viewUser } from "./views.ts";

function deviceOf(ctx: Context<unknown, CallMeta>): Device {
  return { userAgent: ctx.meta.userAgent ?? null, ip: ctx.meta.clientIp ?? null };
}

/** A tenant to be founded, with its first owner. */
export interface Founding {
  readonly tenantName: string;
  readonly plan: Plan;
  readonly quotas?: Partial<Quotas>;
  readonly owner: { readonly name: string; readonly email: string; readonly password: string };
  /** Proves that the founder may become the platform's administrator. */
  readonly setupToken?: string;
}

/** Writes the tenant with its owner; through a setup token the owner administers the platform, once. */
async function found(service: AuthService, founding: Founding): Promise<{ tenant: TenantRow; user: UserRow }> {
  const now = Date.now();
  const platformAdmin = founding.setupToken !== undefined;
  const tenant: TenantRow = {
    id: createId("tenant"),
    name: founding.tenantName,
    plan: founding.plan,
    status: "active",
    quotas: founding.quotas ?? {},
    settings: {},
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const { name, email, password } = founding.owner;
  const user: UserRow = {
    id: createId("user"),
    tenantId: tenant.id,
    email,
    name,
    role: "owner",
    platformAdmin,
    passwordHash: await service.passwords.hash(password),
    tokenVersion: 0,
    disabled: false,
    version: 1,
    lastLoginAt: null,
    createdAt: now,
    updatedAt: now,
  };
  try {
    await service.database.transaction(async (sql) => {
      if (platformAdmin && !(await lacksPlatformAdmin(sql, { hold: true })))
        throw new Problem("forbidden", "the setup link was used already; sign in instead");
      await foundTenant(sql, tenant, user);
    });
  } catch (error) {
    throw isUniqueViolation(error)
      ? fieldProblem("email_taken", "/email", "another account has this e-mail address")
      : error;
  }
  return { tenant, user };
}

async function signIn(
  service: AuthService,
  ctx: Context<unknown, CallMeta>,
  user: UserRow,
  tenant: TenantRow,
): Promise<SignedIn> {
  const tokens = await openLogin(service.database, service.secrets, user, deviceOf(ctx));
  const lastLoginAt = Date.now();
  await touchUser(service.database, user.id, lastLoginAt);
  return { user: viewUser({ ...user, lastLoginAt }), tenant: viewTenant(tenant), ...tokens };
}

/** The user that the caller is; API keys are nobody. */
function userOf(ctx: Context<unknown, CallMeta>): { tenantId: Id<"tenant">; userId: Id<"user"> } {
  const { tenantId, userId } = principalOf(ctx);
  if (userId === null) throw new Problem("forbidden", "an API key has no account of its own; sign in as a user");
  return { tenantId, userId: userId as Id<"user"> };
}

export const accountActions = {
  async register(this: AuthService, ctx: Call<typeof register>): Promise<SignedIn> {
    const { tenantName, name, email, password, setupToken } = ctx.params.body;
    const config = configOf(this.broker);
    if (setupToken === undefined && config.signup === "closed") throw new Problem("signup_closed");
    if (setupToken !== undefined && !isSetupToken(this.secrets, setupToken, Date.now())) {
      throw new Problem("forbidden", "the setup link is not valid any more; restart the server to get a new one");
    }
    const founding = {
      tenantName,
      plan: setupToken === undefined ? config.signupPlan : ("enterprise" as const),
      owner: { name, email, password },
    };
    const { tenant, user } = await found(this, setupToken === undefined ? founding : { ...founding, setupToken });
    if (setupToken !== undefined) {
      this.setupToken = undefined;
      removeLink(config);
    }
    await recordAudit(this.database, ctx, {
      tenantId: tenant.id,
      action: "tenant.registered",
      target: tenant.id,
      userId: user.id,
    });
    return signIn(this, ctx, user, tenant);
  },

  /** Founds a tenant for a platform administrator. */
  found: {
    visibility: "public" as const,
    async handler(this: AuthService, ctx: Context<Omit<Founding, "setupToken">, CallMeta>): Promise<TenantRow> {
      return (await found(this, ctx.params)).tenant;
    },
  },

  async login(this: AuthService, ctx: Call<typeof login>): Promise<SignedIn> {
    const { email, password } = ctx.params.body;
    const ip = ctx.meta.clientIp ?? "unknown";
    await this.throttle.take(email, ip);
    const user = await this.tables.users.acrossTenants.findBy({ email });
    if (!(await this.passwords.matches(password, user?.passwordHash ?? null)) || user === null || user.disabled) {
      count(this.broker, "auth_failures_total", { kind: "password" });
      if (user !== null)
        await recordAudit(this.database, ctx, {
          tenantId: user.tenantId,
          action: "login.failed",
          target: user.id,
          userId: user.id,
        });
      throw new Problem("invalid_credentials");
    }
    await this.throttle.giveBack(email, ip);
    const tenant = await this.tables.tenants.get(user.tenantId, user.tenantId);
    if (tenant.status !== "active") throw new Problem("tenant_suspended");
    await recordAudit(this.database, ctx, {
      tenantId: user.tenantId,
      action: "login.succeeded",
      target: user.id,
      userId: user.id,
    });
    return signIn(this, ctx, user, tenant);
  },

  async refresh(this: AuthService, ctx: Call<typeof refresh>): Promise<Tokens> {
    const exchanged = await exchange(this.database, this.secrets, ctx.params.body.refreshToken);
    if (exchanged.outcome === "unknown") {
      count(this.broker, "auth_failures_total", { kind: "refresh" });
      throw new Problem("unauthenticated", "the refresh token is not valid; sign in again");
    }
    if (exchanged.outcome === "reused") {
      const { tenant_id: tenantId, user_id: userId, id: loginId } = exchanged.login;
      count(this.broker, "refresh_reuse_total", {});
      await recordAudit(this.database, ctx, { tenantId, action: "login.token_reused", target: loginId, userId });
      await announceAccessChange(this.broker, { tenantId, userId, loginId });
      throw new Problem("refresh_reused");
    }
    return exchanged.tokens;
  },

  async logout(this: AuthService, ctx: Call<typeof logout>): Promise<void> {
    const { tenantId, userId } = userOf(ctx);
    const loginId = ctx.meta.loginId;
    if (loginId === undefined) throw new Problem("forbidden", "these credentials are not a login");
    await logins.revokeLogins(this.database, { tenantId, userId, loginId }, "logout", Date.now());
    await announceAccessChange(this.broker, { tenantId, userId, loginId });
  },

  async me(
    this: AuthService,
    ctx: Call<typeof me>,
  ): Promise<{ user: User | null; apiKey: ApiKey | null; tenant: Tenant; permissions: readonly Permission[] }> {
    const { tenantId, userId, apiKeyId, permissions } = principalOf(ctx);
    const [user, apiKey, tenant] = await Promise.all([
      userId === null ? null : this.tables.users.find(tenantId, userId),
      apiKeyId === null ? null : this.tables.apiKeys.find(tenantId, apiKeyId),
      this.tables.tenants.get(tenantId, tenantId),
    ]);
    return {
      user: user === null ? null : viewUser(user),
      apiKey: apiKey === null ? null : viewApiKey(apiKey),
      tenant: viewTenant(tenant),
      permissions,
    };
  },

  async password(this: AuthService, ctx: Call<typeof changePassword>): Promise<void> {
    const { tenantId, userId } = userOf(ctx);
    const { currentPassword, newPassword } = ctx.params.body;
    const ip = ctx.meta.clientIp ?? "unknown";
    const user = await this.tables.users.get(tenantId, userId);
    await this.throttle.take(user.email, ip);
    if (!(await this.passwords.matches(currentPassword, user.passwordHash))) {
      count(this.broker, "auth_failures_total", { kind: "password" });
      throw new Problem("invalid_credentials", "the current password is wrong");
    }
    await this.throttle.giveBack(user.email, ip);
    const passwordHash = await this.passwords.hash(newPassword);
    const now = Date.now();
    await this.database.transaction(async (sql) => {
      if (!(await saveUser(sql, { ...user, passwordHash }, now)))
        throw new Problem("conflict", "the account was changed at the same moment; try again");
      await logins.revokeLogins(sql, { tenantId, userId, except: ctx.meta.loginId }, "password_changed", now);
      await recordAudit(sql, ctx, { action: "user.password_changed", target: userId });
    });
    await announceAccessChange(this.broker, { tenantId, userId });
  },

  async "logins.list"(this: AuthService, ctx: Call<typeof listLogins>): Promise<{ data: Login[]; nextCursor: null }> {
    const { tenantId, userId } = userOf(ctx);
    const rows = await logins.listLogins(this.database, tenantId, userId, Date.now());
    return { data: rows.map((row) => viewLogin(row, ctx.meta.loginId ?? null)), nextCursor: null };
  },

  async "logins.revoke"(this: AuthService, ctx: Call<typeof revokeLogin>): Promise<void> {
    const { tenantId, userId } = userOf(ctx);
    const loginId = ctx.params.params.id;
    const revoked = await logins.revokeLogins(this.database, { tenantId, userId, loginId }, "revoked", Date.now());
    if (revoked === 0) throw new Problem("not_found");
    await announceAccessChange(this.broker, { tenantId, userId, loginId });
  },

  async "logins.revokeOthers"(this: AuthService, ctx: Call<typeof revokeLogins>): Promise<void> {
    const { tenantId, userId } = userOf(ctx);
    await logins.revokeLogins(this.database, { tenantId, userId, except: ctx.meta.loginId }, "revoked", Date.now());
    await announceAccessChange(this.broker, { tenantId, userId });
  },
};
