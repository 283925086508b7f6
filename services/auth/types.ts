/** What the auth service's actions find in `this`. */
import type { Service } from "moleculer";
import type { apiKeyTable } from "../../db/models/api-key.ts";
import type { tenantTable } from "../../db/models/tenant.ts";
import type { userTable } from "../../db/models/user.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { Limiters } from "../../access/limits/limiters.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { TableLocals } from "../../mixins/table.mixin.ts";
import type { Passwords } from "./passwords.ts";
import type { LoginThrottle } from "./throttle.ts";

interface AuthTables {
  readonly users: typeof userTable;
  readonly apiKeys: typeof apiKeyTable;
  readonly tenants: typeof tenantTable;
}

export interface AuthLocals extends DatabaseLocals, SecretsLocals, TableLocals<AuthTables> {
  passwords: Passwords;
  limiters: Limiters;
  throttle: LoginThrottle;
  cleaner: Poller;
  /** The one-time token of this start; undefined when there is an administrator already. */
  setupToken: string | undefined;
}

export type AuthService = Service & AuthLocals;
