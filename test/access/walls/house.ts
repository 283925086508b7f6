/** A tenant with some of everything, all of it marked, so that a trace of it anywhere else is seen. Two of them have the same shape. */
import { randomInt } from "node:crypto";
import { createId, type IdKind } from "../../../contracts/ids.ts";
import { Scope } from "../../../contracts/permissions.ts";
import type { Backup } from "../../../contracts/routes/backup.ts";
import type { Message } from "../../../contracts/routes/message.ts";
import type { Delivery } from "../../../contracts/routes/webhook.ts";
import { clientOf, createKey, PASSWORD, registerTenant, type Account, type SignedIn } from "../../harness/accounts.ts";
import type { TestClient } from "../../harness/client.ts";
import type { System } from "../../harness/system.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../../harness/webhook-receiver.ts";
import { itemOf, makePhone, pairSession } from "../../journeys/pairing.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/** The values of path parameters, by the part of the path before them. */
export type Places = Readonly<Record<string, string>>;

export interface House {
  /** The word that is in every name and text of it. */
  readonly word: string;
  readonly account: Account;
  readonly owner: TestClient;
  /** An API key that may do all that a key may. */
  readonly key: TestClient;
  readonly viewer: TestClient;
  readonly places: Places;
  readonly sessionName: string;
  readonly own: string;
  readonly customer: string;
  readonly uploadId: string;
  readonly batchId: string;
  readonly receiver: WebhookReceiver;
  /** What must not be seen outside: ids, numbers, names. */
  readonly marks: readonly string[];
}

/** A place that is nobody's, in the shape of the real ones. */
export function nowhere(): Places {
  const id = (kind: IdKind) => createId(kind);
  const phone = `1555${randomInt(1_000_000, 9_999_999)}`;
  return {
    "sessions/:session": id("session"),
    "chats/:chatId": `${phone}@c.us`,
    "presence/:chatId": `${phone}@c.us`,
    "contacts/:id": `${phone}@c.us`,
    "groups/:id": `1203630${randomInt(100_000_000)}@g.us`,
    "messages/:id": id("message"),
    "users/:id": id("user"),
    "api-keys/:id": id("apiKey"),
    "logins/:id": id("login"),
    "tenants/:id": id("tenant"),
    "webhooks/:id": id("webhook"),
    "deliveries/:id": id("delivery"),
    "backups/:id": id("backup"),
    "phones/:phone": phone,
  };
}

/** Fills in a path's parameters; fails for one that nobody has thought of, so that a new route is not left out by silence. */
export function fill(path: string, places: Places): string {
  return path.replace(/([\w-]+)\/:(\w+)/g, (_match, before: string, name: string) => {
    const value = places[`${before}/:${name}`];
    if (value === undefined)
      throw new Error(
        `${path}: nothing is known for "${before}/:${name}"; add it to the places in test/access/walls/house.ts`,
      );
    return `${before}/${encodeURIComponent(value)}`;
  });
}

async function addViewer(system: System, account: Account, word: string): Promise<{ id: string; client: TestClient }> {
  const email = `viewer@${word}.test`;
  const { id } = await account.owner.expect<{ id: string }>(201, "POST", "/users", {
    email,
    name: `${word} viewer`,
    role: "viewer",
    password: PASSWORD,
  });
  const anonymous = clientOf(system);
  const { accessToken } = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", { email, password: PASSWORD });
  return { id, client: anonymous.with({ authorization: `Bearer ${accessToken}` }) };
}

/** Messages in both directions, a batch, an upload and a group. */
async function converse(owner: TestClient, word: string, phones: { own: string; customer: string }) {
  const { own, customer } = phones;
  const name = `${word}-main`;
  const path = `/sessions/${name}/messages`;
  const form = new FormData();
  form.append("file", new Blob([Buffer.from(PNG, "base64")], { type: "image/png" }), `${word}.png`);
  const { uploadId } = await owner.expect<{ uploadId: string }>(201, "POST", "/uploads", form);
  const text = await owner.expect<Message>(202, "POST", path, {
    to: customer,
    type: "text",
    text: `${word} text`,
    clientRef: `${word}-1`,
  });
  const image = await owner.expect<Message>(202, "POST", path, {
    to: customer,
    type: "image",
    media: { uploadId },
    caption: `${word} caption`,
  });
  await itemOf(owner, customer, ({ id }) => id === image.waId);
  const bulk = { recipients: [customer], message: { type: "text", text: `${word} batch` } };
  const { batchId } = await owner.expect<{ batchId: string }>(202, "POST", `${path}/bulk`, bulk);
  await owner.expect(201, "POST", `/sandbox/phones/${customer}/messages`, { to: own, text: `${word} answer` });
  const inbox = await owner.until<{ data: Message[] }>(`${path}?direction=inbound`, ({ data }) => data.length > 0);
  const outbox = await owner.until<{ data: Message[] }>(`${path}?direction=outbound`, ({ data }) =>
    data.every(({ status }) => status === "delivered"),
  );
  const group = await owner.expect<{ id: string }>(201, "POST", `/sessions/${name}/groups`, {
    name: `${word} group`,
    participants: [customer],
  });
  const marks = [...inbox.data, ...outbox.data].flatMap(({ id, waId }) => [id, waId]);
  return { uploadId, batchId, messageId: text.id, groupId: group.id, marks: [...marks, uploadId, batchId, group.id] };
}

async function registerHook(owner: TestClient, word: string): Promise<{ receiver: WebhookReceiver; id: string }> {
  const receiver = await startWebhookReceiver();
  const made = await owner.expect<{ id: string; secret: string }>(201, "POST", "/webhooks", {
    url: receiver.url,
    events: ["*"],
    description: `${word} hook`,
  });
  receiver.trust(made.secret);
  return { receiver, id: made.id };
}

async function exportAll(owner: TestClient): Promise<string> {
  const { id } = await owner.expect<Backup>(202, "POST", "/exports", {});
  await owner.until<Backup>(`/backups/${id}`, ({ status }) => status === "finished");
  return id;
}

/** As ids of chats have it. */
function digitsOf(phone: string): string {
  return phone.replace("+", "");
}

/** Makes a tenant and everything in it. */
export async function furnish(system: System, word: string): Promise<House> {
  const account = await registerTenant(system, word);
  const { owner } = account;
  const viewer = await addViewer(system, account, word);
  const key = await createKey(account, { name: `${word} key`, scopes: Scope.options });
  const hook = await registerHook(owner, word);
  const own = digitsOf(await makePhone(owner, `${word} own`));
  const customer = digitsOf(await makePhone(owner, `${word} customer`));
  const session = await pairSession(owner, `${word}-main`, "light", own);
  const talk = await converse(owner, word, { own, customer });
  const backupId = await exportAll(owner);
  const logins = await owner.expect<{ data: { id: string }[] }>(200, "GET", "/auth/logins");
  const deliveries = await owner.until<{ data: Delivery[] }>(
    `/webhooks/${hook.id}/deliveries`,
    ({ data }) => data.length > 0,
  );
  const places: Places = {
    "sessions/:session": session.id,
    "chats/:chatId": `${customer}@c.us`,
    "presence/:chatId": `${customer}@c.us`,
    "contacts/:id": `${customer}@c.us`,
    "groups/:id": talk.groupId,
    "messages/:id": talk.messageId,
    "users/:id": viewer.id,
    "api-keys/:id": key.id,
    "logins/:id": logins.data[0]!.id,
    "tenants/:id": account.tenantId,
    "webhooks/:id": hook.id,
    "deliveries/:id": deliveries.data[0]!.id,
    "backups/:id": backupId,
    "phones/:phone": own,
  };
  const addresses = new Set(["chats/:chatId", "presence/:chatId", "contacts/:id"]);
  const ids = Object.entries(places).flatMap(([place, id]) => (addresses.has(place) ? [] : [id]));
  const marks = [...new Set([word, own, customer, account.userId, account.email, ...ids, ...talk.marks])];
  return {
    ...{ word, account, owner, key: key.client, viewer: viewer.client, places, own, customer, marks },
    ...{ sessionName: `${word}-main`, uploadId: talk.uploadId, batchId: talk.batchId, receiver: hook.receiver },
  };
}

/** The marks of a house that a text has, beside those that the question itself has named. */
export function tracesIn(text: string, house: House, asked = ""): string[] {
  const [heard, said] = [text.toLowerCase(), asked.toLowerCase()];
  return house.marks.filter((mark) => heard.includes(mark.toLowerCase()) && !said.includes(mark.toLowerCase()));
}
