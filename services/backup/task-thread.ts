/**
 * Runs a task in a worker thread: SQLite's driver is synchronous, and compressing and encrypting a whole database
 * would block the event loop. Each task gets its own thread; terminating it rolls back its transaction.
 */
import { Worker } from "node:worker_threads";
import type { OnProgress } from "./dump.ts";
import type { TaskName, Tasks } from "./thread-tasks.ts";

export interface ThreadInput<N extends TaskName = TaskName> {
  readonly name: N;
  readonly input: Tasks[N]["input"];
}

export type FromThread =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "done"; readonly output: Tasks[TaskName]["output"] }
  /** A reason that the requester may see. */
  | { readonly type: "refused"; readonly message: string }
  /** An internal error; the detail is for the log. */
  | { readonly type: "failed"; readonly detail: string };

/** A task that cannot be done, for a reason that the requester may see. */
export class TaskRefusedError extends Error {
  override readonly name = "TaskRefusedError";
}

/** Runs the task in a new thread. Rejects with TaskRefusedError, the signal's reason, or an error for the log. */
export async function runInThread<N extends TaskName>(
  task: ThreadInput<N>,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Tasks[N]["output"]> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Tasks[N]["output"]>();
  const worker = new Worker(new URL("./thread-entry.ts", import.meta.url), { workerData: task, execArgv: [] });
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.on("message", (message: FromThread) => {
    if (message.type === "progress") onProgress(message.share);
    else if (message.type === "done") resolve(message.output as Tasks[N]["output"]);
    else reject(message.type === "refused" ? new TaskRefusedError(message.message) : new Error(message.detail));
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
