/** The connections of this process, by tenant. Limits, fan-out and gauges all use this one list. */
import { Problem } from "../../../contracts/errors.ts";
import type { Connection } from "./connection.ts";
import type { NamespaceRule } from "./namespaces.ts";

/** Most sockets of a tenant in this process, even when its plan allows more. */
const PER_TENANT = 10_000;

export class Registry {
  readonly #byTenant = new Map<string, Set<Connection>>();
  readonly #onSize: (namespace: NamespaceRule["name"], connections: number) => void;
  readonly #sizes = new Map<NamespaceRule["name"], number>();

  /** @param onSize called with a namespace's number of connections at each change. */
  constructor(onSize: (namespace: NamespaceRule["name"], connections: number) => void) {
    this.#onSize = onSize;
  }

  /** Throws `quota_exceeded` when the tenant has as many sockets as it may. */
  add(connection: Connection, tenantLimit: number | null): void {
    const ofTenant = this.#byTenant.get(connection.tenantId) ?? new Set();
    const limit = Math.min(tenantLimit ?? PER_TENANT, PER_TENANT);
    if (ofTenant.size >= limit) throw new Problem("quota_exceeded", `the plan allows ${limit} sockets at a time`);
    ofTenant.add(connection);
    this.#byTenant.set(connection.tenantId, ofTenant);
    this.#resize(connection, 1);
  }

  remove(connection: Connection): void {
    const ofTenant = this.#byTenant.get(connection.tenantId);
    if (ofTenant?.delete(connection) !== true) return;
    if (ofTenant.size === 0) this.#byTenant.delete(connection.tenantId);
    this.#resize(connection, -1);
  }

  #resize({ rule }: Connection, change: number): void {
    const size = (this.#sizes.get(rule.name) ?? 0) + change;
    this.#sizes.set(rule.name, size);
    this.#onSize(rule.name, size);
  }

  ofTenant(tenantId: string): Iterable<Connection> {
    return this.#byTenant.get(tenantId) ?? [];
  }

  *all(): Generator<Connection> {
    for (const ofTenant of this.#byTenant.values()) yield* ofTenant;
  }
}
