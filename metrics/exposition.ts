/**
 * The text that Prometheus reads (exposition format 0.0.4). Moleculer's reporter serves it and knows the metrics; what it writes
 * itself is not valid: rates, means and quantiles stand among the samples of counters and histograms, buckets are not in order,
 * and each series carries the process's id. Prometheus adds the instance by itself.
 */
import { MetricReporters, type MetricRegistry } from "moleculer";

type Labels = Readonly<Record<string, unknown>>;

interface Sampled {
  readonly labels: Labels;
  readonly value?: unknown;
  readonly sum?: unknown;
  readonly count?: unknown;
  readonly buckets?: Readonly<Record<string, unknown>>;
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escapeHelp(String(value ?? "")).replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function numeric(value: unknown): string {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) || Number.isNaN(number) ? String(number) : number > 0 ? "+Inf" : "-Inf";
}

function histogramLines(name: string, { labels, buckets, sum, count }: Sampled): string[] {
  const bounds = Object.entries(buckets ?? {}).toSorted(([a], [b]) => Number(a) - Number(b));
  return [
    ...bounds.map(([bound, held]) => `${name}_bucket${labelled({ ...labels, le: bound })} ${numeric(held)}`),
    `${name}_bucket${labelled({ ...labels, le: "+Inf" })} ${numeric(count)}`,
    `${name}_sum${labelled(labels)} ${numeric(sum)}`,
    `${name}_count${labelled(labels)} ${numeric(count)}`,
  ];
}

/** A metric with its samples; nothing for one that has none. */
function familyOf(name: string, type: string, help: string, samples: readonly Sampled[]): string[] {
  if (samples.length === 0) return [];
  const lines = samples.flatMap((sample) =>
    type === "histogram"
      ? histogramLines(name, sample)
      : [`${name}${labelled(sample.labels)} ${numeric(sample.value)}`],
  );
  return [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`, ...lines];
}

/** Serves the metrics that `includes` names, all of them when absent. */
export class Exposition extends MetricReporters.Prometheus {
  override init(registry: MetricRegistry): void {
    super.init(registry);
    this.server.on("error", (error) => this.broker.fatal("the metrics' port cannot be opened", error, true));
  }

  override generatePrometheusResponse(): string {
    const lines: string[] = [];
    for (const metric of this.registry.store.values()) {
      if (!this.matchMetricName(metric.name) || metric.type === "info") continue;
      const name = metric.name.replaceAll(/[.-]/g, "_");
      const help = `${metric.description ?? metric.name}${metric.unit === undefined ? "" : ` (${metric.unit})`}`;
      lines.push(...familyOf(name, metric.type, help, metric.snapshot() as Sampled[]));
    }
    return `${lines.join("\n")}\n`;
  }
}
