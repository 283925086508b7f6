/** Who is connected to this process. One place for all sockets, so that limits, fan-out and the presence of users agree. */
import { Problem } from "../../../contracts/errors.ts";
import type { Connection } from "./connection.ts";

/** Sockets of a tenant whose plan says nothing, in this process. */
const PER_TENANT = 10_000;

export class Registry {
  readonly #byTenant = new Map<string, Set<Connection>>();
  readonly #onSize: (namespace: Connection["rule"]["name"], connections: number) => void;
  readonly #sizes = new Map<Connection["rule"]["name"], number>();

  /** @param onSize told how many connections a namespace has, at each change. */
  constructor(onSize: (namespace: Connection["rule"]["name"], connections: number) => void) {
    this.#onSize = onSize;
  }

  /** Refuses with `quota_exceeded` when the tenant has too many sockets already. */
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
