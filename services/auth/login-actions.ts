/** The caller's own logins: the devices that are signed in. */
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/auth.ts";
import { listLogins, revokeLogins } from "../../db/statements/identity/logins.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { actionsOf } from "../../access/serve.ts";
import { requireUserCaller } from "./account-actions.ts";
import type { AuthService } from "./types.ts";
import { viewLogin } from "./views.ts";

const { serve } = actionsOf<AuthService>();

export const loginActions = {
  "logins.list": serve(routes.listLogins, async function (ctx) {
    const { tenantId, userId } = requireUserCaller(ctx);
    const rows = await listLogins(this.database, tenantId, userId, systemNow());
    return { data: rows.map((row) => viewLogin(row, ctx.meta.loginId ?? null)), nextCursor: null };
  }),

  "logins.revoke": serve(routes.revokeLogin, async function (ctx) {
    const { tenantId, userId } = requireUserCaller(ctx);
    const loginId = ctx.params.params.id;
    const revoked = await revokeLogins(this.database, { tenantId, userId, loginId }, "revoked", systemNow());
    if (revoked === 0) throw new Problem("not_found");
    await announceAccessChange(this.broker, { tenantId, userId, loginId });
  }),

  "logins.revokeOthers": serve(routes.revokeLogins, async function (ctx) {
    const { tenantId, userId } = requireUserCaller(ctx);
    await revokeLogins(this.database, { tenantId, userId, except: ctx.meta.loginId }, "revoked", systemNow());
    await announceAccessChange(this.broker, { tenantId, userId });
  }),
};
