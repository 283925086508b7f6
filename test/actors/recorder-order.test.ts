/** A session's events are recorded in their order of arrival, and each change of its state is one line in the log. */
import type { SessionEvent } from "../../actors/protocol.ts";
import type { SessionReason } from "../../contracts/states.ts";
import type { SessionRun } from "../../contracts/transport.ts";
import type { Lease } from "../../actors/lease.ts";
import { Recorder } from "../../actors/recording/recorder.ts";
import type { Database } from "../../db/database.ts";
import { claimSessions } from "../../db/statements/sessions/placements.ts";
import type { InboundMessage } from "../../contracts/transport.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase, testLease } from "../harness/session-rows.ts";

const quiet = () => undefined;
const CHAT = { chatId: "15550100001@c.us", phone: "+15550100001", lid: null };
let dataDir: string;
let database: Database;
let lease: Lease;
let recorder: Recorder;
let source: SessionRun;
let logged: unknown[];

beforeEach(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
  const tenantId = await addTenant(database);
  source = { sessionId: await addSession(database, tenantId), tenantId, epoch: 1 };
  lease = testLease(database);
  await lease.start();
  const { incarnation } = lease;
  await claimSessions(database, { incarnation, nodeId: "node", limit: 1 });
  logged = [];
  recorder = new Recorder({
    database,
    incarnation,
    dataDir,
    log: (...line) => logged.push(line),
    mayRetry: () => true,
    announce: quiet,
    onEvent: quiet,
  });
});

afterEach(async () => {
  await recorder.drain();
  await lease.stop();
  await database.close();
  await cleanUp(dataDir);
});

function message(id: string, content: InboundMessage["content"]): SessionEvent {
  const rest = { chat: CHAT, from: CHAT, pushName: null, quoted: null, mentions: [], at: 1, backfill: false };
  return { type: "message", message: { ...rest, key: keyOf(id), content } };
}
const keyOf = (id: string) => `false_${CHAT.chatId}_${id}`;
const picture = (size: number): InboundMessage["content"] => ({
  type: "image",
  media: { bytes: new Uint8Array(size), mimetype: "image/png", filename: null },
});

async function written() {
  const events = await database.all<{ type: string; data: string }>("SELECT type, data FROM events ORDER BY seq");
  return events.map(({ type, data }) => [type, (JSON.parse(data) as { messageId: string | null }).messageId !== null]);
}

test("a message that was stored by its LID before is found by the number, and not stored again", async () => {
  const [chat, lid] = [
    { ...CHAT, lid: "123456789012345@lid" },
    { chatId: "123456789012345@lid", phone: null },
  ];
  const said = {
    pushName: null,
    quoted: null,
    mentions: [],
    at: 1,
    content: { type: "text", text: "before" },
  } as const;
  const before = { ...said, key: `false_${lid.chatId}_A`, backfill: false };
  const address = { ...lid, lid: lid.chatId };
  await recorder.record(source, { type: "message", message: { ...before, chat: address, from: address } });
  const again = { ...said, key: keyOf("A"), backfill: true };
  await recorder.record(source, { type: "message", message: { ...again, chat, from: chat } });
  await recorder.record(source, { type: "edited", key: keyOf("A"), chat, text: "after", at: 2 });
  await recorder.record(source, { type: "edited", key: keyOf("B"), chat, text: "of another", at: 2 });
  expect(await written()).toEqual([
    ["message.received", true],
    ["message.edited", true],
    ["message.edited", false],
  ]);
});

test("events behind a picture wait for it", async () => {
  const events = [
    message("A", picture(4_000_000)),
    message("B", picture(10)),
    { type: "edited", key: keyOf("A"), chat: CHAT, text: "new words", at: 2 },
    message("C", { type: "text", text: "last" }),
  ] satisfies SessionEvent[];
  await Promise.all(events.map((event) => recorder.record(source, event)));
  expect(await written()).toEqual([
    ["message.received", true],
    ["message.received", true],
    ["message.edited", true],
    ["message.received", true],
  ]);
  const rows = await database.all<{ wa_id: string; text: string | null }>(
    "SELECT wa_id, text FROM messages ORDER BY seq",
  );
  expect(rows).toEqual([
    { wa_id: keyOf("A"), text: "new words" },
    { wa_id: keyOf("B"), text: null },
    { wa_id: keyOf("C"), text: "last" },
  ]);
});

test("draining waits for pictures being written; one that cannot be written blocks no later event", async () => {
  // No file system accepts this as the name of a folder.
  const nowhere = { ...source, tenantId: "\0" as SessionRun["tenantId"] };
  const failing = recorder.record(nowhere, message("A", picture(10)));
  failing.catch(quiet);
  const following = recorder.record(source, message("B", picture(2_000_000)));
  await recorder.drain();
  expect((await written()).length).toBe(1);
  await following;
  await expect(failing).rejects.toThrow("null bytes");
});

test("each change of the state is one log line with its reason; what went wrong has the evidence", async () => {
  const { sessionId, tenantId } = source;
  const report = (state: "connected" | "reconnecting", reason: SessionReason, evidence = {}) =>
    recorder.record(source, { type: "state", state, reason, evidence });
  await report("connected", "linked");
  await report("connected", "linked", { socket: "CONNECTED" });
  await report("reconnecting", "network_lost", { socket: "TIMEOUT" });
  const common = { sessionId, tenantId, epoch: 1 };
  expect(logged).toEqual([
    ["info", "session state changed", { ...common, state: "connected", reason: "linked" }],
    [
      "warn",
      "session state changed",
      { ...common, state: "reconnecting", reason: "network_lost", evidence: { socket: "TIMEOUT" } },
    ],
  ]);
});
