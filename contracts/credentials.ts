/** What the auth service knows about a credential that it has checked. */
import type { Principal } from "./permissions.ts";

/** `ctx.params` of `auth.resolve`. */
export interface Credential {
  /** An access token or an API key. */
  readonly credential: string;
  readonly ip: string | null;
}

/** Answer of `auth.resolve`. */
export interface ResolvedCredential {
  readonly principal: Principal;
  /** The login that an access token belongs to. */
  readonly loginId: string | null;
  /** When it stops being good, in ms; null for a key without an end. */
  readonly expiresAt: number | null;
}
