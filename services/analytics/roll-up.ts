/** Counts the event log: each event once, in the transaction that moves the reader's position. */
import { mergeUpdates, type AnalyticsUpdate } from "../../contracts/analytics.ts";
import type { TenantUpdate } from "../../contracts/broadcasts.ts";
import { addRollups, type Rollup } from "../../db/statements/analytics/analytics-rollups.ts";
import type { LoggedEvent } from "../../db/statements/events/read-events.ts";
import type { DurableReaderOptions } from "../../event-log/durable-reader.ts";
import { forAllSizes, tally } from "./tally.ts";

/** The callbacks of the durable reader. `onCounted` gets the new counts after their commit. */
export function createCounting(
  onCounted: (updates: readonly TenantUpdate[]) => void,
): Pick<DurableReaderOptions, "prepare" | "onCommitted"> {
  let prepared: readonly Rollup[] = [];
  return {
    prepare: async (events: readonly LoggedEvent[]) => {
      prepared = tally(events);
      if (prepared.length === 0) return null;
      const rollups = forAllSizes(prepared);
      return (sql) => addRollups(sql, rollups);
    },
    onCommitted: () => onCounted(toUpdates(prepared)),
  };
}

function toUpdates(counted: readonly Rollup[]): TenantUpdate[] {
  const byTenant = new Map<string, AnalyticsUpdate>();
  for (const { tenantId, sessionId, metric, count, start, lastAt } of counted) {
    const counts = { [metric]: count };
    const update = {
      since: new Date(start).toISOString(),
      until: new Date(lastAt).toISOString(),
      counts,
      sessions: { [sessionId]: counts },
    };
    const known = byTenant.get(tenantId);
    byTenant.set(tenantId, known === undefined ? update : mergeUpdates(known, update));
  }
  return [...byTenant].map(([tenantId, data]) => ({ tenantId, data }));
}
