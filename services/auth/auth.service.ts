/** Who is there and what they may do: accounts, logins, API keys, and the check of every credential. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { Credential, ResolvedCredential } from "../../contracts/credentials.ts";
import { isProblem } from "../../contracts/errors.ts";
import { apiKeyTable } from "../../db/models/api-key.ts";
import { tenantTable } from "../../db/models/tenant.ts";
import { userTable } from "../../db/models/user.ts";
import { touchKey } from "../../db/statements/identity/find-credentials.ts";
import { lacksPlatformAdmin } from "../../db/statements/identity/create-tenant.ts";
import { removeOldLogins } from "../../db/statements/identity/logins.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { createLimiters } from "../../access/limits/limiters.ts";
import { count } from "../../metrics/metrics.ts";
import { Poller } from "../../concurrency/poller.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { tableMixin } from "../../mixins/table.mixin.ts";
import { accountActions } from "./account-actions.ts";
import { isApiKey } from "./api-key.ts";
import type { AuthLocals, AuthService } from "./types.ts";
import { createSetupToken, localOrigin, removeLink, setupUrl, writeLink } from "./first-run.ts";
import { Passwords } from "./passwords.ts";
import { resolveApiKey, resolveToken } from "./resolve.ts";
import { LoginThrottle } from "./throttle.ts";
import { userActions } from "./user-actions.ts";

const HOUR = 3_600_000;
/** How long logins that are over are kept, so that the reuse of their tokens is still known for what it is. */
const KEEP_LOGINS = 7 * 24 * HOUR;
/** Logins; each takes the hashes of all its tokens with it. */
const REMOVED_AT_ONCE = 500;

export default {
  name: "auth",
  mixins: [tableMixin({ users: userTable, apiKeys: apiKeyTable, tenants: tenantTable }), secretsMixin, databaseMixin],

  actions: {
    ...accountActions,
    ...userActions,

    /** The caller behind a credential; throws the problem that the caller is to see. */
    resolve: {
      visibility: "public",
      async handler(ctx: Context<Credential>): Promise<ResolvedCredential> {
        const { credential, ip } = ctx.params;
        const kind = isApiKey(credential) ? "api_key" : "token";
        try {
          if (kind === "token") return await resolveToken(this.database, this.secrets.key("access-token"), credential);
          const now = Date.now();
          const resolved = await resolveApiKey(this.database, credential, ip, now);
          await touchKey(this.database, resolved.principal.apiKeyId!, now);
          return resolved;
        } catch (error) {
          if (isProblem(error) && error.type === "unauthenticated") count(this.broker, "auth_failures_total", { kind });
          throw error;
        }
      },
    },

    /** The one-time link of a new installation and the file that holds it; null when there is an administrator already. */
    setupLink: {
      visibility: "public",
      async handler(
        this: AuthService,
        ctx: Context<{ origin?: string }>,
      ): Promise<{ url: string; file: string } | null> {
        if (this.setupToken === undefined || !(await lacksPlatformAdmin(this.database, { hold: false }))) return null;
        const config = configOf(this.broker);
        const url = setupUrl(ctx.params.origin ?? localOrigin(config), this.setupToken);
        return { url, file: writeLink(config, url) };
      },
    },
  },

  created() {
    this.passwords = new Passwords();
    this.limiters = createLimiters(configOf(this.broker).redisUrl, this.logger);
    this.throttle = new LoginThrottle(this.limiters, () =>
      count(this.broker, "ratelimited_total", { policy: "login" }),
    );
    this.cleaner = new Poller({
      name: "old logins",
      interval: HOUR,
      logger: this.logger,
      work: async () =>
        (await removeOldLogins(this.database, Date.now() - KEEP_LOGINS, REMOVED_AT_ONCE)) === REMOVED_AT_ONCE,
    });
  },

  async started() {
    const config = configOf(this.broker);
    if (await lacksPlatformAdmin(this.database, { hold: false })) {
      this.setupToken = createSetupToken(this.secrets, Date.now());
      writeLink(config, setupUrl(localOrigin(config), this.setupToken));
    } else removeLink(config);
    this.cleaner.start();
  },

  async stopped() {
    await this.cleaner.stop();
    this.limiters.close();
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, AuthLocals>;
