/** How long the garbage collector stops the main thread. */
import { constants, PerformanceObserver } from "node:perf_hooks";
import type { ServiceBroker } from "moleculer";
import { observe } from "../../metrics/metrics.ts";

const KINDS: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: "major",
  [constants.NODE_PERFORMANCE_GC_MINOR]: "minor",
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: "incremental",
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: "weak",
};

interface Pause {
  /** ms. */
  readonly duration: number;
  readonly detail?: { readonly kind?: number };
}

/** Starts recording, if metrics are on; returns the function that stops it. */
export function recordGcPauses(broker: ServiceBroker): () => void {
  if (!broker.isMetricsEnabled()) return () => undefined;
  const observer = new PerformanceObserver((list) => {
    for (const { detail, duration } of list.getEntries() as Pause[]) {
      observe(broker, "nodejs_gc_duration_seconds", { kind: KINDS[detail?.kind ?? 0] ?? "other" }, duration / 1_000);
    }
  });
  observer.observe({ entryTypes: ["gc"] });
  return () => observer.disconnect();
}
