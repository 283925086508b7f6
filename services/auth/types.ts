/** `this` of the auth service's actions. */
import type { Service } from "moleculer";
import type { apiKeyModel } from "../../db/models/api-key.ts";
import type { tenantModel } from "../../db/models/tenant.ts";
import type { userModel } from "../../db/models/user.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { Limiters } from "../../access/limits/limiters.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { TableLocals } from "../../mixins/table.mixin.ts";
import type { Passwords } from "./passwords.ts";
import type { LoginThrottle } from "./throttle.ts";

interface AuthTables {
  readonly users: typeof userModel;
  readonly apiKeys: typeof apiKeyModel;
  readonly tenants: typeof tenantModel;
}

export interface AuthSettings {
  /** Binary logarithm of bcrypt's rounds for new hashes. */
  passwordCost: number;
}

export interface AuthLocals extends DatabaseLocals, SecretsLocals, TableLocals<AuthTables> {
  passwords: Passwords;
  limiters: Limiters;
  throttle: LoginThrottle;
  /** Writes that no answer awaits. */
  writing: Set<Promise<void>>;
  cleaner: Poller;
  /** The one-time setup token of this start; undefined once there is an administrator. */
  setupToken: string | undefined;
}

export type AuthService = Service<AuthSettings> & AuthLocals;
