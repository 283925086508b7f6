/** A tenant's monthly usage is read from the analytics counts, at a cost that does not grow with its messages. */
import type { Id } from "../../../contracts/ids.ts";
import { appendEvents } from "../../../db/statements/events/append-events.ts";
import type { EventType } from "../../../contracts/events.ts";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import { announceEvents } from "../../../event-log/announce.ts";
import { OPEN, registerTenant } from "../../harness/accounts.ts";
import { sampleDraft } from "../../harness/events.ts";
import { addSession } from "../../harness/session-rows.ts";
import { startSystem } from "../../harness/system.ts";

test("messages of this month are counted, including those of deleted sessions", async () => {
  const system = await startSystem({ services: ["api-gateway", "auth", "tenant", "analytics"], environment: OPEN });
  try {
    const database = await acquireDatabase(system.broker);
    const { owner, tenantId } = await registerTenant(system, "Counting");
    const sessionId = await addSession(database, tenantId as Id<"tenant">);
    const now = new Date();
    const monthStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
    const append = (type: EventType, at: number) =>
      database.transaction((sql) => appendEvents(sql, [sampleDraft(type, { tenantId, sessionId })], at));
    await append("message.sent", monthStart - 1);
    await append("message.received", monthStart);
    for (const type of ["message.sent", "message.sent", "message.delivered"] as const)
      await append(type, now.getTime());
    await database.run("DELETE FROM sessions WHERE id = $1", [sessionId]);
    announceEvents(system.broker);
    await owner.until<{ messagesThisMonth: object }>(
      "/tenant/usage",
      ({ messagesThisMonth }) => JSON.stringify(messagesThisMonth) === JSON.stringify({ sent: 2, received: 1 }),
    );
  } finally {
    await releaseDatabase(system.broker);
    await system.stop();
  }
});
