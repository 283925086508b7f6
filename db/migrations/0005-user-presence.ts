/** The presence of users, from their sockets. Compatible with code since 0001, which does not use the tables. */
import type { Dialect } from "../database.ts";

export function up(_dialect: Dialect): string[] {
  return [
    // A gateway that does not renew its lease (on the database's clock) counts as dead, and its sockets as closed.
    `CREATE TABLE gateways (incarnation TEXT PRIMARY KEY, node_id TEXT NOT NULL, lease_until BIGINT NOT NULL)`,
    `CREATE TABLE user_sockets (
      gateway TEXT NOT NULL REFERENCES gateways(incarnation) ON DELETE CASCADE, id TEXT NOT NULL, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL,
      opened_at BIGINT NOT NULL, PRIMARY KEY (gateway, id))`,
    `CREATE INDEX user_sockets_user ON user_sockets(tenant_id, user_id)`,
    // left_at: when the last socket closed; the user stays online for a grace period after it.
    `CREATE TABLE user_presence (
      user_id TEXT PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE, tenant_id TEXT NOT NULL, state TEXT NOT NULL,
      since BIGINT NOT NULL, last_seen_at BIGINT NOT NULL, left_at BIGINT)`,
    `CREATE INDEX user_presence_leaving ON user_presence(left_at) WHERE left_at IS NOT NULL`,
    // Connections by the hour in which they started (ms), for the last day.
    `CREATE TABLE user_connections (
      user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE, hour BIGINT NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (user_id, hour))`,
  ];
}
