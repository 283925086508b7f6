/** Registration, signing in and out, and the caller's own account. */
import type { Context } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import type { Id } from "../../contracts/ids.ts";
import * as routes from "../../contracts/routes/auth.ts";
import type { SignedIn } from "../../contracts/routes/auth.ts";
import type { TenantRow } from "../../db/models/tenant.ts";
import type { UserRow } from "../../db/models/user.ts";
import { revokeLogins } from "../../db/statements/identity/logins.ts";
import { recordLastLogin } from "../../db/statements/identity/users.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type CallMeta } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { viewTenant } from "../../access/tenant-view.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { count } from "../../metrics/metrics.ts";
import { networkOf } from "../../access/network.ts";
import { addressOf, checkPassword, signedInOf, strangerOf } from "./check-password.ts";
import { removeLink } from "./first-run.ts";
import { requireStrongPassword } from "./password-strength.ts";
import { closedSignup, requireSetupToken } from "./setup-actions.ts";
import { exchange, openLogin, type Device } from "./sign-in.ts";
import { createTenantWithOwner } from "./tenant-creation.ts";
import type { AuthService } from "./types.ts";
import { viewApiKey, viewUser } from "./views.ts";

const { serve } = actionsOf<AuthService>();

function deviceOf(ctx: Context<unknown, CallMeta>): Device {
  return { userAgent: ctx.meta.userAgent ?? null, ip: ctx.meta.clientIp ?? null };
}

async function signIn(
  service: AuthService,
  ctx: Context<unknown, CallMeta>,
  user: UserRow,
  tenant: TenantRow,
): Promise<SignedIn> {
  const tokens = await openLogin(service.database, service.secrets, user, deviceOf(ctx));
  const now = systemNow();
  await recordLastLogin(service.database, user.id, now);
  return { user: viewUser({ ...user, last_login_at: now }), tenant: viewTenant(tenant), ...tokens };
}

/** Returns the calling user. Throws the problem `forbidden` for an API key. */
export function requireUserCaller(ctx: Context<unknown, CallMeta>): { tenantId: Id<"tenant">; userId: Id<"user"> } {
  const { tenantId, userId } = principalOf(ctx);
  if (userId === null) throw new Problem("forbidden", "an API key has no account of its own; sign in as a user");
  return { tenantId, userId: userId as Id<"user"> };
}

export const accountActions = {
  register: serve(routes.register, async function (ctx) {
    const { tenantName, name, email, password, setupToken } = ctx.params.body;
    const config = configOf(this.broker);
    if (setupToken !== undefined) await requireSetupToken(this, setupToken);
    else if (config.signup === "closed") throw await closedSignup(this);
    const plan = setupToken === undefined ? config.signupPlan : "enterprise";
    const wanted = { name: tenantName, plan, owner: { name, email, password } };
    const { tenant, user } = await createTenantWithOwner(this, wanted, {
      isPlatformAdmin: setupToken !== undefined,
      client: strangerOf(ctx),
      who: networkOf(addressOf(ctx)),
      pointer: "",
    });
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
  }),

  login: serve(routes.login, async function (ctx) {
    const { email, password } = ctx.params.body;
    const user = await checkPassword(this, ctx, email, password);
    const tenant = await this.tables.tenants.requireRow(user.tenant_id, user.tenant_id);
    if (tenant.status !== "active") throw new Problem("tenant_suspended");
    await recordAudit(this.database, ctx, {
      tenantId: user.tenant_id,
      action: "login.succeeded",
      target: user.id,
      userId: user.id,
    });
    return signIn(this, ctx, user, tenant);
  }),

  refresh: serve(routes.refresh, async function (ctx) {
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
  }),

  logout: serve(routes.logout, async function (ctx) {
    const { tenantId, userId } = requireUserCaller(ctx);
    const loginId = ctx.meta.loginId;
    if (loginId === undefined) throw new Problem("forbidden", "these credentials are not a login");
    await revokeLogins(this.database, { tenantId, userId, loginId }, "logout", systemNow());
    await announceAccessChange(this.broker, { tenantId, userId, loginId });
  }),

  me: serve(routes.me, async function (ctx) {
    const { tenantId, userId, apiKeyId, permissions } = principalOf(ctx);
    const [user, apiKey, tenant] = await Promise.all([
      userId === null ? null : this.tables.users.findRow(tenantId, userId),
      apiKeyId === null ? null : this.tables.apiKeys.findRow(tenantId, apiKeyId),
      this.tables.tenants.requireRow(tenantId, tenantId),
    ]);
    return {
      user: user === null ? null : viewUser(user),
      apiKey: apiKey === null ? null : viewApiKey(apiKey),
      tenant: viewTenant(tenant),
      permissions,
    };
  }),

  password: serve(routes.changePassword, async function (ctx) {
    const { tenantId, userId } = requireUserCaller(ctx);
    const { currentPassword, newPassword } = ctx.params.body;
    const user = await this.tables.users.requireRow(tenantId, userId);
    // Counted for the account alone: a stolen token can be used from any number of addresses.
    const attempt = { email: user.email, ip: "signed in", isKnown: true };
    await this.throttle.take(attempt);
    if (!(await this.passwords.matches(signedInOf(ctx), currentPassword, user.password_hash))) {
      count(this.broker, "auth_failures_total", { kind: "password" });
      throw new Problem("invalid_credentials", "the current password is wrong");
    }
    await this.throttle.giveBack(attempt);
    requireStrongPassword(newPassword, "/newPassword", [user.email, user.name]);
    const now = systemNow();
    const changes = { password_hash: await this.passwords.hash(signedInOf(ctx), newPassword), updated_at: now };
    await this.database.transaction(async (sql) => {
      if (!(await this.tables.users.changeRow(tenantId, userId, changes, { version: user.version, sql })))
        throw new Problem("conflict", "the account was changed at the same time; try again");
      await revokeLogins(sql, { tenantId, userId, except: ctx.meta.loginId }, "password_changed", now);
      await recordAudit(sql, ctx, { action: "user.password_changed", target: userId });
    });
    await announceAccessChange(this.broker, { tenantId, userId });
  }),
};
