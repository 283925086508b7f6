/** Resolves credentials through the auth service, and caches the results for a short time. */
import { hash } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { API_KEY_PREFIX, type Credential, type ResolvedCredential } from "../../contracts/credentials.ts";
import { Problem } from "../../contracts/errors.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import type { AccessChange } from "../../contracts/broadcasts.ts";
import { TtlCache } from "../../access/caching/ttl-cache.ts";

/** ms for the auth or tenant service to answer; after that the request fails. */
const TIMEOUT = 5_000;

/**
 * Not Moleculer's cacher: it caches in the process that runs the action, so it would not save the call, and it can
 * store results in Redis, where the principal behind a credential must not go. The key is a hash of credential and
 * address.
 */
export class Credentials {
  readonly #broker: ServiceBroker;
  readonly #resolved = new TtlCache<ResolvedCredential>((value) => value.expiresAt ?? Infinity);
  readonly #limits = new TtlCache<TenantLimits>();

  constructor(broker: ServiceBroker) {
    this.#broker = broker;
  }

  /** The caller behind a credential used from this address; throws the problem for the caller if it is not valid. */
  async resolve(credential: string, ip: string): Promise<ResolvedCredential> {
    const key = hash("sha256", `${ip} ${credential}`, "base64");
    return this.#resolved.get(key, () =>
      this.#broker.call<ResolvedCredential, Credential>("auth.resolve", { credential, ip }, { timeout: TIMEOUT }),
    );
  }

  /** The tenant's quotas and status. */
  async limitsOf(tenantId: string): Promise<TenantLimits> {
    return this.#limits.get(tenantId, () =>
      this.#broker.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId }, { timeout: TIMEOUT }),
    );
  }

  /** Drops the cached results that the change may affect. */
  forget(change: AccessChange): void {
    this.#resolved.forget((resolved) => isConcerned(resolved, change));
    this.#limits.forget((_limits, tenantId) => tenantId === change.tenantId);
  }
}

/** Throws `unauthenticated` for a text that is no API key, where one is expected. */
export function requireApiKey(text: string, where: string): void {
  if (!text.startsWith(API_KEY_PREFIX))
    throw new Problem(
      "unauthenticated",
      `${where} takes an API key, which starts with ${API_KEY_PREFIX}; an access token is sent as a Bearer token`,
    );
}

/** True when the change may affect this credential. */
export function isConcerned(resolved: ResolvedCredential, change: AccessChange): boolean {
  const { principal, dependsOn } = resolved;
  if (principal.tenantId !== change.tenantId) return false;
  return [change.userId, change.apiKeyId].every((id) => id === undefined || dependsOn.includes(id));
}
