/**
 * `npm run bench [accepts|gateway|refusals|sessions|fanout|growth …]`: measures, prints, and writes bench/RESULTS.md
 * when all suites were measured in one run.
 */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { startPostgres } from "../test/harness/postgres.ts";
import { benchAccepts } from "./accepts.ts";
import { benchFanout } from "./fanout.ts";
import { toMarkdown, type Section } from "./figures.ts";
import { benchGateway } from "./gateway.ts";
import { benchGrowth } from "./growth.ts";
import { benchRefusals } from "./refusals.ts";
import { benchSessions } from "./sessions.ts";

const SUITES = ["accepts", "gateway", "refusals", "sessions", "fanout", "growth"] as const;
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(SUITES as readonly string[]).includes(name));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(", ")}; accepted: ${SUITES.join(", ")}\n`);
  process.exit(2);
}
const wants = (name: (typeof SUITES)[number]) => wanted.length === 0 || wanted.includes(name);

const sections: Section[] = [];
const add = (...more: Section[]) => {
  sections.push(...more);
  process.stdout.write(`\n${toMarkdown(more)}\n`);
};
const postgres = await startPostgres();
try {
  if (wants("accepts")) add(...(await benchAccepts(postgres.url)));
  if (wants("gateway")) add(await benchGateway(postgres.url));
  if (wants("refusals")) add(await benchRefusals());
  if (wants("fanout")) add(await benchFanout());
  if (wants("sessions")) add(await benchSessions([1_000, 5_000]));
  if (wants("growth"))
    add(await benchGrowth(null, [10_000, 1_000_000]), await benchGrowth(postgres.url, [10_000, 1_000_000]));
} finally {
  await postgres.stop();
}
const NOTES = [
  [
    "Accepts: the whole process is measured, including everything that follows an accept: the events, the webhook and",
    "analytics services that read them, and the hints. Concurrent requests share a commit. On PostgreSQL this makes",
    "them faster than one transaction per message; on SQLite the process's own work on a request is the limit, not the",
    "disk.",
    "One process uses one core; the load came from the other.",
  ],
  [
    "The gateway alone sends a message to NATS for each request, which is a write to a socket. The fewer requests are",
    "concurrent, the fewer messages share a write.",
  ],
  ["The newest page of a chat holds 2 messages at 10,000 and 50 at 1,000,000."],
  [
    "Idle sessions include both sides of the sandbox, the driver and the simulated server, one minute after they",
    "reconnected.",
  ],
].map((lines) => `- ${lines.join(" ")}`);

if (wanted.length === 0) {
  const machine = [
    `${cpus().length} × ${cpus()[0]?.model ?? "?"}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.versions.node}; client and server on the same cores`,
  ].join(", ");
  writeFileSync(
    new URL("./RESULTS.md", import.meta.url),
    [
      "# Figures",
      `Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}. ` +
        "All in one run; the ratios are more reliable than the absolute figures.",
      toMarkdown(sections),
      "## How to read the figures",
      `${NOTES.join("\n")}\n`,
    ].join("\n\n"),
  );
}
