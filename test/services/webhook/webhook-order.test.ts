/** An endpoint that asks for it gets the events of a session in their order, whatever fails meanwhile. */
import { createId } from "../../../contracts/ids.ts";
import { until } from "../../harness/system.ts";
import { startWebhookSystem, type WebhookSystem } from "../../harness/webhook-system.ts";

let hooks: WebhookSystem;

beforeAll(async () => {
  hooks = await startWebhookSystem();
}, 60_000);
afterAll(() => hooks?.stop());

/** Appends events of two sessions in turn; their ids by session. */
async function appendTurns(account: Parameters<WebhookSystem["append"]>[0], count: number): Promise<string[][]> {
  const sessions = [createId("session"), createId("session")];
  const ids: string[][] = [[], []];
  for (let n = 0; n < count; n += 1)
    ids[n % 2]!.push(await hooks.append(account, "session.updated", { name: `n${n}` }, sessions[n % 2]));
  return ids;
}

/** The ids of these events in the order in which they were first accepted at the path. */
const arrivalsOf = (ids: readonly string[]) =>
  hooks.received.map(({ event }) => event.id).filter((id) => ids.includes(id));

test("retries keep the order of each session, and do not hold up the others", async () => {
  const { account } = await hooks.setUp("Ordered", "/ordered", { events: ["session.updated"], ordering: "session" });
  // Every third attempt fails: without an order, what failed would arrive after what came later.
  hooks.respond("/ordered", (attempt) => ({ status: attempt % 3 === 1 ? 503 : 204 }));
  const ids = await appendTurns(account, 24);
  const delivered = async () => {
    const rows = await hooks.database.all<{ event_id: string; status: string }>(
      "SELECT event_id, status FROM deliveries WHERE tenant_id = $1 AND event_type = 'session.updated'",
      [account.tenantId],
    );
    return rows.length === 24 && rows.every(({ status }) => status === "delivered");
  };
  await until(delivered, 30_000);
  for (const own of ids) {
    // A refused attempt was received, too: the last arrival of each event is the one that was accepted.
    const arrivals = arrivalsOf(own);
    const accepted = arrivals.filter((id, index) => arrivals.lastIndexOf(id) === index);
    expect(accepted).toEqual(own);
    // Nothing of the next event arrives before the one before it was accepted.
    expect(arrivals.filter((id, index) => id !== arrivals[index - 1])).toEqual(own);
  }
}, 60_000);

test("an endpoint has no order unless it asks for one, and can change its mind", async () => {
  const { account, made } = await hooks.setUp("Plain", "/plain");
  expect(made.ordering).toBe("none");
  const changed = await account.owner.expect<{ ordering: string }>(200, "PATCH", `/webhooks/${made.id}`, {
    ordering: "session",
  });
  expect(changed.ordering).toBe("session");
  const { body } = await account.owner.ask<{ code: string }>("PATCH", `/webhooks/${made.id}`, { ordering: "chat" });
  expect(body.code).toBe("validation");
});
