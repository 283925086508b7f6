/**
 * The metrics of one broker, kept by prom-client and defined in metrics-table.ts. A metric is created at its first
 * value: a process exports only what it measures, and never a zero for something that it does not have.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { within } from "../concurrency/deadline.ts";
import { METRICS, type NameOf } from "./metrics-table.ts";

/** Updates metrics right before they are exported. */
export type Collector = () => void | Promise<void>;

/** ms for one collector; after that the scrape exports the values from before. */
const COLLECT_DEADLINE = 5_000;

export class MetricSet {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #gauges = new Map<string, Gauge>();
  readonly #histograms = new Map<string, Histogram>();
  readonly #collectors = new Set<Collector>();
  readonly #onFailure: (error: unknown) => void;
  #collecting: Promise<void> | undefined;

  /** @param onFailure called with the error of a collector that failed or was too slow. */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  counter(name: NameOf<"counter">): Counter {
    const known = this.#counters.get(name);
    if (known !== undefined) return known;
    const created = new Counter(this.#configOf(name));
    this.#counters.set(name, created);
    return created;
  }

  gauge(name: NameOf<"gauge">): Gauge {
    const known = this.#gauges.get(name);
    if (known !== undefined) return known;
    const created = new Gauge(this.#configOf(name));
    this.#gauges.set(name, created);
    return created;
  }

  histogram(name: NameOf<"histogram">): Histogram {
    const known = this.#histograms.get(name);
    if (known !== undefined) return known;
    const created = new Histogram({ ...this.#configOf(name), buckets: [...METRICS[name].buckets] });
    this.#histograms.set(name, created);
    return created;
  }

  /** Stops exporting the gauge until it is set again. */
  removeGauge(name: NameOf<"gauge">): void {
    if (this.#gauges.delete(name)) this.#registry.removeSingleMetric(name);
  }

  /** Runs the collector at every scrape; returns the function that removes it. */
  onScrape(collect: Collector): () => void {
    this.#collectors.add(collect);
    return () => void this.#collectors.delete(collect);
  }

  /** All metrics in Prometheus' text format. Scrapes at the same time share one run of the collectors. */
  async text(): Promise<string> {
    this.#collecting ??= this.#collect().finally(() => (this.#collecting = undefined));
    await this.#collecting;
    return this.#registry.metrics();
  }

  async #collect(): Promise<void> {
    const late = () => new Error(`no values within ${COLLECT_DEADLINE} ms`);
    const runs = [...this.#collectors].map((collect) =>
      within(
        Promise.try(() => collect()),
        COLLECT_DEADLINE,
        late,
      ).catch(this.#onFailure),
    );
    await Promise.all(runs);
  }

  #configOf(name: keyof typeof METRICS) {
    const { help, labels } = METRICS[name];
    return { name, help, labelNames: [...labels], registers: [this.#registry] };
  }
}
