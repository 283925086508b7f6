/** Checking credentials: the parameters and the result of `auth.resolve`. */
import type { Principal } from "./permissions.ts";

/** Every API key begins with this, and no access token does. */
export const API_KEY_PREFIX = "wpp_";

/** `ctx.params` of `auth.resolve`. */
export interface Credential {
  /** An access token or an API key. */
  readonly credential: string;
  readonly ip: string | null;
}

/** Result of `auth.resolve`. */
export interface ResolvedCredential {
  readonly principal: Principal;
  /** The login that an access token belongs to. */
  readonly loginId: string | null;
  /** The ids of the user or key and of everyone it descends from: a change of one of them may change the principal. */
  readonly dependsOn: readonly string[];
  /** Expiry in Unix ms; null for an API key that does not expire. */
  readonly expiresAt: number | null;
}
