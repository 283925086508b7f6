/**
 * The cost of refusing: the process's CPU for each body that a route without credentials refuses. The bodies are made to
 * cost more than they weigh; they have the size that is still read, and one is far beyond it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attackBodies } from "../test/harness/attack-bodies.ts";
import type { Figure, Section } from "./figures.ts";
import { startSystemSubject, type Subject } from "./subject.ts";

const REQUESTS = 250;
/** Just within the limit of such routes. */
const LARGEST = 15_900;
const CONCURRENT = 4;

let sent = 0;

/** An address that sent nothing before. */
function nextAddress(): string {
  sent += 1;
  return `198.18.${Math.floor(sent / 250) % 250}.${(sent % 250) + 1}`;
}

async function send(origin: string, body: string): Promise<void> {
  const answer = await fetch(`${origin}/api/v1/auth/login`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "x-forwarded-for": nextAddress() },
  });
  await answer.arrayBuffer();
  if (![400, 401, 413, 422].includes(answer.status)) throw new Error(`unexpected status ${answer.status}`);
}

/** ms of CPU for each request. */
async function measure(subject: Subject, body: string): Promise<number> {
  const run = async (requests: number) => {
    for (let done = 0; done < requests; done += CONCURRENT)
      await Promise.all(Array.from({ length: CONCURRENT }, () => send(subject.origin, body)));
  };
  await run(REQUESTS / 5);
  const before = subject.cpu();
  await run(REQUESTS);
  return ((subject.cpu() - before) * 1_000) / REQUESTS;
}

export async function benchRefusals(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "wpp-bench-"));
  const subject = await startSystemSubject({ WPP_DATA_DIR: dataDir, WPP_TRUSTED_PROXIES: "127.0.0.0/8" });
  const figures: Figure[] = [];
  const add = async (what: string, body: string) =>
    figures.push({ what, value: `${(await measure(subject, body)).toFixed(2)} ms` });
  try {
    await add("an empty object, for comparison", "{}");
    for (const [name, body] of Object.entries(attackBodies(LARGEST))) await add(name, body);
    await add("a megabyte of unknown keys, refused by its size", attackBodies(1_000_000)["unknown keys"]!);
  } finally {
    await subject.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return { title: "Refused bodies of 16 kB on a route without credentials, CPU for each", figures };
}
