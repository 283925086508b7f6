/** The forms of a webhook's body: each endpoint gets the same event in its own. */
import { createId } from "../../../contracts/ids.ts";
import { toSessionName } from "../../../compat/wppconnect/names.ts";
import { startWebhookSystem, type WebhookSystem } from "../../harness/webhook-system.ts";
import { until } from "../../harness/system.ts";

let hooks: WebhookSystem;

beforeAll(async () => {
  hooks = await startWebhookSystem();
}, 60_000);
afterAll(() => hooks?.stop());

test("an event without a body in wppconnect-server's form is not sent, and the delivery says so", async () => {
  const { account } = await hooks.setUp("Formats", "/formats", { events: ["session.updated"], format: "wppconnect" });
  const { data } = await account.owner.expect<{ data: { id: string; format: string }[] }>(200, "GET", "/webhooks");
  expect(data[0]!.format).toBe("wppconnect");
  await hooks.append(account, "session.updated", { name: "renamed" }, createId("session"));
  const delivered = await until(async () => {
    const page = await account.owner.expect<{ data: { status: string; attempts: { response: string }[] }[] }>(
      200,
      "GET",
      `/webhooks/${data[0]!.id}/deliveries`,
    );
    return page.data.find(({ status }) => status === "delivered");
  });
  expect(delivered.attempts[0]!.response).toContain("has no such event");
});

test("a CloudEvent has the event's own data, and the signature covers it", async () => {
  const { account } = await hooks.setUp("Cloud", "/cloud", { events: ["session.updated"], format: "cloudevents" });
  const sessionId = createId("session");
  const id = await hooks.append(account, "session.updated", { name: "renamed" }, sessionId);
  const { event } = await until(() => hooks.received.find((received) => received.event.id === id));
  expect(event).toMatchObject({
    specversion: "1.0",
    type: "session.updated",
    source: `/sessions/${sessionId}`,
    data: { name: "renamed" },
  });
});

test("names of sessions that wppconnect-server takes are names here", () => {
  expect(toSessionName("NERDWHATS_AMERICA")).toBe("nerdwhats_america");
  expect(toSessionName("Loja São Paulo!")).toBe("loja-s-o-paulo-");
  expect(toSessionName("--x")).toBe("x");
  expect(toSessionName("ses_1")).toBe("ses-1");
  expect(toSessionName("")).toBe("session");
});
