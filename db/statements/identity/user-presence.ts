import type { UserSocket } from "../../../contracts/user-presence.ts";
import { databaseNow, type Sql } from "../../database.ts";

/** A user of a tenant. */
export interface UserKey {
  readonly tenantId: string;
  readonly userId: string;
}

/** Extends the gateway's lease by `ttl` ms; false when the gateway was unknown and has been added. */
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
    `INSERT INTO gateways (incarnation, lease_until, node_id) VALUES ($1, ${until}, $3)
     ON CONFLICT (incarnation) DO UPDATE SET lease_until = excluded.lease_until`,
    [gateway.incarnation, gateway.ttl, gateway.nodeId],
  );
  return false;
}

/** Gateways whose lease has expired. */
export async function findDeadGateways(sql: Sql): Promise<string[]> {
  const rows = await sql.all<{ incarnation: string }>(
    `SELECT incarnation FROM gateways WHERE lease_until < ${databaseNow(sql.dialect)}`,
  );
  return rows.map(({ incarnation }) => incarnation);
}

/**
 * Locks the gateway's row, and thereby its sockets, until the transaction ends. False when there is no such gateway or,
 * unless `alive`, its lease has not expired.
 */
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

/** Users with sockets at the gateway, in locking order. */
export async function findGatewayUsers(sql: Sql, incarnation: string): Promise<UserKey[]> {
  return sql.all(
    `SELECT DISTINCT tenant_id AS "tenantId", user_id AS "userId" FROM user_sockets
     WHERE gateway = $1 ORDER BY user_id`,
    [incarnation],
  );
}

/**
 * Locks the user's presence row, creating it if needed. Changes of a user's sockets lock it first, in the order of
 * user ids. False when the tenant has no such user.
 */
export async function lockUser(sql: Sql, { tenantId, userId }: UserKey): Promise<boolean> {
  const now = databaseNow(sql.dialect);
  const changed = await sql.run(
    `INSERT INTO user_presence (user_id, tenant_id, state, since, last_seen_at)
     SELECT id, tenant_id, 'offline', ${now}, ${now} FROM users WHERE id = $1 AND tenant_id = $2
     ON CONFLICT (user_id) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
    [userId, tenantId],
  );
  return changed === 1;
}

/** Inserts an open socket of a user; false when it exists already. */
export async function insertUserSocket(sql: Sql, gateway: string, socket: UserSocket): Promise<boolean> {
  const inserted = await sql.run(
    `INSERT INTO user_sockets (gateway, id, tenant_id, user_id, opened_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (gateway, id) DO NOTHING`,
    [gateway, socket.id, socket.tenantId, socket.userId, socket.openedAt],
  );
  return inserted === 1;
}

/** Deletes a closed socket, if it exists. */
export async function deleteUserSocket(sql: Sql, gateway: string, id: string): Promise<void> {
  await sql.run("DELETE FROM user_sockets WHERE gateway = $1 AND id = $2", [gateway, id]);
}

/** Counts a connection in its hour. */
export async function countConnection(sql: Sql, userId: string, hour: number): Promise<void> {
  await sql.run(
    `INSERT INTO user_connections (user_id, hour, count) VALUES ($1, $2, 1)
     ON CONFLICT (user_id, hour) DO UPDATE SET count = user_connections.count + 1`,
    [userId, hour],
  );
}

/** Deletes the counts of hours before `before`. */
export async function deleteOldConnections(sql: Sql, before: number): Promise<void> {
  await sql.run("DELETE FROM user_connections WHERE hour < $1", [before]);
}

/**
 * Updates a locked user's presence from its sockets. True when the user came online. A user without sockets is only
 * marked as leaving, and goes offline later by `markOffline`.
 */
export async function updatePresence(sql: Sql, { tenantId, userId }: UserKey): Promise<boolean> {
  const now = databaseNow(sql.dialect);
  const has = "EXISTS (SELECT 1 FROM user_sockets s WHERE s.tenant_id = $2 AND s.user_id = $1)";
  const parameters = [userId, tenantId];
  await sql.run(
    `UPDATE user_presence SET left_at = NULL WHERE user_id = $1 AND left_at IS NOT NULL AND ${has}`,
    parameters,
  );
  await sql.run(
    `UPDATE user_presence SET left_at = ${now}
     WHERE user_id = $1 AND state = 'online' AND left_at IS NULL AND NOT ${has}`,
    parameters,
  );
  return (
    (await sql.run(
      `UPDATE user_presence SET state = 'online', since = ${now}
       WHERE user_id = $1 AND state = 'offline' AND ${has}`,
      parameters,
    )) === 1
  );
}

/** Users whose last socket closed at least `grace` ms ago, in locking order. */
export async function findLeavers(sql: Sql, grace: number, limit: number): Promise<UserKey[]> {
  return sql.all(
    `SELECT tenant_id AS "tenantId", user_id AS "userId" FROM user_presence
     WHERE left_at <= ${databaseNow(sql.dialect)} - $1 ORDER BY user_id LIMIT $2`,
    [grace, limit],
  );
}

/** Marks the user as offline since the last socket closed; false when a socket has opened, or it was done already. */
export async function markOffline(sql: Sql, userId: string, grace: number): Promise<boolean> {
  // Decided by the row's own column: after waiting for a row lock PostgreSQL checks that again, but not the sockets.
  return (
    (await sql.run(
      `UPDATE user_presence SET state = 'offline', since = left_at, last_seen_at = left_at, left_at = NULL
       WHERE user_id = $1 AND left_at <= ${databaseNow(sql.dialect)} - $2`,
      [userId, grace],
    )) === 1
  );
}

export interface UserPresenceRow {
  user_id: string;
  /** Null, like the times, for a user who never had a socket. */
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

/** The tenant's users and their presence, in the order of their creation. */
export async function listUserPresence(sql: Sql, filter: UserPresenceFilter): Promise<UserPresenceRow[]> {
  return sql.all(
    `SELECT u.id AS user_id, p.state, p.since, p.last_seen_at,
       (SELECT count(*) FROM user_sockets s WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id) AS sockets,
       CAST(COALESCE((
         SELECT sum(c.count) FROM user_connections c
         WHERE c.user_id = u.id AND c.hour >= $5), 0) AS BIGINT) AS connections
     FROM users u LEFT JOIN user_presence p ON p.user_id = u.id AND p.tenant_id = u.tenant_id
     WHERE u.tenant_id = $1 AND u.id > $2 AND (CAST($3 AS TEXT) IS NULL OR COALESCE(p.state, 'offline') = $3)
     ORDER BY u.id LIMIT $4`,
    [filter.tenantId, filter.after, filter.state, filter.limit, filter.since],
  );
}
