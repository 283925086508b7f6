/** The worker thread's entry: runs one task and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { isProblem } from "../../contracts/errors.ts";
import { ArchiveError } from "./archive/error.ts";
import { runTask } from "./thread-tasks.ts";
import type { FromThread, ThreadInput } from "./task-thread.ts";

const port = parentPort;
if (port === null) throw new Error("this file is the entry of a worker thread");
const post = (message: FromThread) => port.postMessage(message);
const { name, input } = workerData as ThreadInput;
try {
  const output = await runTask(name, input, (share) => post({ type: "progress", share }));
  post({ type: "done", output });
} catch (error) {
  if (error instanceof ArchiveError || isProblem(error)) post({ type: "refused", message: error.message });
  else post({ type: "failed", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
