import type { UserSocket } from "../../../contracts/user-presence.ts";
import { databaseNow, type Sql } from "../../database.ts";

/** A user of a tenant. */
export interface UserKey {
  readonly tenantId: string;
  readonly userId: string;
}

/** Extends the gateway's lease by `ttl` ms; false when it was not known and is now. */
export async function renewGateway(
  sql: Sql,
  gateway: { incarnation: string; nodeId: string; ttl: number },
): Promise<boolean> {
  const until = `${databaseNow(sql.dialect)} + $2`;
  if (
    (await sql.run(`UPDATE gateways SET lease_until = ${until} WHERE incarnation = $1`, [
      gateway.incarnation,
      gateway.ttl,
    ])) === 1
  )
    return true;
  await sql.run(
    `INSERT INTO gateways (incarnation, lease_until, node_id) VALUES ($1, ${until}, $3) ON CONFLICT (incarnation) DO UPDATE SET lease_until = excluded.lease_until`,
    [gateway.incarnation, gateway.ttl, gateway.nodeId],
  );
  return false;
}

/** Gateways whose lease has run out. */
export async function findDeadGateways(sql: Sql): Promise<string[]> {
  const rows = await sql.all<{ incarnation: string }>(
    `SELECT incarnation FROM gateways WHERE lease_until < ${databaseNow(sql.dialect)}`,
  );
  return rows.map(({ incarnation }) => incarnation);
}

/** Takes the gateway's row, when it is there and, unless `alive`, its lease has run out. Whoever has it is alone with the gateway's sockets. */
export async function lockGateway(sql: Sql, incarnation: string, alive: boolean): Promise<boolean> {
  const condition = alive ? "" : `AND lease_until < ${databaseNow(sql.dialect)}`;
  return (
    (await sql.run(`UPDATE gateways SET lease_until = 0 WHERE incarnation = $1 ${condition}`, [incarnation])) === 1
  );
}

/** Removes the gateway and its sockets. */
export async function removeGateway(sql: Sql, incarnation: string): Promise<void> {
  await sql.run("DELETE FROM user_sockets WHERE gateway = $1", [incarnation]);
  await sql.run("DELETE FROM gateways WHERE incarnation = $1", [incarnation]);
}

/** Users that have sockets at the gateway, in the order in which they are locked. */
export async function findGatewayUsers(sql: Sql, incarnation: string): Promise<UserKey[]> {
  return sql.all(
    `SELECT DISTINCT tenant_id AS "tenantId", user_id AS "userId" FROM user_sockets WHERE gateway = $1 ORDER BY user_id`,
    [incarnation],
  );
}

/**
 * Takes the user's row, which is made when there is none: whoever changes a user's sockets has it first, and in the order of
 * the users' ids. False when the tenant has no such user.
 */
export async function lockUser(sql: Sql, { tenantId, userId }: UserKey): Promise<boolean> {
  const now = databaseNow(sql.dialect);
  const changed = await sql.run(
    `INSERT INTO user_presence (user_id, tenant_id, state, since, last_seen_at) SELECT id, tenant_id, 'offline', ${now}, ${now} FROM users WHERE id = $1 AND tenant_id = $2
     ON CONFLICT (user_id) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
    [userId, tenantId],
  );
  return changed === 1;
}

/** False when it is there already. */
export async function insertUserSocket(sql: Sql, gateway: string, socket: UserSocket): Promise<boolean> {
  const inserted = await sql.run(
    `INSERT INTO user_sockets (gateway, id, tenant_id, user_id, opened_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (gateway, id) DO NOTHING`,
    [gateway, socket.id, socket.tenantId, socket.userId, socket.openedAt],
  );
  return inserted === 1;
}

export async function deleteUserSocket(sql: Sql, gateway: string, id: string): Promise<void> {
  await sql.run("DELETE FROM user_sockets WHERE gateway = $1 AND id = $2", [gateway, id]);
}

/** Counts a connection in its hour. */
export async function countConnection(sql: Sql, userId: string, hour: number): Promise<void> {
  await sql.run(
    "INSERT INTO user_connections (user_id, hour, count) VALUES ($1, $2, 1) ON CONFLICT (user_id, hour) DO UPDATE SET count = user_connections.count + 1",
    [userId, hour],
  );
}

/** Forgets connections of hours before `before`. */
export async function deleteOldConnections(sql: Sql, before: number): Promise<void> {
  await sql.run("DELETE FROM user_connections WHERE hour < $1", [before]);
}

/** Brings a locked user's presence in line with its sockets. True when it came online by that; that it left shows only after a while. */
export async function settleUser(sql: Sql, { tenantId, userId }: UserKey): Promise<boolean> {
  const now = databaseNow(sql.dialect);
  const has = "EXISTS (SELECT 1 FROM user_sockets s WHERE s.tenant_id = $2 AND s.user_id = $1)";
  const parameters = [userId, tenantId];
  await sql.run(
    `UPDATE user_presence SET left_at = NULL WHERE user_id = $1 AND left_at IS NOT NULL AND ${has}`,
    parameters,
  );
  await sql.run(
    `UPDATE user_presence SET left_at = ${now} WHERE user_id = $1 AND state = 'online' AND left_at IS NULL AND NOT ${has}`,
    parameters,
  );
  return (
    (await sql.run(
      `UPDATE user_presence SET state = 'online', since = ${now} WHERE user_id = $1 AND state = 'offline' AND ${has}`,
      parameters,
    )) === 1
  );
}

/** Users whose last socket has been gone for `grace` ms, in the order in which they are locked. */
export async function findLeavers(sql: Sql, grace: number, limit: number): Promise<UserKey[]> {
  return sql.all(
    `SELECT tenant_id AS "tenantId", user_id AS "userId" FROM user_presence WHERE left_at <= ${databaseNow(sql.dialect)} - $1 ORDER BY user_id LIMIT $2`,
    [grace, limit],
  );
}

/** Says that the user is offline since its last socket went; false when it has come back or someone else was faster. */
export async function markOffline(sql: Sql, userId: string, grace: number): Promise<boolean> {
  // The row's own column decides, because it is looked at again after waiting for the row; the sockets would not be.
  return (
    (await sql.run(
      `UPDATE user_presence SET state = 'offline', since = left_at, last_seen_at = left_at, left_at = NULL WHERE user_id = $1 AND left_at <= ${databaseNow(sql.dialect)} - $2`,
      [userId, grace],
    )) === 1
  );
}

export interface UserPresenceRow {
  user_id: string;
  /** null for a user who never had a socket; so are the times. */
  state: "online" | "offline" | null;
  since: number | null;
  last_seen_at: number | null;
  sockets: number;
  connections: number;
}

export interface UserPresenceFilter {
  readonly tenantId: string;
  readonly state: "online" | "offline" | null;
  /** User ids after this one. */
  readonly after: string;
  readonly limit: number;
  /** Connections of hours from here on are counted, in ms. */
  readonly since: number;
}

/** The tenant's users and how they are, in the order of their making. */
export async function listUserPresence(sql: Sql, filter: UserPresenceFilter): Promise<UserPresenceRow[]> {
  return sql.all(
    `SELECT u.id AS user_id, p.state, p.since, p.last_seen_at,
       (SELECT count(*) FROM user_sockets s WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id) AS sockets,
       CAST(COALESCE((SELECT sum(c.count) FROM user_connections c WHERE c.user_id = u.id AND c.hour >= $5), 0) AS BIGINT) AS connections
     FROM users u LEFT JOIN user_presence p ON p.user_id = u.id AND p.tenant_id = u.tenant_id
     WHERE u.tenant_id = $1 AND u.id > $2 AND (CAST($3 AS TEXT) IS NULL OR COALESCE(p.state, 'offline') = $3) ORDER BY u.id LIMIT $4`,
    [filter.tenantId, filter.after, filter.state, filter.limit, filter.since],
  );
}
