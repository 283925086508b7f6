/** Backups and the nodes of a cluster. */
import { writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Schema } from "../../../clients/typescript/src/index.ts";
import { EXIT, textOf, type Command } from "../command.ts";

type Backup = Schema<"Backup">;
const LOOK_MS = 500;
const MEGABYTE = 1024 * 1024;

function row({ id, status, progress, size, createdAt, verifiedAt }: Backup): (string | null)[] {
  const megabytes = size === null ? null : `${(size / MEGABYTE).toFixed(1)} MB`;
  return [
    id,
    createdAt.slice(0, 19).replace("T", " "),
    status === "running" ? `running ${progress} %` : status,
    megabytes,
    verifiedAt,
  ];
}

const steer = (verb: "drain" | "undrain", summary: string): Command => ({
  name: ["node", verb],
  args: ["<node>"],
  summary,
  options: { "dry-run": { type: "boolean", help: "only show what would happen" } },
  async run({ words: [node = ""], options, connect, output }) {
    const body = { dryRun: options["dry-run"] === true };
    const plan = await connect().request("POST", `/cluster/nodes/{node}/${verb}`, { path: { node }, body });
    const moves = "moves" in plan ? plan.moves : [];
    const rows = moves.map(({ sessionId, from, to }) => [sessionId, from, to ?? "waits for a node"]);
    output.table(moves, ["session", "from", "to"], rows, `${node}: no session is moved`);
  },
});

export const operationCommands: readonly Command[] = [
  {
    name: ["backup", "list"],
    args: [],
    summary: "List the backups",
    async run({ connect, output }) {
      const backups = await Array.fromAsync(connect().list("/backups"));
      output.table(backups, ["id", "at (utc)", "status", "size", "verified"], backups.map(row), "There is no backup");
    },
  },
  {
    name: ["backup", "create"],
    args: [],
    summary: "Make a backup of the whole system, and wait for it",
    options: { media: { type: "boolean", help: "with the files of messages" } },
    async run({ options, connect, output }) {
      const client = connect();
      let backup = await client.request("POST", "/backups", { body: { media: options["media"] === true } });
      let shown = -1;
      while (backup.status === "running") {
        if (backup.progress !== shown && output.isTerminal) output.raw(`\r${(shown = backup.progress)} %`);
        await pause(LOOK_MS);
        backup = await client.request("GET", "/backups/{id}", { path: { id: backup.id } });
      }
      if (output.isTerminal) output.raw("\r");
      output.table([backup], ["id", "at (utc)", "status", "size", "verified"], [row(backup)], "");
      return backup.status === "finished" ? EXIT.ok : EXIT.failed;
    },
  },
  {
    name: ["backup", "download"],
    args: ["<id>"],
    summary: "Download a backup",
    options: { output: { type: "string", short: "o", help: "the file to write; <id>.wppbak" } },
    async run({ words: [id = ""], options, connect, output }) {
      const file = textOf(options, "output") ?? `${id}.wppbak`;
      const content = await connect().request("GET", "/backups/{id}/download", { path: { id }, timeoutMs: 600_000 });
      const blob = content as unknown as Blob;
      await writeFile(file, blob.stream(), { mode: 0o600 });
      output.show({ file, size: blob.size }, () => `${file}: ${(blob.size / MEGABYTE).toFixed(1)} MB`);
    },
  },
  {
    name: ["node", "list"],
    args: [],
    summary: "List the nodes of the cluster",
    async run({ connect, output }) {
      const { data } = await connect().request("GET", "/cluster/nodes");
      const rows = data.map((node) => [node.node, node.state, node.sessions, node.zone, node.version]);
      output.table(data, ["node", "status", "sessions", "zone", "version"], rows, "There is no node for sessions");
    },
  },
  steer("drain", "Move all sessions of a node to others, and give it no more"),
  steer("undrain", "Give sessions to a node again"),
];
