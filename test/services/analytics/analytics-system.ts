/** A system with analytics, and functions that fill its event log with events of known times. */
import type { EventData, EventType } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import { appendEvents } from "../../../db/statements/events/append-events.ts";
import { announceEvents } from "../../../event-log/announce.ts";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import { OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { sampleDraft } from "../../harness/events.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

export class AnalyticsSystem {
  readonly system: System;
  readonly database: Database;

  constructor(system: System, database: Database) {
    this.system = system;
    this.database = database;
  }

  async stop(): Promise<void> {
    await releaseDatabase(this.system.broker);
    await this.system.stop();
  }

  /** A tenant with two sessions. */
  async makeTenant(name: string): Promise<{ account: Account; one: string; two: string }> {
    const account = await registerTenant(this.system, name);
    const make = (session: string) =>
      account.owner.expect<{ id: string }>(201, "POST", "/sessions", { name: session, network: "sandbox" });
    return { account, one: (await make("one")).id, two: (await make("two")).id };
  }

  /** Appends `count` events of the type at this time: its example, changed by `data`. */
  async append<T extends EventType>(
    { tenantId }: Account,
    sessionId: string,
    type: T,
    count: number,
    at: number,
    data: Partial<EventData<T>> = {},
  ): Promise<void> {
    const drafts = Array.from({ length: count }, () => sampleDraft(type, { tenantId, sessionId }, data));
    await this.database.transaction((sql) => appendEvents(sql, drafts, at));
  }

  /** Waits until analytics has counted the whole log. */
  async counted(): Promise<void> {
    const [tenantId, sessionId] = [createId("tenant"), createId("session")];
    const marker = sampleDraft("message.sent", { tenantId, sessionId });
    await this.database.transaction((sql) => appendEvents(sql, [marker], Date.now()));
    announceEvents(this.system.broker);
    await until(
      async () => (await this.database.all("SELECT 1 FROM rollups WHERE tenant_id = $1", [tenantId])).length > 0,
    );
  }
}

export async function startAnalyticsSystem(): Promise<AnalyticsSystem> {
  const system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node", "analytics"],
    environment: { ...OPEN, WPP_THREADS: "0" },
  });
  return new AnalyticsSystem(system, await acquireDatabase(system.broker));
}
