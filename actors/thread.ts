/** The entry of a worker thread: serves an inline host on the thread's port. */
import { parentPort } from "node:worker_threads";
import { loadDriver } from "./driver-factory.ts";
import { servePort } from "./thread-server.ts";

if (parentPort === null) throw new Error("this file is the entry of a worker thread");
servePort(parentPort, loadDriver);
