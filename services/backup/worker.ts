/**
 * Runs a piece of work in a thread: SQLite's driver is synchronous, and packing and encrypting whole databases would hold up
 * everyone else. The thread lives for one piece of work; ending it rolls back what it was doing.
 */
import { Worker } from "node:worker_threads";
import type { OnProgress } from "./dump.ts";
import type { TaskName, Tasks } from "./tasks.ts";

export interface ThreadInput<N extends TaskName = TaskName> {
  readonly name: N;
  readonly input: Tasks[N]["input"];
}

export type FromThread =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "done"; readonly output: Tasks[TaskName]["output"] }
  /** Why it cannot be done, in words for whoever asked. */
  | { readonly type: "refused"; readonly message: string }
  /** Our fault; the detail is for the log. */
  | { readonly type: "failed"; readonly detail: string };

/** Work that could not be done for a reason that whoever asked for it may know. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** Does the work in a thread of its own. Fails with Refused, with the signal's reason, or with an error for the log. */
export async function runInThread<N extends TaskName>(
  work: ThreadInput<N>,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Tasks[N]["output"]> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Tasks[N]["output"]>();
  const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: work, execArgv: [] });
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.on("message", (message: FromThread) => {
    if (message.type === "progress") onProgress(message.share);
    else if (message.type === "done") resolve(message.output as Tasks[N]["output"]);
    else reject(message.type === "refused" ? new Refused(message.message) : new Error(message.detail));
  });
  worker.on("error", reject);
  worker.on("exit", (code) => reject(new Error(`the thread ended with code ${code}`)));
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
    await worker.terminate();
  }
}
