/** A tenant with resources of every kind. All of them are marked, so that a leak to another tenant is recognised. */
import { randomInt } from "node:crypto";
import { createId, type IdKind } from "../../../contracts/ids.ts";
import { Scope } from "../../../contracts/permissions.ts";
import type { Backup } from "../../../contracts/routes/backup.ts";
import type { Message } from "../../../contracts/message.ts";
import type { Delivery } from "../../../contracts/routes/webhook.ts";
import { clientOf, createKey, PASSWORD, registerTenant, type Account, type SignedIn } from "../../harness/accounts.ts";
import type { TestClient } from "../../harness/client.ts";
import type { System } from "../../harness/system.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../../harness/webhook-receiver.ts";
import { itemOf, makePhone, pairSession } from "../../journeys/pairing.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/** The values of path parameters, by the path segment before them. */
export type PathParameters = Readonly<Record<string, string>>;

export interface TenantFixture {
  /** Part of every name and text of the tenant. */
  readonly keyword: string;
  readonly account: Account;
  readonly owner: TestClient;
  /** Uses an API key with every scope that a key can have. */
  readonly key: TestClient;
  readonly viewer: TestClient;
  readonly parameters: PathParameters;
  readonly sessionName: string;
  readonly own: string;
  readonly customer: string;
  readonly uploadId: string;
  readonly batchId: string;
  readonly receiver: WebhookReceiver;
  /** Ids, phone numbers and names that no other tenant may see. */
  readonly markers: readonly string[];
}

/** Well-formed parameters that name no existing resource. */
export function unknownParameters(): PathParameters {
  const id = (kind: IdKind) => createId(kind);
  const phone = `1555${randomInt(1_000_000, 9_999_999)}`;
  return {
    "sessions/:session": id("session"),
    "chats/:chatId": `${phone}@c.us`,
    "presence/:chatId": `${phone}@c.us`,
    "contacts/:id": `${phone}@c.us`,
    "calls/:callId": "nothing-rings",
    "channels/:id": "120363777777777777@newsletter",
    "status/:id": "3EB000000000000000",
    "communities/:id": "120363000000000008@g.us",
    "products/:id": "no-such-product",
    "collections/:id": "no-such-collection",
    "labels/:id": "no-such-label",
    "lists/:id": "no-such-list",
    "invites/:invite": "BkQ7Vt2mXz9LwYp4RsNcJd",
    "groups/:id": `1203630${randomInt(100_000_000)}@g.us`,
    "messages/:id": id("message"),
    "users/:id": id("user"),
    "nodes/:node": "nowhere",
    "api-keys/:id": id("apiKey"),
    "logins/:id": id("login"),
    "tenants/:id": id("tenant"),
    "webhooks/:id": id("webhook"),
    "deliveries/:id": id("delivery"),
    "backups/:id": id("backup"),
    "phones/:phone": phone,
  };
}

/** Fills in a path's parameters; throws for an unknown one, so that a new route is not left out silently. */
export function fillPath(path: string, parameters: PathParameters): string {
  return path.replace(/([\w-]+)\/:(\w+)/g, (_match, before: string, name: string) => {
    const value = parameters[`${before}/:${name}`];
    if (value === undefined)
      throw new Error(
        `${path}: add a value for "${before}/:${name}" to the parameters in test/access/isolation/tenant-fixture.ts`,
      );
    return `${before}/${encodeURIComponent(value)}`;
  });
}

async function addViewer(
  system: System,
  account: Account,
  keyword: string,
): Promise<{ id: string; client: TestClient }> {
  const email = `viewer@${keyword}.test`;
  const { id } = await account.owner.expect<{ id: string }>(201, "POST", "/users", {
    email,
    name: `${keyword} viewer`,
    role: "viewer",
    password: PASSWORD,
  });
  const anonymous = clientOf(system);
  const { accessToken } = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", { email, password: PASSWORD });
  return { id, client: anonymous.with({ authorization: `Bearer ${accessToken}` }) };
}

/** Messages in both directions, a batch, an upload and a group. */
async function addConversation(owner: TestClient, keyword: string, phones: { own: string; customer: string }) {
  const { own, customer } = phones;
  const name = `${keyword}-main`;
  const path = `/sessions/${name}/messages`;
  const form = new FormData();
  form.append("file", new Blob([Buffer.from(PNG, "base64")], { type: "image/png" }), `${keyword}.png`);
  const { uploadId } = await owner.expect<{ uploadId: string }>(201, "POST", "/uploads", form);
  const text = await owner.expect<Message>(202, "POST", path, {
    to: customer,
    type: "text",
    text: `${keyword} text`,
    clientRef: `${keyword}-1`,
  });
  const image = await owner.expect<Message>(202, "POST", path, {
    to: customer,
    type: "image",
    media: { uploadId },
    caption: `${keyword} caption`,
  });
  await itemOf(owner, customer, ({ id }) => id === image.waId);
  const bulk = { recipients: [customer], message: { type: "text", text: `${keyword} batch` } };
  const { batchId } = await owner.expect<{ batchId: string }>(202, "POST", `${path}/bulk`, bulk);
  await owner.expect(201, "POST", `/sandbox/phones/${customer}/messages`, { to: own, text: `${keyword} answer` });
  const inbox = await owner.until<{ data: Message[] }>(`${path}?direction=inbound`, ({ data }) => data.length > 0);
  const outbox = await owner.until<{ data: Message[] }>(`${path}?direction=outbound`, ({ data }) =>
    data.every(({ status }) => status === "delivered"),
  );
  const group = await owner.expect<{ id: string }>(201, "POST", `/sessions/${name}/groups`, {
    name: `${keyword} group`,
    participants: [customer],
  });
  const markers = [...inbox.data, ...outbox.data].flatMap(({ id, waId }) => [id, waId]);
  return {
    uploadId,
    batchId,
    messageId: text.id,
    groupId: group.id,
    markers: [...markers, uploadId, batchId, group.id],
  };
}

async function registerHook(owner: TestClient, keyword: string): Promise<{ receiver: WebhookReceiver; id: string }> {
  const receiver = await startWebhookReceiver();
  const made = await owner.expect<{ id: string; secret: string }>(201, "POST", "/webhooks", {
    url: receiver.url,
    events: ["*"],
    description: `${keyword} hook`,
  });
  receiver.trust(made.secret);
  return { receiver, id: made.id };
}

async function exportAll(owner: TestClient): Promise<string> {
  const { id } = await owner.expect<Backup>(202, "POST", "/exports", {});
  await owner.until<Backup>(`/backups/${id}`, ({ status }) => status === "finished");
  return id;
}

/** The number as it occurs in chat ids. */
function digitsOf(phone: string): string {
  return phone.replace("+", "");
}

/** Creates a tenant with all its resources. */
export async function createTenant(system: System, keyword: string): Promise<TenantFixture> {
  const account = await registerTenant(system, keyword);
  const { owner } = account;
  const viewer = await addViewer(system, account, keyword);
  const key = await createKey(account, { name: `${keyword} key`, scopes: Scope.options });
  const hook = await registerHook(owner, keyword);
  const own = digitsOf(await makePhone(owner, `${keyword} own`));
  const customer = digitsOf(await makePhone(owner, `${keyword} customer`));
  const session = await pairSession(owner, `${keyword}-main`, "light", own);
  const conversation = await addConversation(owner, keyword, { own, customer });
  const backupId = await exportAll(owner);
  const logins = await owner.expect<{ data: { id: string }[] }>(200, "GET", "/auth/logins");
  const deliveries = await owner.until<{ data: Delivery[] }>(
    `/webhooks/${hook.id}/deliveries`,
    ({ data }) => data.length > 0,
  );
  const parameters: PathParameters = {
    "sessions/:session": session.id,
    "nodes/:node": "nowhere",
    "chats/:chatId": `${customer}@c.us`,
    "calls/:callId": "nothing-rings",
    "channels/:id": "120363777777777777@newsletter",
    "status/:id": "3EB000000000000000",
    "communities/:id": "120363000000000008@g.us",
    "products/:id": "no-such-product",
    "collections/:id": "no-such-collection",
    "labels/:id": "no-such-label",
    "lists/:id": "no-such-list",
    "invites/:invite": "BkQ7Vt2mXz9LwYp4RsNcJd",
    "presence/:chatId": `${customer}@c.us`,
    "contacts/:id": `${customer}@c.us`,
    "groups/:id": conversation.groupId,
    "messages/:id": conversation.messageId,
    "users/:id": viewer.id,
    "api-keys/:id": key.id,
    "logins/:id": logins.data[0]!.id,
    "tenants/:id": account.tenantId,
    "webhooks/:id": hook.id,
    "deliveries/:id": deliveries.data[0]!.id,
    "backups/:id": backupId,
    "phones/:phone": own,
  };
  const notIds = new Set([
    "chats/:chatId",
    "presence/:chatId",
    "contacts/:id",
    "calls/:callId",
    "invites/:invite",
    "nodes/:node",
    "channels/:id",
    "status/:id",
    "communities/:id",
    "products/:id",
    "collections/:id",
    "labels/:id",
    "lists/:id",
  ]);
  const ids = Object.entries(parameters).flatMap(([name, id]) => (notIds.has(name) ? [] : [id]));
  const markers = [
    ...new Set([keyword, own, customer, account.userId, account.email, ...ids, ...conversation.markers]),
  ];
  return {
    ...{ keyword, account, owner, key: key.client, viewer: viewer.client, parameters, own, customer, markers },
    ...{
      sessionName: `${keyword}-main`,
      uploadId: conversation.uploadId,
      batchId: conversation.batchId,
      receiver: hook.receiver,
    },
  };
}

/** The tenant's markers that occur in a text, except those that the request itself contained. */
export function findMarkers(text: string, tenant: TenantFixture, request = ""): string[] {
  const [found, given] = [text.toLowerCase(), request.toLowerCase()];
  return tenant.markers.filter(
    (marker) => found.includes(marker.toLowerCase()) && !given.includes(marker.toLowerCase()),
  );
}
