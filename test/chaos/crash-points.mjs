/**
 * Loaded into a process of the system before everything else, in its worker threads too. It kills the process at the
 * boundary whose name is in the file CRASH_POINT_FILE, and removes the file first: each arming fires once.
 */
import { readFileSync, unlinkSync } from "node:fs";
import { Duplex } from "node:stream";
import pg from "pg";
import { WebSocket } from "ws";

const file = process.env.CRASH_POINT_FILE;

/** Kills the process when this boundary is armed. */
function reach(boundary) {
  try {
    if (readFileSync(file, "utf8") !== boundary) return;
    unlinkSync(file);
  } catch {
    // Nothing is armed, or another process has just fired.
    return;
  }
  process.kill(process.pid, "SIGKILL");
  // The signal reaches another thread first; this one must not get any further.
  for (;;);
}

/** What a transaction does, by the statements in it. */
const STEPS = [
  ["accept", /INSERT INTO messages/],
  ["claim", /UPDATE messages SET claim_epoch/],
  ["acknowledge", /UPDATE messages .*ack = c\.ack/s],
];
const steps = new WeakMap();

const query = pg.Client.prototype.query;
pg.Client.prototype.query = function (...args) {
  const text = typeof args[0] === "string" ? args[0] : (args[0]?.text ?? "");
  if (text === "BEGIN") steps.set(this, new Set());
  const seen = steps.get(this);
  for (const [step, pattern] of STEPS) if (pattern.test(text)) seen?.add(step);
  if (text !== "COMMIT" || seen === undefined) return query.apply(this, args);
  for (const step of seen) reach(`${step}-before-commit`);
  const result = query.apply(this, args);
  return result.then((answer) => {
    for (const step of seen) reach(`${step}-after-commit`);
    return answer;
  });
};

/** True for what carries a message of the load to WhatsApp. */
const isSend = (data) => typeof data === "string" && data.includes("3EB0") && data.includes("chaos ");

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data, ...rest) {
  if (!isSend(data)) return send.call(this, data, ...rest);
  reach("send-before");
  send.call(this, data, ...rest);
  reach("send-after");
};

/** Chromium takes its commands from a pipe. */
const write = Duplex.prototype.write;
Duplex.prototype.write = function (chunk, ...rest) {
  const isCommand = isSend(chunk) && chunk.includes('"method"');
  if (isCommand) reach("send-before");
  const result = write.call(this, chunk, ...rest);
  if (isCommand) reach("send-after");
  return result;
};
