/** Updates of analytics on their way to the sockets: they come past the event log, as a broadcast, and leave as an event like any other. */
import type { EventEnvelope } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import { UpdateThrottle, type TenantUpdate } from "../../../event-log/analytics-updates.ts";

/** Every replica of analytics keeps to one update a second for a tenant; here that holds for all of them together. */
export function createAnalyticsUpdates(send: (envelope: EventEnvelope) => void): UpdateThrottle {
  return new UpdateThrottle((update) => send(toEnvelope(update)));
}

/** Its sequence is 0: it has no place in a stream, and nobody can have missed one. */
function toEnvelope({ tenantId, data }: TenantUpdate): EventEnvelope {
  return { id: createId("event"), type: "analytics.update", at: new Date().toISOString(), tenantId, sequence: 0, data };
}
