/** Who is connected to this process. One place for all sockets, so that limits, fan-out and the presence of users agree. */
import { Problem } from "../../../contracts/errors.ts";
import type { Connection } from "./connection.ts";

/** Sockets of one user or API key at a time. */
const PER_OWNER = 20;

export class Registry {
  readonly #byTenant = new Map<string, Set<Connection>>();

  /** Refuses with `quota_exceeded` when the tenant, or the one user or key, has too many sockets already. */
  add(connection: Connection, tenantLimit: number | null): void {
    const ofTenant = this.#byTenant.get(connection.tenantId) ?? new Set();
    if (tenantLimit !== null && ofTenant.size >= tenantLimit) throw new Problem("quota_exceeded", `the plan allows ${tenantLimit} sockets at a time`);
    let ofOwner = 0;
    for (const other of ofTenant) if (other.owner === connection.owner) ofOwner += 1;
    if (ofOwner >= PER_OWNER) throw new Problem("quota_exceeded", `a user or key may have ${PER_OWNER} sockets at a time`);
    ofTenant.add(connection);
    this.#byTenant.set(connection.tenantId, ofTenant);
  }

  remove(connection: Connection): void {
    const ofTenant = this.#byTenant.get(connection.tenantId);
    ofTenant?.delete(connection);
    if (ofTenant?.size === 0) this.#byTenant.delete(connection.tenantId);
  }

  ofTenant(tenantId: string): Iterable<Connection> {
    return this.#byTenant.get(tenantId) ?? [];
  }

  *all(): Generator<Connection> {
    for (const ofTenant of this.#byTenant.values()) yield* ofTenant;
  }
}
