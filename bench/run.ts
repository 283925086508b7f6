/**
 * `npm run bench [accepts|gateway|sessions|fanout|growth …]`: measures, prints, and writes bench/RESULTS.md when all
 * was measured in one run.
 */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { startPostgres } from "../test/harness/postgres.ts";
import { benchAccepts } from "./accepts.ts";
import { benchFanout } from "./fanout.ts";
import { toMarkdown, type Section } from "./figures.ts";
import { benchGateway } from "./gateway.ts";
import { benchGrowth } from "./growth.ts";
import { benchSessions } from "./sessions.ts";

const SUITES = ["accepts", "gateway", "sessions", "fanout", "growth"] as const;
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
  if (wants("fanout")) add(await benchFanout());
  if (wants("sessions")) add(await benchSessions([1_000, 5_000]));
  if (wants("growth"))
    add(await benchGrowth(null, [10_000, 1_000_000]), await benchGrowth(postgres.url, [10_000, 1_000_000]));
} finally {
  await postgres.stop();
}
const NOTES = `## Reading them

- Accepts: the whole process is measured, with everything that follows an accept: the events, webhooks' and analytics' reading of them, the hints. Requests that come together share a commit. On PostgreSQL that carries them above the rate of one transaction a message; on SQLite the process's own work on a request is the limit, not the disk. One process takes one core; the load came from the other.
- The gateway alone sends a message to the broker for each request, which the system sees as a write to a socket; the less it is asked at a time, the less these are gathered.
- The newest page of a chat holds 2 messages at 10,000 and 50 at 1,000,000.
- Idle sessions include both sides of the sandbox, the driver and the switchboard, a minute after they came back.
`;

if (wanted.length === 0) {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}; client and server on the same cores`;
  writeFileSync(
    new URL("./RESULTS.md", import.meta.url),
    `# Figures\n\nMade by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}. All in one run; trust the ratios more than the absolutes.\n\n${toMarkdown(sections)}\n\n${NOTES}`,
  );
}
