/** Lost commits of sending rounds: no message is left in flight without a send, and none is sent twice. */
import type { Id } from "../../contracts/ids.ts";
import type { Lease } from "../../actors/lease.ts";
import { SendQueues } from "../../outbox/send-queue.ts";
import { Recorder } from "../../actors/recording/recorder.ts";
import type { Database } from "../../db/database.ts";
import { claimSessions } from "../../db/statements/sessions/placements.ts";
import type { SessionPort } from "../../outbox/session-port.ts";
import type { NewMessage } from "../../db/rows/message.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase, testLease } from "../harness/session-rows.ts";
import { until } from "../harness/system.ts";
import { accept, CHAT, newText, rowOf } from "./queued-messages.ts";

const quiet = () => undefined;
let tenantId: Id<"tenant">;
let dataDir: string;
let database: Database;
let lease: Lease;

beforeAll(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  lease = testLease(database);
  await lease.start();
});
afterAll(async () => {
  await lease.stop();
  await database.close();
  await cleanUp(dataDir);
});

/** The responses to these commits (counted from 1) are lost with the connection; the commits take effect. */
function losing(commits: ReadonlySet<number>): Database {
  let count = 0;
  const transaction: Database["transaction"] = async (work) => {
    const result = await database.transaction(work);
    if (commits.has(++count)) throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    return result;
  };
  return { ...database, transaction };
}

/** A session that this process owns, with three queued messages. */
async function addQueue(name: string): Promise<{ sessionId: Id<"session">; messages: NewMessage[] }> {
  const sessionId = await addSession(database, tenantId, name);
  await claimSessions(database, { incarnation: lease.incarnation, nodeId: "node", limit: 10 });
  const messages = Array.from({ length: 3 }, () => newText(tenantId, sessionId));
  for (const message of messages) await accept(database, message);
  return { sessionId, messages };
}

/** A network that knows the ids of the messages sent to it. */
function createNetwork(): { sent: string[]; sessions: SessionPort } {
  const sent: string[] = [];
  const receipt = (waId: string) => ({
    key: `true_x_${waId}`,
    chat: { chatId: CHAT, phone: null, lid: null },
    ack: 1,
    at: Date.now(),
  });
  const sessions: SessionPort = {
    async send(_sessionId, { waId }) {
      sent.push(waId);
      return receipt(waId);
    },
    find: async (_sessionId, { waId }) => (sent.includes(waId) ? receipt(waId) : null),
  };
  return { sent, sessions };
}

// The first commit claims the first message, the second writes its outcome and claims the next, and so on; each is
// tried twice. The cases have sessions of their own and wait for back-offs, so they run at the same time.
test.concurrent.each([[[1]], [[2]], [[1, 2]], [[2, 3]], [[1, 2, 4, 5]]])(
  "the responses to commits %j are lost: each message is sent once",
  async (lost) => {
    const { sessionId, messages } = await addQueue(`lost ${lost.join()}`);
    const network = createNetwork();
    const recorder = new Recorder({
      database: losing(new Set(lost)),
      incarnation: lease.incarnation,
      dataDir,
      log: quiet,
      mayRetry: () => true,
      announce: quiet,
      onEvent: quiet,
    });
    const queues = new SendQueues({
      commit: (round) => recorder.commit(round),
      incarnation: lease.incarnation,
      log: quiet,
      sessions: network.sessions,
      onAttempt: quiet,
      onRestored: quiet,
      findMedia: async () => undefined,
    });
    try {
      queues.open({ sessionId, tenantId, epoch: 1, gap: 0, jitter: 0 });
      const rows = () => Promise.all(messages.map((message) => rowOf(database, message)));
      await until(async () => (await rows()).every(({ status }) => status === "sent"), 20_000);
      expect(network.sent).toEqual(messages.map(({ wa_id }) => wa_id));
      const events = await database.all<{ data: string }>(
        "SELECT data FROM events WHERE type = 'message.sent' AND session_id = $1 ORDER BY seq",
        [sessionId],
      );
      expect(events.map(({ data }) => (JSON.parse(data) as { messageId: string }).messageId)).toEqual(
        messages.map(({ id }) => id),
      );
    } finally {
      await queues.stop(1_000);
      await recorder.drain();
    }
  },
  40_000,
);
