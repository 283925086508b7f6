/** Who is connected to this process. One place for all sockets, so that limits, fan-out and the presence of users agree. */
import { Problem } from "../../../contracts/errors.ts";
import type { Connection } from "./connection.ts";

/** Sockets of a tenant whose plan says nothing, in this process. */
const PER_TENANT = 10_000;

export class Registry {
  readonly #byTenant = new Map<string, Set<Connection>>();

  /** Refuses with `quota_exceeded` when the tenant has too many sockets already. */
  add(connection: Connection, tenantLimit: number | null): void {
    const ofTenant = this.#byTenant.get(connection.tenantId) ?? new Set();
    const limit = Math.min(tenantLimit ?? PER_TENANT, PER_TENANT);
    if (ofTenant.size >= limit) throw new Problem("quota_exceeded", `the plan allows ${limit} sockets at a time`);
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
