/** Who calls: the check of a credential by the auth service, remembered for a moment. */
import { hash } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import type { Credential, ResolvedCredential } from "../../contracts/credentials.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import type { AccessChange } from "../../contracts/broadcasts.ts";
import { TtlCache } from "../../access/ttl-cache.ts";

/** ms for a check; without an answer the request fails as `unavailable`. */
const TIMEOUT = 5_000;

/**
 * Why no cacher here: it stands where an action runs, so it cannot spare the gateway the call, and whom a credential stands for
 * must not leave the process. A credential belongs to one tenant, and its hash is the key.
 */
export class Credentials {
  readonly #broker: ServiceBroker;
  readonly #resolved = new TtlCache<ResolvedCredential>((value) => value.expiresAt ?? Infinity);
  readonly #limits = new TtlCache<TenantLimits>();

  constructor(broker: ServiceBroker) {
    this.#broker = broker;
  }

  /** The caller behind a credential used from this address; the problem that the caller is to see when there is none. */
  async resolve(credential: string, ip: string): Promise<ResolvedCredential> {
    const key = hash("sha256", `${ip} ${credential}`, "base64");
    return this.#resolved.get(key, () =>
      this.#broker.call<ResolvedCredential, Credential>("auth.resolve", { credential, ip }, { timeout: TIMEOUT }),
    );
  }

  /** What the tenant is allowed. */
  async limitsOf(tenantId: string): Promise<TenantLimits> {
    return this.#limits.get(tenantId, () =>
      this.#broker.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId }, { timeout: TIMEOUT }),
    );
  }

  forget(change: AccessChange): void {
    this.#resolved.forget((resolved) => isConcerned(resolved, change));
    this.#limits.forget((_limits, tenantId) => tenantId === change.tenantId);
  }
}

/** True when the change may be about who holds this credential. */
export function isConcerned(resolved: ResolvedCredential, change: AccessChange): boolean {
  const { principal } = resolved;
  if (principal.tenantId !== change.tenantId) return false;
  if (change.userId !== undefined && principal.userId !== change.userId) return false;
  return change.apiKeyId === undefined || principal.apiKeyId === change.apiKeyId;
}
