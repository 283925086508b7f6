/**
 * Monitors memory and the event loop of this process: samples, a trend that distinguishes a leak from a busy hour, and
 * alerts that are raised once when a limit is crossed and once when the value is back below it.
 */
import { setFlagsFromString, getHeapStatistics } from "node:v8";
import { runInNewContext } from "node:vm";
import { monitorEventLoopDelay } from "node:perf_hooks";

export interface Sample {
  /** Unix ms. */
  readonly at: number;
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  readonly heapLimit: number;
  readonly external: number;
  /** ms, since the previous sample. */
  readonly delayP50: number;
  readonly delayP99: number;
}

export type AlertName = "heap_high" | "memory_growing" | "event_loop_slow";

export interface Alert {
  readonly name: AlertName;
  readonly active: boolean;
  readonly value: number;
  readonly limit: number;
  readonly unit: "share" | "MB/min" | "ms";
}

/** Samples of the trend: ten minutes at one every ten seconds. */
const WINDOW = 60;
const LIMITS = { heap_high: 0.85, memory_growing: 20, event_loop_slow: 500 } as const;
const MEGABYTE = 1_048_576;

/**
 * Slope of the least-squares line through the used heap, in MB per minute. The sawtooth of garbage collection has no
 * slope.
 */
export function growthOf(samples: readonly Pick<Sample, "at" | "heapUsed">[]): number {
  if (samples.length < 2) return 0;
  const meanTime = samples.reduce((sum, { at }) => sum + at, 0) / samples.length;
  const meanHeap = samples.reduce((sum, { heapUsed }) => sum + heapUsed, 0) / samples.length;
  let covariance = 0;
  let variance = 0;
  for (const { at, heapUsed } of samples) {
    covariance += (at - meanTime) * (heapUsed - meanHeap);
    variance += (at - meanTime) ** 2;
  }
  return variance === 0 ? 0 : ((covariance / variance) * 60_000) / MEGABYTE;
}

export class MemoryMonitor {
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  readonly #samples: Sample[] = [];
  readonly #active = new Set<AlertName>();

  start(): void {
    this.#delay.enable();
  }

  stop(): void {
    this.#delay.disable();
  }

  get latest(): Sample | undefined {
    return this.#samples.at(-1);
  }

  /** MB per minute over the last ten minutes. */
  get growth(): number {
    return growthOf(this.#samples);
  }

  /** Takes a sample and returns the alerts whose state changed. */
  sample(): Alert[] {
    const { rss, heapUsed, external } = process.memoryUsage();
    const ms = (quantile: number) => this.#delay.percentile(quantile) / 1e6;
    this.#samples.push({
      at: Date.now(),
      rss,
      heapUsed,
      heapLimit: getHeapStatistics().heap_size_limit,
      external,
      delayP50: ms(50),
      delayP99: ms(99),
    });
    this.#delay.reset();
    if (this.#samples.length > WINDOW) this.#samples.shift();
    return this.#evaluate();
  }

  /** Runs the garbage collector and returns the bytes freed. */
  collect(): number {
    setFlagsFromString("--expose-gc");
    const before = process.memoryUsage().heapUsed;
    (runInNewContext("gc") as () => void)();
    return Math.max(0, before - process.memoryUsage().heapUsed);
  }

  #evaluate(): Alert[] {
    const { heapUsed, heapLimit, delayP99 } = this.latest!;
    // The trend needs a full window: the heap always grows after a start.
    const growth = this.#samples.length < WINDOW ? 0 : this.growth;
    const readings: Omit<Alert, "active">[] = [
      { name: "heap_high", value: heapUsed / heapLimit, limit: LIMITS.heap_high, unit: "share" },
      { name: "memory_growing", value: growth, limit: LIMITS.memory_growing, unit: "MB/min" },
      { name: "event_loop_slow", value: delayP99, limit: LIMITS.event_loop_slow, unit: "ms" },
    ];
    return readings.flatMap((reading) => {
      const active = reading.value > reading.limit;
      if (active === this.#active.has(reading.name)) return [];
      if (active) this.#active.add(reading.name);
      else this.#active.delete(reading.name);
      return [{ ...reading, active }];
    });
  }
}
