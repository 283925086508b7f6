/** The worker thread's entry: one piece of work, then the end. */
import { parentPort, workerData } from "node:worker_threads";
import { isProblem } from "../../contracts/errors.ts";
import { ArchiveError } from "./archive/error.ts";
import { runTask } from "./tasks.ts";
import type { FromThread, ThreadInput } from "./worker.ts";

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
