/**
 * Users online by their sockets, over all gateways. The sockets are in the database with their gateway, whose lease says that
 * it lives; a user is online from the first socket until some seconds after the last, so that a page can be loaded anew.
 */
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
const AT_ONCE = 500;

export interface UserPresenceOptions {
  readonly database: Database;
  /** Called after events were committed. */
  readonly announce: () => void;
  /** ms without a report after which a gateway is dead. */
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

  /** Writes what a gateway has told. The same report twice does no harm. */
  async record(report: GatewayReport): Promise<ReportAnswer> {
    const { gateway, nodeId, opened, closed, leaving } = report;
    if (leaving) {
      await this.#bury(gateway, true);
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
      return [known, await settleUsers(sql, users)] as const;
    });
    if (events > 0) this.#options.announce();
    return { known };
  }

  /** Looks for dead gateways and for users who have left; true when there is more to do. */
  async sweep(): Promise<boolean> {
    const { database, grace, announce } = this.#options;
    for (const gateway of await findDeadGateways(database)) await this.#bury(gateway, false);
    const leavers = await findLeavers(database, grace, AT_ONCE);
    if (leavers.length === 0) return false;
    await database.transaction(async (sql) => {
      const gone: UserKey[] = [];
      for (const user of leavers) if (await markOffline(sql, user.userId, grace)) gone.push(user);
      await appendEvents(
        sql,
        gone.map((user) => eventOf("presence.offline", user)),
        Date.now(),
      );
    });
    announce();
    return leavers.length === AT_ONCE;
  }

  /** Removes a gateway with its sockets. */
  async #bury(gateway: string, alive: boolean): Promise<void> {
    await this.#options.database.transaction(async (sql) => {
      if (!(await lockGateway(sql, gateway, alive))) return;
      const users = await lockUsers(sql, await findGatewayUsers(sql, gateway));
      await removeGateway(sql, gateway);
      await settleUsers(sql, users);
    });
  }
}

/** Those that exist, by their id. */
async function lockUsers(sql: Sql, users: readonly UserKey[]): Promise<Map<string, UserKey>> {
  const locked = new Map<string, UserKey>();
  for (const user of users) if (await lockUser(sql, user)) locked.set(user.userId, user);
  return locked;
}

/** The number of events written. */
async function settleUsers(sql: Sql, users: ReadonlyMap<string, UserKey>): Promise<number> {
  const events: EventDraft[] = [];
  for (const user of users.values()) if (await updatePresence(sql, user)) events.push(eventOf("presence.online", user));
  await appendEvents(sql, events, Date.now());
  return events.length;
}
