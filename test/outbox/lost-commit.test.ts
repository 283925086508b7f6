/** Sending, when it is not known whether a round was committed: no message is left in nobody's hands, and none goes out twice. */
import type { Id } from "../../contracts/ids.ts";
import { Lease } from "../../actors/lease.ts";
import { LaneRunner } from "../../outbox/send-queue.ts";
import type { ActorCall } from "../../actors/protocol.ts";
import { Recorder } from "../../actors/recording/recorder.ts";
import type { Database } from "../../db/database.ts";
import { findMessage } from "../../db/statements/messages/find-message.ts";
import { claimSessions } from "../../db/statements/sessions/placements.ts";
import { createAcceptor } from "../../outbox/accept.ts";
import type { MessageRow } from "../../db/rows/message.ts";
import { blankMessage } from "../../services/message/compose.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { until } from "../harness/system.ts";

const quiet = () => undefined;
let tenantId: Id<"tenant">;
let sessionId: Id<"session">;
let dataDir: string;
let database: Database;
let lease: Lease;

beforeEach(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  sessionId = await addSession(database, tenantId);
  lease = new Lease({ database, nodeId: "node", hostId: "host", log: quiet, onLost: quiet });
  await lease.start();
  await claimSessions(database, { incarnation: lease.incarnation, nodeId: "node", limit: 1 });
});
afterEach(async () => {
  await lease.stop();
  await database.close();
  await cleanUp(dataDir);
});

/** The answers to these commits (counted from 1) are lost with the connection: what they wrote is there, and nobody knows. */
function losing(commits: ReadonlySet<number>): Database {
  let count = 0;
  const transaction: Database["transaction"] = async (work) => {
    const result = await database.transaction(work);
    if (commits.has(++count)) throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    return result;
  };
  return { ...database, transaction };
}

async function accept(): Promise<string> {
  const row = blankMessage({ id: sessionId, tenant_id: tenantId, state: "connected" }, Date.now());
  const message = { ...row, chat_id: "15550100001@c.us", text: "x" };
  await createAcceptor(database, quiet).submit({
    messages: [message],
    answer: { status: 202, body: "" },
    idempotency: null,
    dailyQuota: null,
  });
  return message.id;
}

/** A pretend network that knows what was sent to it. */
function createNetwork() {
  const sent: string[] = [];
  const receipt = (waId: string) => ({
    key: `true_x_${waId}`,
    chat: { chatId: "15550100001@c.us", phone: null, lid: null },
    ack: 1,
    at: Date.now(),
  });
  const call = async (_sessionId: string, { kind, ...rest }: ActorCall) => {
    const { waId } = (rest as { message: { waId: string } }).message;
    if (kind === "send") sent.push(waId);
    return kind === "send" || sent.includes(waId) ? receipt(waId) : null;
  };
  return { sent, call };
}

// The first commit claims the first message, the second writes its outcome and claims the second one, and so on; each is tried twice.
test.each([[[1]], [[2]], [[1, 2]], [[2, 3]], [[1, 2, 4, 5]]])(
  "the answers to commits %j are lost: each message goes out once",
  async (lost) => {
    const ids = [await accept(), await accept(), await accept()];
    const network = createNetwork();
    const recorder = new Recorder({
      database: losing(new Set(lost)),
      incarnation: lease.incarnation,
      dataDir,
      log: quiet,
      isWanted: () => true,
      announce: quiet,
      onEvent: quiet,
    });
    const runner = new LaneRunner({
      commit: (round) => recorder.commit(round),
      incarnation: lease.incarnation,
      log: quiet,
      tell: quiet,
      call: network.call,
      record: (source, fact) => recorder.record(source, fact),
      findMedia: async () => undefined,
    });
    try {
      runner.open({ sessionId, tenantId, epoch: 1, gap: 0, jitter: 0 });
      const rowOf = async (id: string) => (await findMessage<MessageRow>(database, tenantId, id))!;
      await until(async () => (await Promise.all(ids.map(rowOf))).every(({ status }) => status === "sent"), 20_000);
      expect(network.sent).toEqual((await Promise.all(ids.map(rowOf))).map(({ wa_id }) => wa_id));
      const events = await database.all<{ data: string }>(
        "SELECT data FROM events WHERE type = 'message.sent' ORDER BY seq",
      );
      expect(events.map(({ data }) => (JSON.parse(data) as { messageId: string }).messageId)).toEqual(ids);
    } finally {
      await runner.stop(1_000);
      await recorder.drain();
    }
  },
  40_000,
);
