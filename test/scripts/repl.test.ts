/** The project's REPL commands, run on a live system. */
import { createReplCommands } from "../../scripts/repl/commands.ts";
import { startSystem, type System } from "../harness/system.ts";
import { registerTenant } from "../harness/client.ts";

let system: System;
let session: { id: string };

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node", "message", "sandbox"],
    environment: { WPP_SIGNUP: "open" },
  });
  const api = await registerTenant(system.url);
  session = await api.expect<{ id: string }>(201, "POST", "/sessions", { name: "main", network: "sandbox" });
  await api.expect(202, "POST", "/sessions/main/messages", { to: "+15550100002", type: "text", text: "hello" });
}, 60_000);

afterAll(() => system?.stop(), 30_000);

async function run(name: string, given: Record<string, string> = {}): Promise<string> {
  const printed: string[] = [];
  const commands = createReplCommands((line) => void printed.push(line));
  const found = commands.find(({ command }) => command.split(" ")[0] === name);
  await found!.action(system.broker, given as unknown as string[], {});
  return printed.join("\n");
}

test("sessions lists each session with its state and its queue", async () => {
  const [heading, row] = (await run("sessions")).split("\n");
  expect(heading).toMatch(/^tenant +session +id +state/);
  expect(row).toMatch(new RegExp(`main +${session.id} +stopped +created .* stopped +idle +0 +- +1 +0$`));
});

test("queue lists the waiting messages and their reasons", async () => {
  expect(await run("queue", { session: "main" })).toMatch(
    /msg_\w+ +text +15550100002@c\.us +queued .*session_not_connected/,
  );
  expect(await run("queue", { session: "other" })).toContain('There is no session "other"');
});

test("placements lists the live nodes", async () => {
  expect(await run("placements")).toMatch(new RegExp(`${system.broker.nodeID} +up +\\d+\\.\\d s +0 `));
});

test("tail prints the latest events that match the pattern", async () => {
  const all = await run("tail");
  expect(all).toContain("session.created");
  const some = await run("tail", { pattern: "message.*", count: "1" });
  expect(some.split("\n")).toHaveLength(1);
  expect(some).toContain(`message.queued ${session.id}`);
});
