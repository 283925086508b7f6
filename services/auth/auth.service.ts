/** Accounts, logins and API keys, and the check of every credential. */
import type { ServiceSchema } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import { apiKeyModel } from "../../db/models/api-key.ts";
import { tenantModel } from "../../db/models/tenant.ts";
import { userModel } from "../../db/models/user.ts";
import { lacksPlatformAdmin } from "../../db/statements/identity/platform-admin.ts";
import { removeOldLogins } from "../../db/statements/identity/logins.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { createLimiters } from "../../access/limits/limiters.ts";
import { count } from "../../metrics/metrics.ts";
import { Poller } from "../../concurrency/poller.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { tableMixin } from "../../mixins/table.mixin.ts";
import { accountActions } from "./account-actions.ts";
import { createSetupToken, localOrigin, removeLink, setupUrl, writeLink } from "./first-run.ts";
import { internalActions } from "./internal-actions.ts";
import { keyActions } from "./key-actions.ts";
import { loginActions } from "./login-actions.ts";
import { PASSWORD_COST, Passwords } from "./passwords.ts";
import { LoginThrottle } from "./throttle.ts";
import { setupActions } from "./setup-actions.ts";
import type { AuthLocals, AuthSettings } from "./types.ts";
import { userActions } from "./user-actions.ts";

const HOUR = 3_600_000;
/** ms that ended logins are kept, so that the reuse of one of their tokens is recognized. */
const KEEP_LOGINS = 7 * 24 * HOUR;
/** Logins deleted in one statement, each with the hashes of all its tokens. */
const DELETE_BATCH = 500;

export default {
  name: "auth",
  mixins: [tableMixin({ users: userModel, apiKeys: apiKeyModel, tenants: tenantModel }), secretsMixin, databaseMixin],

  settings: { passwordCost: PASSWORD_COST },

  actions: { ...setupActions, ...accountActions, ...loginActions, ...userActions, ...keyActions, ...internalActions },

  created() {
    this.passwords = new Passwords(this.settings.passwordCost);
    this.limiters = createLimiters(configOf(this.broker).redisUrl, this.logger);
    this.throttle = new LoginThrottle(this.limiters, () =>
      count(this.broker, "ratelimited_total", { policy: "login" }),
    );
    this.writing = new Set();
    this.cleaner = new Poller({
      name: "old logins",
      interval: HOUR,
      logger: this.logger,
      work: async () =>
        (await removeOldLogins(this.database, systemNow() - KEEP_LOGINS, DELETE_BATCH)) === DELETE_BATCH,
    });
  },

  async started() {
    const config = configOf(this.broker);
    if (await lacksPlatformAdmin(this.database, { lock: false })) {
      this.setupToken = createSetupToken(this.secrets, systemNow());
      writeLink(config, setupUrl(localOrigin(config), this.setupToken));
    } else removeLink(config);
    this.cleaner.start();
  },

  async stopped() {
    await this.cleaner.stop();
    await Promise.all(this.writing);
    this.limiters.close();
  },
} satisfies ServiceSchema<AuthSettings, object, AuthLocals>;
