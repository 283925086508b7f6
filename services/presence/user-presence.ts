/**
 * Which users are online, by their sockets at all gateways. The sockets are in the database with their gateway, which
 * renews a lease. A user is online from the first socket until a few seconds after the last, so that a page reload
 * causes no events.
 */
import { systemNow } from "../../concurrency/clock.ts";
import type { EventDraft } from "../../contracts/events.ts";
import type { Id } from "../../contracts/ids.ts";
import type { GatewayReport, ReportAnswer } from "../../contracts/user-presence.ts";
import type { Database, Sql } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import {
  countConnection,
  deleteUserSocket,
  findDeadGateways,
  findGatewayUsers,
  findLeavers,
  insertUserSocket,
  lockGateway,
  lockUser,
  markOffline,
  removeGateway,
  renewGateway,
  updatePresence,
  type UserKey,
} from "../../db/statements/identity/user-presence.ts";

const HOUR = 3_600_000;
/** Users marked offline in one transaction. */
const BATCH = 500;

export interface UserPresenceOptions {
  readonly database: Database;
  /** Called after events were committed. */
  readonly announce: () => void;
  /** ms without a report after which a gateway counts as dead. */
  readonly lease: number;
  /** ms that a user stays online without a socket. */
  readonly grace: number;
}

function eventOf(type: "presence.online" | "presence.offline", { tenantId, userId }: UserKey): EventDraft {
  return { type, tenantId: tenantId as Id<"tenant">, sessionId: null, data: { userId } };
}

/** Each user once, in the order in which rows are locked. */
function inOrder(users: readonly UserKey[]): UserKey[] {
  const byId = new Map(users.map(({ tenantId, userId }) => [userId, { tenantId, userId }]));
  return [...byId.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1));
}

export class UserPresence {
  readonly #options: UserPresenceOptions;

  constructor(options: UserPresenceOptions) {
    this.#options = options;
  }

  /** Records a gateway's report. Idempotent. */
  async record(report: GatewayReport): Promise<ReportAnswer> {
    const { gateway, nodeId, opened, closed, leaving } = report;
    if (leaving) {
      await this.#remove(gateway, { isAlive: true });
      return { known: true };
    }
    const [known, events] = await this.#options.database.transaction(async (sql) => {
      const known = await renewGateway(sql, { incarnation: gateway, nodeId, ttl: this.#options.lease });
      const users = await lockUsers(sql, inOrder([...opened, ...closed]));
      for (const socket of opened) {
        const isNew = users.has(socket.userId) && (await insertUserSocket(sql, gateway, socket));
        if (isNew) await countConnection(sql, socket.userId, socket.openedAt - (socket.openedAt % HOUR));
      }
      for (const { id } of closed) await deleteUserSocket(sql, gateway, id);
      return [known, await updateUsers(sql, users)] as const;
    });
    if (events > 0) this.#options.announce();
    return { known };
  }

  /** Removes dead gateways, and marks users without sockets as offline. Returns true when there is more to do. */
  async sweep(): Promise<boolean> {
    const { database, grace, announce } = this.#options;
    for (const gateway of await findDeadGateways(database)) await this.#remove(gateway, { isAlive: false });
    const leavers = await findLeavers(database, grace, BATCH);
    if (leavers.length === 0) return false;
    await database.transaction(async (sql) => {
      const gone: UserKey[] = [];
      for (const user of leavers) if (await markOffline(sql, user.userId, grace)) gone.push(user);
      await appendEvents(
        sql,
        gone.map((user) => eventOf("presence.offline", user)),
        systemNow(),
      );
    });
    announce();
    return leavers.length === BATCH;
  }

  /** Removes a gateway with its sockets. `isAlive`: the gateway reports its own stop, before its lease has expired. */
  async #remove(gateway: string, { isAlive }: { isAlive: boolean }): Promise<void> {
    await this.#options.database.transaction(async (sql) => {
      if (!(await lockGateway(sql, gateway, isAlive))) return;
      const users = await lockUsers(sql, await findGatewayUsers(sql, gateway));
      await removeGateway(sql, gateway);
      await updateUsers(sql, users);
    });
  }
}

/** Locks the users that exist and returns them by id. */
async function lockUsers(sql: Sql, users: readonly UserKey[]): Promise<Map<string, UserKey>> {
  const locked = new Map<string, UserKey>();
  for (const user of users) if (await lockUser(sql, user)) locked.set(user.userId, user);
  return locked;
}

/** Updates the users' presence to match their sockets. Returns the number of events appended. */
async function updateUsers(sql: Sql, users: ReadonlyMap<string, UserKey>): Promise<number> {
  const events: EventDraft[] = [];
  for (const user of users.values()) if (await updatePresence(sql, user)) events.push(eventOf("presence.online", user));
  await appendEvents(sql, events, systemNow());
  return events.length;
}
