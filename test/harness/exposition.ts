/** A strict parser of Prometheus' text exposition format 0.0.4; errors name the line that is not valid. */

export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: MetricSample[];
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const HELP = new RegExp(`^# HELP (${NAME}) (.+)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (NaN|[+-]Inf|-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`);
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== "";) {
    const match = LABEL.exec(rest);
    if (match === null) throw new Error(`not a label: ${rest}`);
    const [whole, name = "", value = ""] = match;
    if (Object.hasOwn(labels, name)) throw new Error(`the label ${name} stands twice`);
    labels[name] = value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
    rest = rest.slice(whole.length);
  }
  return labels;
}

function toNumber(text: string): number {
  return text.endsWith("Inf") ? Number(`${text.replace("Inf", "Infinity")}`) : Number(text);
}

/** All families by their name. */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, Family>();
  let help: RegExpExecArray | null = null;
  let family: Family | undefined;
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split("\n")) {
    const [asHelp, asType, asSample] = [HELP.exec(line), TYPE.exec(line), SAMPLE.exec(line)];
    if (asHelp !== null) help = asHelp;
    else if (asType !== null) {
      const name = asType[1]!;
      if (help?.[1] !== name || families.has(name)) throw new Error(`out of place: ${line}`);
      family = { name, type: asType[2]!, help: help[2]!, samples: [] };
      families.set(name, family);
    } else if (asSample !== null && family !== undefined) {
      const sample = { name: asSample[1]!, labels: parseLabels(asSample[2] ?? ""), value: toNumber(asSample[3]!) };
      const suffixes = family.type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      if (!suffixes.some((suffix) => sample.name === `${family!.name}${suffix}`))
        throw new Error(`not a sample of ${family.name}: ${line}`);
      const key = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).toSorted())}`;
      if (seen.has(key)) throw new Error(`a series stands twice: ${line}`);
      seen.add(key);
      family.samples.push(sample);
    } else throw new Error(`not of the format: ${line}`);
  }
  for (const checked of families.values()) checkFamily(checked);
  return families;
}

function checkFamily(family: Family): void {
  if (family.samples.length === 0) throw new Error(`${family.name} has no samples`);
  if (family.type === "counter")
    for (const { value } of family.samples) if (!(value >= 0)) throw new Error(`${family.name} counts ${value}`);
  if (family.type === "histogram") checkHistogram(family);
}

/** In each series of a histogram bounds rise, counts never fall, and `+Inf` is last and equals the count. */
function checkHistogram({ name, samples }: Family): void {
  const keyOf = ({ labels: { le: _le, ...labels } }: MetricSample) => JSON.stringify(labels);
  for (const [key, series] of Map.groupBy(samples, keyOf)) {
    const buckets = series.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => toNumber(labels["le"] ?? "none"));
    const [count, sum] = ["_count", "_sum"].map((suffix) =>
      series.filter((sample) => sample.name === `${name}${suffix}`),
    );
    const rises = bounds.every((bound, index) => index === 0 || bound > bounds[index - 1]!);
    const grows = buckets.every(({ value }, index) => index === 0 || value >= buckets[index - 1]!.value);
    const ends =
      bounds.at(-1) === Number.POSITIVE_INFINITY && count?.length === 1 && buckets.at(-1)!.value === count[0]!.value;
    if (!rises || !grows || !ends || sum?.length !== 1 || !Number.isFinite(sum[0]!.value))
      throw new Error(`${name}${key} is no histogram`);
  }
}

/** The sum of the samples with these labels; 0 when there are none. */
export function valueOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const family = families.get(name) ?? families.get(name.replace(/_(?:count|sum|bucket)$/, ""));
  const fits = (sample: MetricSample) =>
    sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value);
  return (family?.samples ?? []).filter(fits).reduce((sum, { value }) => sum + value, 0);
}
