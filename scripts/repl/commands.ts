/**
 * Commands for Moleculer's REPL (`npm run dev`) that show the state of a running system. They only read the database,
 * so they show the whole cluster, whichever services this process runs.
 */
import type { BrokerOptions, ServiceBroker } from "moleculer";
import { matchesPatterns } from "../../contracts/events.ts";
import type { Database } from "../../db/database.ts";
import { readEventsAfter, readLogBounds } from "../../db/statements/events/read-events.ts";
import { selectQueue, type QueuedMessageRow } from "../../db/statements/messages/queue-overview.ts";
import { selectNodeOverview, selectSessionOverview } from "../../db/statements/sessions/overview.ts";
import { acquireDatabase, releaseDatabase } from "../../mixins/database.mixin.ts";
import { ago, tableOf } from "./table.ts";

type ReplCommand = NonNullable<NonNullable<BrokerOptions["replOptions"]>["customCommands"]>[number];

const LIMIT = 200;
/** The maximum number of events that `tail` searches. */
const EVENT_SEARCH_LIMIT = 2_000;

type Arguments = Readonly<Record<string, string | number | boolean | undefined>>;

/** Reads the database and returns the lines to print. */
type Query = (database: Database, args: Arguments) => Promise<string[]>;

function command(usage: string, description: string, query: Query, print: (line: string) => void): ReplCommand {
  return {
    command: usage,
    description,
    async action(broker: ServiceBroker, args: unknown) {
      const database = await acquireDatabase(broker);
      try {
        for (const line of await query(database, args as Arguments)) print(line);
      } finally {
        await releaseDatabase(broker);
      }
    },
  };
}

async function listSessions(database: Database): Promise<string[]> {
  const rows = await selectSessionOverview(database, LIMIT);
  return tableOf(
    ["tenant", "session", "id", "state", "reason", "since", "desired", "phase", "epoch", "node", "queued", "in flight"],
    rows.map((row) => [
      row.tenant,
      row.name,
      row.id,
      row.state,
      row.reason,
      ago(row.since),
      row.desired,
      row.phase,
      row.epoch,
      row.owner_node ?? "-",
      row.queued,
      row.in_flight,
    ]),
  );
}

async function listQueue(database: Database, { session }: Arguments): Promise<string[]> {
  const sessions = await selectSessionOverview(database, LIMIT);
  const found = sessions.filter(({ id, name }) => id === session || name === session);
  if (found.length === 0) return [`There is no session "${String(session)}". The command "sessions" lists them.`];
  const lines: string[] = [];
  for (const { id, tenant, name, state, reason } of found) {
    const rows = await selectQueue(database, id, LIMIT);
    lines.push(`${tenant} / ${name} (${id}): ${state}, ${reason}`, ...queueTable(rows));
  }
  return lines;
}

function queueTable(rows: readonly QueuedMessageRow[]): string[] {
  return tableOf(
    ["message", "type", "chat", "status", "priority", "attempts", "accepted", "next attempt", "waiting for"],
    rows.map((row) => [
      row.id,
      row.type,
      row.chat_id,
      row.status,
      row.priority,
      row.attempts,
      ago(row.created_at),
      ago(row.next_attempt_at ?? row.send_at),
      [row.error_code, row.error_detail].filter((part) => part !== null).join(": ") || "-",
    ]),
  );
}

async function listPlacements(database: Database): Promise<string[]> {
  const nodes = await selectNodeOverview(database);
  const table = tableOf(
    ["node", "status", "lease", "sessions", "incarnation"],
    nodes.map(({ node_id, status, lease_remaining, sessions, incarnation }) => [
      node_id,
      status,
      `${(lease_remaining / 1_000).toFixed(1)} s`,
      sessions,
      incarnation,
    ]),
  );
  const sessions = await selectSessionOverview(database, LIMIT);
  const unowned = sessions.filter(({ owner_node, desired }) => owner_node === null && desired !== "stopped");
  const names = unowned.map(({ name, id }) => `${name} (${id})`).join(", ");
  return unowned.length === 0 ? table : [...table, `Without an owner: ${names}`];
}

async function listEvents(database: Database, { pattern, count }: Arguments): Promise<string[]> {
  const { newest } = await readLogBounds(database);
  const events = await readEventsAfter(database, Math.max(0, newest - EVENT_SEARCH_LIMIT), EVENT_SEARCH_LIMIT);
  const selected = events.filter(({ envelope }) => matchesPatterns(envelope.type, [String(pattern ?? "*")]));
  return selected
    .slice(-Number(count ?? 20))
    .map(({ envelope }) => envelope)
    .map(({ at, type, sessionId, tenantId, data }) => `${at} ${type} ${sessionId ?? tenantId} ${JSON.stringify(data)}`);
}

function printToTerminal(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The project's own REPL commands. */
export function createReplCommands(print: (line: string) => void = printToTerminal): ReplCommand[] {
  return [
    command("sessions", "List the sessions of all tenants with their state, node and queue", listSessions, print),
    command("queue <session>", "List the messages of a session (id or name) that are not final", listQueue, print),
    command(
      "placements",
      "List the session nodes and their leases, and sessions without an owner",
      listPlacements,
      print,
    ),
    command("tail [pattern] [count]", "Print the latest events, such as: tail message.* 50", listEvents, print),
  ];
}
