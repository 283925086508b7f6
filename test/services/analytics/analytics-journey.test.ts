/** Analytics of real traffic: the reports match what happened on the sandbox's phones. */
import type { Overview, Failures } from "../../../contracts/routes/analytics.ts";
import type { Message } from "../../../contracts/message.ts";
import { registerTenant, type TestClient } from "../../harness/client.ts";
import { startSystem, type System } from "../../harness/system.ts";
import { makePhone, pairSession } from "../../journeys/pairing.ts";

const services = [
  "api-gateway",
  "auth",
  "tenant",
  "session",
  "session-node",
  "message",
  "sandbox",
  "analytics",
] as const;
let system: System;
let api: TestClient;

beforeAll(async () => {
  system = await startSystem({ services, environment: { WPP_SIGNUP: "open", WPP_THREADS: "0" } });
  api = await registerTenant(system.url);
});
afterAll(() => system.stop());

const send = (to: string, more: object = {}) =>
  api.expect<Message>(202, "POST", "/sessions/main/messages", { to, type: "text", text: "counted", ...more });
const becomes = (message: Message, status: Message["status"]) =>
  api.until<Message>(`/messages/${message.id}`, (seen) => seen.status === status);

test("sent, delivered, read, failed, cancelled and received are counted, each message once", async () => {
  const own = await makePhone(api, "Own");
  const [reader, other] = [await makePhone(api, "Reader", { autoRead: true }), await makePhone(api, "Other")];
  await pairSession(api, "main", "light", own);
  const read = await Promise.all([send(reader), send(reader)]);
  const delivered = await Promise.all([send(other), send(other), send(other)]);
  const failed = await send("+15550999999");
  const later = await send(other, { sendAt: new Date(Date.now() + 3_600_000).toISOString() });
  await api.expect(200, "POST", `/messages/${later.id}/cancel`);
  await api.expect(201, "POST", `/sandbox/phones/${other}/messages`, { to: own, text: "back" });
  for (const message of read) await becomes(message, "read");
  for (const message of delivered) await becomes(message, "delivered");
  await becomes(failed, "failed");
  const { total, sessions } = await api.until<Overview>(
    "/analytics/overview",
    ({ total: { counts } }) => counts.received === 1 && counts.failed === 1 && counts.delivered === 5,
  );
  expect(total.counts).toMatchObject({
    queued: 6,
    sent: 5,
    delivered: 5,
    read: 2,
    failed: 1,
    expired: 0,
    cancelled: 1,
    received: 1,
    connected: 1,
  });
  expect(total.rates).toEqual({ delivery: 1, read: 0.4, failure: 0.1667 });
  expect(sessions).toMatchObject([{ name: "main", counts: total.counts }]);
  const { causes } = await api.expect<Failures>(200, "GET", "/analytics/failures");
  expect(causes).toMatchObject([{ status: "failed", cause: "number_not_on_whatsapp", count: 1, share: 1 }]);
}, 90_000);
