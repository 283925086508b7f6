/** The word from analytics to the sockets that something was counted: at most once a second for a tenant, and what comes faster is added up. */
import type { AnalyticsUpdate, Metric, SomeCounts } from "../contracts/analytics.ts";

/** Broadcast with a TenantUpdate after counts were committed. It stands in no log: a lost one costs a figure that is late, never a count. */
export const ANALYTICS_UPDATED = "analytics.updated";

export interface TenantUpdate {
  readonly tenantId: string;
  readonly data: AnalyticsUpdate;
}

/** ms between two updates of a tenant. */
const INTERVAL = 1_000;

function addCounts(a: SomeCounts, b: SomeCounts): SomeCounts {
  const sum = { ...a };
  for (const [metric, count] of Object.entries(b) as [Metric, number][]) sum[metric] = (sum[metric] ?? 0) + count;
  return sum;
}

/** Both updates as one. */
export function mergeUpdates(a: AnalyticsUpdate, b: AnalyticsUpdate): AnalyticsUpdate {
  const sessions = { ...a.sessions };
  for (const [sessionId, counts] of Object.entries(b.sessions))
    sessions[sessionId] = addCounts(sessions[sessionId] ?? {}, counts);
  return {
    since: a.since < b.since ? a.since : b.since,
    until: a.until > b.until ? a.until : b.until,
    counts: addCounts(a.counts, b.counts),
    sessions,
  };
}

/** Lets a tenant's first update through at once and adds up those that follow until a second is over. Its owner stops it. */
export class UpdateThrottle {
  readonly #emit: (update: TenantUpdate) => void;
  /** Tenants that had an update within the last second, and what has come since. */
  readonly #quiet = new Map<string, { timer: NodeJS.Timeout; waiting: AnalyticsUpdate | undefined }>();

  constructor(emit: (update: TenantUpdate) => void) {
    this.#emit = emit;
  }

  offer({ tenantId, data }: TenantUpdate): void {
    const entry = this.#quiet.get(tenantId);
    if (entry === undefined) this.#send({ tenantId, data });
    else entry.waiting = entry.waiting === undefined ? data : mergeUpdates(entry.waiting, data);
  }

  /** Nothing is sent any more. */
  stop(): void {
    for (const { timer } of this.#quiet.values()) clearTimeout(timer);
    this.#quiet.clear();
  }

  #send(update: TenantUpdate): void {
    const { tenantId } = update;
    const timer = setTimeout(() => {
      const waiting = this.#quiet.get(tenantId)?.waiting;
      this.#quiet.delete(tenantId);
      if (waiting !== undefined) this.#send({ tenantId, data: waiting });
    }, INTERVAL);
    this.#quiet.set(tenantId, { timer, waiting: undefined });
    this.#emit(update);
  }
}
