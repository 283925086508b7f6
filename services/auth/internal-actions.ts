/** The auth service's actions for other services and for scripts. */
import { z } from "zod";
import { systemNow } from "../../concurrency/clock.ts";
import type { ResolvedCredential } from "../../contracts/credentials.ts";
import { isProblem } from "../../contracts/errors.ts";
import type { TenantRow } from "../../db/models/tenant.ts";
import { touchKey } from "../../db/statements/identity/find-credentials.ts";
import { lacksPlatformAdmin } from "../../db/statements/identity/platform-admin.ts";
import { actionsOf } from "../../access/serve.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { count } from "../../metrics/metrics.ts";
import { isApiKey } from "./api-key.ts";
import { signedInOf } from "./check-password.ts";
import { localOrigin, setupUrl, writeLink } from "./first-run.ts";
import { resolveApiKey, resolveToken } from "./resolve.ts";
import { createTenantWithOwner, NewTenant } from "./tenant-creation.ts";
import type { AuthService } from "./types.ts";

const { internal } = actionsOf<AuthService>();

const Credential = z.object({ credential: z.string(), ip: z.string().nullable() });

export const internalActions = {
  /** Returns the caller behind a credential. Throws the problem that the caller gets as the answer. */
  resolve: internal(Credential, async function (ctx): Promise<ResolvedCredential> {
    const { credential, ip } = ctx.params;
    const kind = isApiKey(credential) ? "api_key" : "token";
    try {
      if (kind === "token") return await resolveToken(this.database, this.secrets.key("access-token"), credential);
      const now = systemNow();
      const resolved = await resolveApiKey(this.database, credential, ip, now);
      await touchKey(this.database, resolved.principal.apiKeyId!, now);
      return resolved;
    } catch (error) {
      if (isProblem(error) && error.type === "unauthenticated") count(this.broker, "auth_failures_total", { kind });
      throw error;
    }
  }),

  /** Creates a tenant and its owner on behalf of a platform administrator. */
  createTenant: internal(NewTenant, async function (ctx): Promise<TenantRow> {
    const creation = { isPlatformAdmin: false, client: signedInOf(ctx), who: "platform", pointer: "/owner" };
    return (await createTenantWithOwner(this, ctx.params, creation)).tenant;
  }),

  /** The one-time link of a new installation and the file that holds it; null once there is an administrator. */
  setupLink: internal(z.object({ origin: z.string().optional() }), async function (ctx): Promise<{
    url: string;
    file: string;
  } | null> {
    if (this.setupToken === undefined || !(await lacksPlatformAdmin(this.database, { lock: false }))) return null;
    const config = configOf(this.broker);
    const url = setupUrl(ctx.params.origin ?? localOrigin(config), this.setupToken);
    return { url, file: writeLink(config, url) };
  }),
};
