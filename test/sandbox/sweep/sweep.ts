/** Runs probes, one after the other, and finds out what each function comes to. */
import { until } from "../../harness/system.ts";
import { judge, mismatchOf, type Answer, type Finding, type Probe, type Probes } from "./probe.ts";
import { callInPage } from "./page-call.ts";
import type { World } from "./world.ts";

/** Of a call, and of what it shows. */
const CALL_MS = 4_000;
const SHOWN_MS = 3_000;

export interface Row {
  /** Such as `chat.sendTextMessage`, or `client.sendText`. */
  readonly name: string;
  /** Undefined when the function has none, which is a fault of the test. */
  readonly probe: Probe | undefined;
  readonly finding: Finding;
}

/** Probes of a namespace of wa-js, or of the library's client. */
export async function runProbes(world: World, space: string, probes: Probes): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, probe] of Object.entries(probes))
    rows.push({ name: `${space}.${name}`, probe, finding: await runProbe(world, `${space}.${name}`, probe) });
  return rows;
}

async function runProbe(world: World, path: string, probe: Probe): Promise<Finding> {
  if (probe.impossible !== undefined) return { outcome: "impossible", detail: "" };
  const heard: unknown[] = [];
  const ids = world.idsOf(probe.by);
  try {
    const given =
      probe.args?.(world, (...event) => heard.push(ids.ofPage(event.length === 1 ? event[0] : event))) ?? [];
    const known = await Promise.all(given);
    const args = probe.byNumber === true ? known : ids.inPage(known);
    const answer = ids.ofPage(await call(world, path, probe, args));
    const finding = judge(probe, answer);
    if (finding.outcome !== "works") return finding;
    return (await listen(world, probe, heard)) ?? (await show(world, probe, answer)) ?? finding;
  } catch (error) {
    return { outcome: "wrong", detail: String(error) };
  }
}

function call(world: World, path: string, probe: Probe, args: readonly unknown[]): Promise<Answer> {
  const { client, page } = probe.by === "business" ? world.business : world.personal;
  if (!path.startsWith("client.")) return callInPage(page, { path, inPage: probe.inPage, args, ms: CALL_MS });
  const method: unknown = Reflect.get(client, path.slice("client.".length));
  if (typeof method !== "function") return Promise.resolve({ value: method });
  return answerOf(() => Reflect.apply(method, client, args) as unknown);
}

/** What a call of the library in this process comes to. It rejects with errors of the page and with plain objects. */
async function answerOf(work: () => unknown): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve({ hangs: true }), CALL_MS);
  });
  const answer = (async (): Promise<Answer> => ({ value: await work() }))().catch((thrown: unknown) => {
    const { name, code, message, text } = thrown as Partial<Record<string, unknown>>;
    return {
      error: { name: String(name ?? ""), code: String(code ?? ""), message: String(message ?? text ?? thrown) },
    };
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

function timeOf({ seconds }: Probe): number {
  return seconds === undefined ? SHOWN_MS : seconds * 1000;
}

/** Waits until what the act causes is heard; undefined when it is, or when there is nothing to hear. */
async function listen(world: World, probe: Probe, heard: readonly unknown[]): Promise<Finding | undefined> {
  if (probe.act === undefined) return undefined;
  await probe.act(world);
  const isRight = (): boolean => heard.some((event) => mismatchOf(probe, event) === undefined);
  if (await until(isRight, timeOf(probe)).catch(() => false)) return undefined;
  return { outcome: "wrong", detail: `not heard; heard: ${JSON.stringify(heard).slice(0, 300)}` };
}

async function show(world: World, probe: Probe, answer: Answer): Promise<Finding | undefined> {
  const { shown } = probe;
  if (shown === undefined || !("value" in answer)) return undefined;
  let last: unknown;
  const attempt = async (): Promise<boolean> => {
    try {
      last = await shown(world, answer.value as never);
      return last !== undefined && last !== false;
    } catch (error) {
      last = error;
      return false;
    }
  };
  const isShown = await until(attempt, timeOf(probe)).catch(() => false);
  return isShown ? undefined : { outcome: "wrong", detail: `not shown: ${String(last)}` };
}
