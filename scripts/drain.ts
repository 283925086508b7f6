/**
 * `node scripts/drain.ts [seconds]`: lets this node (WPP_NODE_ID) hand its sessions over to the others, and waits until
 * it has none, for at most that time. For a container's preStop hook; it needs the settings of the node's process.
 */
import { setTimeout as pause } from "node:timers/promises";
import { drainNode } from "../actors/membership.ts";
import { ConfigError } from "../contracts/config.ts";
import { openDatabase, type Database } from "../db/database.ts";
import { listNodes, listPlacements } from "../db/statements/sessions/cluster.ts";
import { explainAndExit, readConfigOrExit } from "./lifecycle.ts";

/** ms between two looks. */
const LOOK = 500;

const config = readConfigOrExit(process.env);
const print = (text: string) => process.stdout.write(`${text}\n`);
try {
  const node = config.nodeId;
  if (node === null) throw new ConfigError("WPP_NODE_ID is not set: it names the node that is to be drained");
  const seconds = Number(process.argv[2] ?? 60);
  if (!(seconds > 0)) throw new ConfigError(`"${process.argv[2]}" is not a number of seconds; use 60, for example`);
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, poolSize: 2 });
  try {
    await drain(database, node, performance.now() + seconds * 1_000);
  } finally {
    await database.close();
  }
} catch (error) {
  explainAndExit(error);
}

/** Hands over until nothing is left, or the deadline (on the monotonic clock) has passed. */
async function drain(database: Database, name: string, deadline: number): Promise<void> {
  const others = (await listNodes(database)).filter(({ node_id, status }) => node_id !== name && status === "up");
  if (others.length === 0) {
    print("No other node takes sessions: they stay until this one stops.");
    return;
  }
  await drainNode(database, name, true);
  let before = -1;
  while (performance.now() < deadline) {
    const left = await listPlacements(database, { after: "", limit: 10_000, node: name });
    if (left.length !== before) print(`${left.length} sessions to hand over`);
    before = left.length;
    if (before === 0) return;
    await pause(LOOK);
  }
  print("Time is over: the rest is released when the process stops.");
}
