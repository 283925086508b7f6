/** The commands of the local cluster's prompt. */
import { setTimeout as pause } from "node:timers/promises";
import type { ClusterNode } from "../../contracts/routes/cluster.ts";
import type { TestClient } from "../harness/client.ts";
import type { Cluster } from "../harness/cluster.ts";
import { inboxOf } from "../journeys/pairing.ts";
import { textOf, type Load } from "../chaos/load.ts";

export interface LocalCluster {
  readonly cluster: Cluster;
  /** An administrator of the platform. */
  readonly api: TestClient;
  readonly load: Load;
  /** The phone that receives everything. */
  readonly to: string;
  /** Processes that are starting again. */
  readonly restarts: Set<Promise<void>>;
}

const RESTART_AFTER = 3_000;

type Command = (local: LocalCluster, name: string) => Promise<string>;

/** Runs one line of the prompt and returns what to print. */
export async function runCommand(local: LocalCluster, line: string): Promise<string> {
  const [verb = "", name = ""] = line.trim().split(/\s+/);
  const command = COMMANDS[verb];
  if (command === undefined) return `There is no command "${verb}". ${HELP}`;
  if (command.needsName && !local.cluster.processes.has(name))
    return `"${verb}" needs one of: ${[...local.cluster.processes.keys()].join(", ")}`;
  return command.run(local, name);
}

const pidOf = ({ cluster }: LocalCluster, name: string) => cluster.processes.get(name)!.pid;

const nextNode = ({ nodes }: Cluster) => `node-${Math.max(...nodes.map((name) => Number(name.slice(5)))) + 1}`;

const COMMANDS: Readonly<Record<string, { needsName: boolean; says: string; run: Command }>> = {
  status: { needsName: false, says: "the nodes, and what became of the messages", run: showStatus },
  kill: {
    needsName: true,
    says: "SIGKILL, and a restart a little later",
    run: async (local, name) => {
      await local.cluster.end(name, "SIGKILL");
      const restart = pause(RESTART_AFTER).then(() => local.cluster.start(name));
      local.restarts.add(restart);
      void restart.finally(() => local.restarts.delete(restart)).catch(() => undefined);
      return `${name} is dead, and starts again in ${RESTART_AFTER / 1_000} s.`;
    },
  },
  freeze: {
    needsName: true,
    says: "SIGSTOP; end it with thaw",
    run: async (local, name) => {
      process.kill(pidOf(local, name), "SIGSTOP");
      return `${name} is frozen. After 12 s others take its sessions over.`;
    },
  },
  thaw: {
    needsName: true,
    says: "SIGCONT",
    run: async (local, name) => {
      process.kill(pidOf(local, name), "SIGCONT");
      return `${name} goes on.`;
    },
  },
  cut: {
    needsName: true,
    says: "cut the process off from PostgreSQL, NATS and Redis",
    run: async (local, name) => {
      for (const link of Object.values(local.cluster.links(name))) link.cut("both");
      return `${name} reaches nothing any more. End it with: heal ${name}`;
    },
  },
  heal: {
    needsName: true,
    says: "end the cut",
    run: async (local, name) => {
      for (const link of Object.values(local.cluster.links(name))) link.heal();
      return `${name} reaches everything again.`;
    },
  },
  drain: {
    needsName: true,
    says: "let a node give its sessions away",
    run: async ({ api }, name) => steer(api, `/cluster/nodes/${name}/drain`),
  },
  undrain: {
    needsName: true,
    says: "let it take sessions again",
    run: async ({ api }, name) => steer(api, `/cluster/nodes/${name}/undrain`),
  },
  join: {
    needsName: false,
    says: "start one more session node",
    run: async (local) => {
      const name = nextNode(local.cluster);
      await local.cluster.start(name);
      return `${name} is up. With "rebalance" it gets its part of the sessions at once.`;
    },
  },
  rebalance: {
    needsName: false,
    says: "share the sessions out evenly",
    run: async ({ api }) => steer(api, "/cluster/rebalance"),
  },
};

export const HELP = `The commands are:\n${[
  ...Object.entries(COMMANDS).map(([verb, { needsName, says }]) => [needsName ? `${verb} NAME` : verb, says] as const),
  ["quit", "stop the conversation, count, and end everything"] as const,
]
  .map(([command, says]) => `  ${command.padEnd(14)} ${says}`)
  .join("\n")}`;

async function steer(api: TestClient, path: string): Promise<string> {
  const answer = await api.ask<{ moves?: { from: string; to: string | null }[]; detail?: string }>("POST", path);
  if (answer.status >= 400) return answer.body.detail ?? `refused with ${answer.status}`;
  const moves = answer.body.moves ?? [];
  return moves.length === 0
    ? "Done; no session has to move."
    : moves.map(({ from, to }) => `  ${from} → ${to ?? "?"}`).join("\n");
}

async function showStatus(local: LocalCluster): Promise<string> {
  const { data } = await local.api.expect<{ data: ClusterNode[] }>(200, "GET", "/cluster/nodes");
  const rows = data
    .filter(({ state }) => state !== "dead")
    .map(
      ({ node, state, sessions, leaseAgeMs }) =>
        `  ${node.padEnd(8)} ${state.padEnd(9)} ${String(sessions).padStart(3)} sessions, last seen ${leaseAgeMs} ms ago`,
    );
  return [...rows, `  ${await countMessages(local)}`].join("\n");
}

/** What became of the messages that were accepted. */
export async function countMessages({ api, load, to }: LocalCluster): Promise<string> {
  const accepted = [...load.accepted];
  const times = new Map<string, number>();
  for (const { text } of await inboxOf(api, to)) times.set(text ?? "", (times.get(text ?? "") ?? 0) + 1);
  const missing = accepted.filter(({ session, number }) => !times.has(textOf(session, number))).length;
  const doubled = [...times.values()].filter((count) => count > 1).length;
  return `${accepted.length} accepted, ${accepted.length - missing} at the phone, ${missing} under way, ${doubled} doubled, ${load.refusals} refused`;
}
