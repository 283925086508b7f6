/** The users of a tenant, and its audit trail. */
import { systemNow } from "../../concurrency/clock.ts";
import * as routes from "../../contracts/routes/user.ts";
import { readAudit } from "../../db/statements/identity/append-audit.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { expectedVersion, sendVersion } from "../../access/etag.ts";
import { addWithinQuota } from "../../access/quota.ts";
import { actionsOf } from "../../access/serve.ts";
import { signedInOf } from "./check-password.ts";
import { requireStrongPassword } from "./password-strength.ts";
import { newUser, withFreeAddress } from "./tenant-creation.ts";
import type { AuthService } from "./types.ts";
import { changeUser, removeUser, requireReach, requireUserFor } from "./users.ts";
import { viewAuditEntry, viewUser } from "./views.ts";

const { serve } = actionsOf<AuthService>();

export const userActions = {
  "users.list": serve(routes.listUsers, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const { limit, cursor } = ctx.params.query;
    const after = cursor === undefined ? undefined : fromCursor(this.secrets, "users", cursor);
    const { rows, next } = await this.tables.users.listRows(tenantId, { limit, after });
    return { data: rows.map(viewUser), nextCursor: next === null ? null : toCursor(this.secrets, "users", next) };
  }),

  "users.create": serve(routes.createUser, async function (ctx) {
    const principal = principalOf(ctx);
    const { email, name, role, password } = ctx.params.body;
    requireReach(principal, role);
    requireUserFor(principal, { role });
    const now = systemNow();
    requireStrongPassword(password, "/password", [email, name]);
    const passwordHash = await this.passwords.hash(signedInOf(ctx), password);
    const user = newUser(
      { tenant_id: principal.tenantId, email, name, role, platform_admin: false, password_hash: passwordHash },
      now,
    );
    await withFreeAddress(this, principal.tenantId, () =>
      addWithinQuota(this.database, ctx, "users", async (sql) => {
        await this.tables.users.insertRow(sql, user);
        await recordAudit(sql, ctx, { action: "user.created", target: user.id, detail: { email, role } });
      }),
    );
    sendVersion(ctx, user.version);
    return viewUser(user);
  }),

  "users.get": serve(routes.getUser, async function (ctx) {
    const user = await this.tables.users.requireRow(principalOf(ctx).tenantId, ctx.params.params.id);
    sendVersion(ctx, user.version);
    return viewUser(user);
  }),

  "users.update": serve(routes.updateUser, async function (ctx) {
    const principal = principalOf(ctx);
    const { password, ...changes } = ctx.params.body;
    const id = ctx.params.params.id;
    if (password !== undefined) {
      const { email, name } = await this.tables.users.requireRow(principal.tenantId, id);
      requireStrongPassword(password, "/password", [email, name]);
    }
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(signedInOf(ctx), password);
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
  }),

  "users.remove": serve(routes.removeUser, async function (ctx) {
    const principal = principalOf(ctx);
    const id = ctx.params.params.id;
    await removeUser(this.database, this.tables.users, { principal, id });
    await recordAudit(this.database, ctx, { action: "user.deleted", target: id });
    await announceAccessChange(this.broker, { tenantId: principal.tenantId, userId: id });
  }),

  audit: serve(routes.listAudit, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const { limit, cursor, action } = ctx.params.query;
    const before = cursor === undefined ? null : fromCursor(this.secrets, "audit", cursor);
    const rows = await readAudit(this.database, { tenantId, action: action ?? null, before, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    return {
      data: shown.map(viewAuditEntry),
      nextCursor: rows.length > limit ? toCursor(this.secrets, "audit", shown.at(-1)!.id) : null,
    };
  }),
};
