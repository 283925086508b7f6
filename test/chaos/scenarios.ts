/** The faults that a cluster is put through. Each is played again and again, on a cluster that works again before. */
import { setTimeout as pause } from "node:timers/promises";
import { CRASHES } from "./crashes.ts";
import type { Measures, Scenario } from "./scenario.ts";
import type { Direction } from "../harness/tcp-proxy.ts";
import { codeOf } from "../../contracts/errors.ts";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import type { TestClient } from "../harness/client.ts";
import { until } from "../harness/system.ts";
import type { Volume } from "../harness/volume.ts";
import { webhookFaults } from "./webhooks.ts";
import { allOwned, countUnowned, fullest, incarnationOf, isTakenOver, LEASE, restart, type Stage } from "./stage.ts";

const TEN_MINUTES = 600_000;
const DIRECTIONS: readonly Direction[] = ["both", "to", "from"];

async function since(begun: number, isOver: () => Promise<boolean>, limit = 60_000): Promise<number> {
  await until(isOver, limit);
  return performance.now() - begun;
}

/** Until another node owns the sessions of this one. */
async function takeover(stage: Stage, node: string, hit: () => unknown): Promise<number> {
  const incarnation = await incarnationOf(stage, node);
  const begun = performance.now();
  await hit();
  return since(begun, () => isTakenOver(stage, incarnation));
}

/** Waits for the next accepted message, which shows that clients are served. */
async function nextAccepted({ load }: Stage): Promise<number> {
  const [begun, before] = [performance.now(), load.accepted.length];
  return since(begun, async () => load.accepted.length > before);
}

async function untilAnswered(client: TestClient, path: string): Promise<void> {
  let last: unknown;
  const isAnswered = async () => {
    const answer = await client.ask("GET", path);
    last = answer.body;
    return answer.status === 200;
  };
  await until(isAnswered, 60_000).catch((error: unknown) => {
    throw new Error(`GET ${path} of ${client.origin} goes on answering ${JSON.stringify(last)}`, { cause: error });
  });
}

/** Until the actor of a session answers through every app process. */
async function untilActorsAnswer(stage: Stage): Promise<number> {
  const begun = performance.now();
  for (const client of stage.clients())
    for (const name of stage.phones.keys()) await untilAnswered(client, `/sessions/${name}/contacts?limit=1`);
  return performance.now() - begun;
}

async function isOffline({ api, phones }: Stage, session: string): Promise<boolean> {
  const { devices } = await api.expect<SandboxPhone>(200, "GET", `/sandbox/phones/${phones.get(session)}`);
  return devices.every(({ connected }) => !connected);
}

const kill: Scenario["play"] = async (stage) => {
  const { node } = await fullest(stage);
  const ms = await takeover(stage, node, () => stage.cluster.end(node, "SIGKILL"));
  await stage.cluster.start(node);
  return { takeover: ms };
};

const restartAtOnce: Scenario["play"] = async (stage) => {
  const { node } = await fullest(stage);
  let starting: Promise<void> = Promise.resolve();
  const ms = await takeover(stage, node, () => void (starting = restart(stage, node)));
  await starting;
  return { takeover: ms };
};

const term: Scenario["play"] = async (stage) => {
  const { node } = await fullest(stage);
  const ms = await takeover(stage, node, () => stage.cluster.end(node, "SIGTERM"));
  await stage.cluster.start(node);
  return { takeover: ms };
};

/** A node that was thawed while it was ending itself may have ended. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

const freeze: Scenario["play"] = async (stage, { dice }) => {
  const { node } = await fullest(stage);
  const incarnation = await incarnationOf(stage, node);
  const { pid } = stage.cluster.processes.get(node)!;
  const begun = performance.now();
  signal(pid, "SIGSTOP");
  const frozenFor = LEASE.ttl * (0.3 + dice() * 1.7);
  let takenOver: number | null = null;
  while (performance.now() - begun < frozenFor) {
    if (takenOver === null && (await isTakenOver(stage, incarnation))) takenOver = performance.now() - begun;
    await pause(50);
  }
  signal(pid, "SIGCONT");
  const thawed = performance.now();
  await allOwned(stage);
  await incarnationOf(stage, node);
  return { ...(takenOver === null ? {} : { takeover: takenOver }), "whole after the thaw": performance.now() - thawed };
};

const databaseCut: Scenario["play"] = async (stage, { number, seconds }) => {
  const { node, session } = await fullest(stage);
  const incarnation = await incarnationOf(stage, node);
  const { database } = stage.cluster.links(node);
  const begun = performance.now();
  database.cut(DIRECTIONS[number % DIRECTIONS.length]!);
  const offline = await since(begun, () => isOffline(stage, session));
  const takenOver = await since(begun, () => isTakenOver(stage, incarnation));
  await pause((seconds ?? 0) * 1_000);
  database.heal();
  const healed = performance.now();
  await incarnationOf(stage, node);
  return { "device offline": offline, takeover: takenOver, "node back": performance.now() - healed };
};

/** Cuts a process from a server that sends do not need; every message must be accepted meanwhile. */
function cutFrom(dependency: "nats" | "redis"): Scenario["play"] {
  return async (stage, { number, dice, seconds }) => {
    const { apps, nodes } = stage.cluster;
    const names = [...nodes, ...apps];
    const name = names[Math.floor(dice() * names.length)]!;
    const link = stage.cluster.links(name)[dependency];
    const refused = stage.load.refusals;
    link.cut(DIRECTIONS[number % DIRECTIONS.length]!);
    await pause((seconds ?? 10) * 1_000);
    link.heal();
    return { "actors answer": await untilActorsAnswer(stage), "refused (count)": stage.load.refusals - refused };
  };
}

const natsDown: Scenario["play"] = async (stage, { seconds }) => {
  const refused = stage.load.refusals;
  await stage.cluster.stopNats();
  await pause((seconds ?? 10) * 1_000);
  const refusals = stage.load.refusals - refused;
  await stage.cluster.startNats();
  return { "actors answer": await untilActorsAnswer(stage), "refused (count)": refusals };
};

const redisHangs: Scenario["play"] = async (stage, { seconds }) => {
  const refused = stage.load.refusals;
  process.kill(stage.cluster.redis.pid, "SIGSTOP");
  await pause((seconds ?? 10) * 1_000);
  const refusals = stage.load.refusals - refused;
  process.kill(stage.cluster.redis.pid, "SIGCONT");
  return { "actors answer": await untilActorsAnswer(stage), "refused (count)": refusals };
};

/** The database crashes and stays away for so long. */
function databaseAway(ownSeconds: number): Scenario["play"] {
  return async (stage, { seconds }) => {
    const { cluster } = stage;
    await cluster.postgres.crash();
    await pause((seconds ?? ownSeconds) * 1_000);
    await cluster.postgres.start();
    const begun = performance.now();
    await cluster.reconnect();
    const accepted = await nextAccepted(stage);
    await allOwned(stage);
    return { "accepts again": accepted, "all owned": performance.now() - begun };
  };
}

const databaseHangs: Scenario["play"] = async (stage, { dice, seconds }) => {
  const { postgres } = stage.cluster;
  postgres.signal("SIGSTOP");
  await pause(seconds === null ? 3_000 + dice() * 6_000 : seconds * 1_000);
  postgres.signal("SIGCONT");
  const begun = performance.now();
  const accepted = await nextAccepted(stage);
  await allOwned(stage);
  return { "accepts again": accepted, "all owned": performance.now() - begun };
};

/** The shared volume has a fault, for so long. Texts are in the database, and must be accepted and sent meanwhile. */
function volumeFault(set: (volume: Volume, isFaulty: boolean) => void): Scenario["play"] {
  return async (stage, { seconds }) => {
    const { load, volume } = stage;
    const [refused, accepted] = [load.refusals, load.accepted.length];
    set(volume!, true);
    try {
      await pause((seconds ?? 30) * 1_000);
    } finally {
      set(volume!, false);
    }
    const counts = { "refused (count)": load.refusals - refused, "accepted (count)": load.accepted.length - accepted };
    return { ...counts, "actors answer": await untilActorsAnswer(stage) };
  };
}

const clock: Scenario["play"] = async (stage, { number }) => {
  const { cluster } = stage;
  const { node } = await fullest(stage);
  await cluster.end(node, "SIGTERM");
  await cluster.start(node, { clockAhead: number % 2 === 0 ? TEN_MINUTES : -TEN_MINUTES });
  await stage.api.expect(200, "POST", "/cluster/rebalance").catch(() => undefined);
  const other = cluster.nodes.find((name) => name !== node)!;
  const ms = await takeover(stage, other, () => cluster.end(other, "SIGKILL"));
  await cluster.start(other);
  return { takeover: ms };
};

const rolling: Scenario["play"] = async (stage) => {
  const { cluster } = stage;
  const outages: number[] = [];
  for (const name of cluster.nodes) {
    outages.push(await takeover(stage, name, () => cluster.end(name, "SIGTERM")));
    await cluster.start(name);
  }
  for (const name of cluster.apps) {
    await cluster.end(name, "SIGTERM");
    await cluster.start(name);
  }
  return { "no owner, longest": Math.max(...outages) };
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  kill: { says: "SIGKILL of the fullest node, which comes back when its sessions are owned", play: kill },
  restart: { says: "SIGKILL of the fullest node, which is started again at once", play: restartAtOnce },
  term: { says: "SIGTERM of the fullest node, then a restart", play: term },
  freeze: { says: "SIGSTOP of the fullest node for 0.3 to 2 leases, then SIGCONT", play: freeze },
  "database-cut": { says: "the fullest node's network to PostgreSQL is cut, one way or both", play: databaseCut },
  "nats-cut": { says: "one process's network to NATS is cut for 10 s, one way or both", play: cutFrom("nats") },
  "redis-cut": { says: "one process's network to Redis is cut for 10 s, one way or both", play: cutFrom("redis") },
  "nats-down": { says: "NATS is stopped for 10 s", play: natsDown },
  "redis-hangs": { says: "Redis is frozen for 10 s", play: redisHangs },
  "database-restart": { says: "PostgreSQL crashes and starts again", play: databaseAway(0) },
  "database-down": { says: "PostgreSQL crashes and is down for 15 s", play: databaseAway(15) },
  "database-hangs": { says: "PostgreSQL is frozen for 3 to 9 s", play: databaseHangs },
  "volume-read-only": {
    says: "the shared volume cannot be written to for 30 s",
    needsVolume: true,
    play: volumeFault((volume, isFaulty) => volume.setReadOnly(isFaulty)),
  },
  "volume-full": {
    says: "the shared volume is full for 30 s",
    needsVolume: true,
    play: volumeFault((volume, isFaulty) => volume.setFull(isFaulty)),
  },
  "volume-hangs": {
    says: "writes to the shared volume hang for 30 s",
    needsVolume: true,
    play: volumeFault((volume, isFaulty) => volume.setHanging(isFaulty)),
  },
  "webhook-faults": webhookFaults,
  clock: { says: "a node's clock is 10 minutes ahead or behind; then another node is killed", play: clock },
  rolling: { says: "every node, then every app process, is restarted in turn", play: rolling },
};

/** Plays the scenario so many times, each on a cluster in which messages flow. */
export async function playAll(
  stage: Stage,
  name: string,
  options: { reps: number; seed: number; seconds: number | null },
  onPlayed: (number: number, measures: Measures) => void,
): Promise<Measures[]> {
  const scenario = SCENARIOS[name] ?? CRASHES[name];
  if (scenario === undefined)
    throw new Error(
      `there is no scenario "${name}"; there are ${[...Object.keys(SCENARIOS), ...Object.keys(CRASHES)].join(", ")}`,
    );
  let state = options.seed;
  const dice = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const all: Measures[] = [];
  for (let number = 0; number < options.reps; number += 1) {
    const measures = await scenario.play(stage, { number, dice, seconds: options.seconds });
    all.push(measures);
    onPlayed(number, measures);
    for (const node of stage.cluster.nodes) await incarnationOf(stage, node);
    await nextAccepted(stage);
    await until(async () => (await countUnowned(stage)) === 0, 60_000);
  }
  return all;
}
