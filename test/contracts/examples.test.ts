/** A running system accepts every example of the API description. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { EXAMPLES } from "../../contracts/examples.ts";
import { routes } from "../../contracts/routes.ts";
import { TestClient } from "../harness/client.ts";
import { mediaFile, PNG } from "../harness/media-files.ts";
import { startSystem, type System } from "../harness/system.ts";
import { connected } from "../journeys/pairing.ts";

interface Answer {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Ends of an example that are right although they are no success: what it refers to does not exist here. */
const REFUSED: Readonly<Record<string, string>> = {
  "group.join": "target_not_found",
  "cluster.move": "not_found",
  "channel.viewStatus": "target_not_found",
  // The account of the examples is a business.
  "business.lists.create": "unsupported",
  "business.lists.update": "unsupported",
  "business.lists.setOfChat": "unsupported",
};

let system: System;
let files: Server;
let owner: TestClient;
const sent = new Set<string>();
/** What stands in the examples for something of the running system, and what it is here. */
const replacements = new Map<string, string>();

beforeAll(async () => {
  files = createServer((request, response) => {
    const name = request.url?.split("/").at(-1);
    response.end(name === "tour.mp4" ? mediaFile("clip.mp4") : name === "hello.ogg" ? mediaFile("voice.ogg") : PNG);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => files.once("listening", resolve));
  replacements.set("https://files.example.com", `http://127.0.0.1:${(files.address() as AddressInfo).port}`);
  replacements.set("2026-03-03T08:00:00Z", new Date(Date.now() + 3_600_000).toISOString());
  system = await startSystem({
    services: SERVICE_NAMES,
    environment: { WPP_SANDBOX: "on", WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8" },
  });
});

afterAll(async () => {
  await system.stop();
  await new Promise((resolve) => files.close(resolve));
});

/** Sends all examples of the action; the result is the response to the first. */
async function send(action: string, path: Readonly<Record<string, string>> = {}, extra: object = {}): Promise<Answer> {
  const route = routes.find((candidate) => candidate.action === action)!;
  const url = route.path.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(path[name]!));
  const answers: Answer[] = [];
  for (const [summary, example] of Object.entries(EXAMPLES[action]!)) {
    let text = JSON.stringify({ ...(example as object), ...extra });
    for (const [placeholder, value] of replacements) text = text.replaceAll(placeholder, value);
    const { status, body } = await owner.ask<Answer>(route.method, url, JSON.parse(text));
    const isRight = route.responses[status] !== undefined || body["code"] === REFUSED[action];
    expect({ action, summary, isRight, ...(isRight ? {} : { body }) }).toEqual({ action, summary, isRight: true });
    answers.push(body);
  }
  sent.add(action);
  return answers[0]!;
}

test("accounts", async () => {
  const { url } = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
  owner = new TestClient(system.url);
  await send("auth.setupToken", {}, { setupToken: url.split("#")[1] });
  const { accessToken } = await send("auth.register", {}, { setupToken: url.split("#")[1] });
  owner = owner.with({ authorization: `Bearer ${String(accessToken)}` });
  const { refreshToken } = await send("auth.login");
  replacements.set("wGk3XvQ0rT8yLz5nB1cD", String(refreshToken));
  await send("auth.refresh");
  const { id } = await send("auth.users.create");
  await send("auth.users.update", { id });
  await send("tenant.update");
  await send("tenant.all.update", { id: (await send("tenant.all.create")).id });
});

test("a session and its phones", async () => {
  await send("session.create");
  await owner.expect(202, "POST", "/sessions/support/start");
  await send("sandbox.createPhone");
  for (const phone of ["+15550100001", "+15550100003"])
    await owner.expect(201, "POST", "/sandbox/phones", { phone, business: true });
  const { qr } = await owner.expect<{ qr: string }>(200, "GET", "/sessions/support/qr?wait=30");
  replacements.set("2@pT0xE5iVn3oQkYs8rWz1uA==", qr);
  await send("sandbox.scan", { phone: "15550100001" });
  await connected(owner, "support");
  await send("session.update", { session: "support" });
  await send("session.resumeQueue", { session: "support" });
  await send("auth.keys.create");
});

test("messages", async () => {
  const session = "support";
  await send("sandbox.sendMessage", { phone: "15550100002" });
  const inbound = await owner.until<{ data: Answer[] }>("/messages?direction=inbound", ({ data }) => data.length === 2);
  replacements.set("msg_0195536fa1d47c3e9b0a4c6d8e2f1a70", inbound.data[0]!.id);
  const form = new FormData();
  form.append("file", new Blob([PNG], { type: "image/png" }), "invoice.png");
  const { uploadId } = await owner.expect<{ uploadId: string }>(201, "POST", "/uploads", form);
  replacements.set("upl_0195536fb7e67a2f8c1d3e5f70819a2b", uploadId);
  const { id } = await send("message.send", { session });
  await send("message.bulk", { session });
  await owner.until<Answer>(`/messages/${id}`, ({ status }) => status === "read");
  for (const action of ["message.edit", "message.forward", "message.star", "message.pin", "message.keep"])
    await send(action, { id });
});

test("the account's contacts, groups and presence", async () => {
  const session = "support";
  for (const change of ["update", "setPicture", "updateBusiness", "updatePrivacy"])
    await send(`profile.${change}`, { session });
  await send("contact.check", { session });
  const { id } = await send("group.create", { session });
  for (const change of ["update", "promote", "demote", "removeParticipants", "addParticipants", "answerRequests"])
    await send(`group.${change}`, { session, id });
  await send("message.invite", { session, id });
  await send("message.postStatus", { session });
  await send("channel.viewStatus", { session, id: "3EB0C431C26A1916E07A" });
  const community = await send("group.communities.create", { session });
  for (const change of ["addGroups", "removeGroups"])
    await send(`group.communities.${change}`, { session, id: community.id });
  await send("contact.setDisappearing", { session, chatId: "15550100002@c.us" });
  const product = await send("business.products.create", { session });
  await send("business.products.update", { session, id: product.id });
  const collection = await send("business.collections.create", { session }, { products: [product.id] });
  await send("business.collections.update", { session, id: collection.id });
  const channel = await send("channel.create", { session });
  await send("channel.update", { session, id: channel.id });
  const label = await send("business.labels.create", { session });
  await send("business.labels.update", { session, id: label.id });
  await send("business.labels.setOfChat", { session, chatId: "15550100002@c.us" });
  for (const action of ["create", "update", "setOfChat"])
    await send(`business.lists.${action}`, { session, id: "1", chatId: "15550100002@c.us" });
  await send("group.setPicture", { session, id });
  await send("contact.save", { session, id: "15550100002@c.us" });
  await send("group.join", { session });
  await send("presence.typing", { session, chatId: "15550100002@c.us" });
  await send("presence.subscribe", { session });
  await send("presence.set", { session });
});

test("webhooks and backups", async () => {
  const { id } = await send("webhook.create");
  await send("webhook.update", { id });
  await send("webhook.replay", { id });
  await send("backup.schedule.put");
  const backup = await send("backup.create");
  await owner.until<Answer>(
    `/backups/${backup.id}`,
    ({ status, activity }) => status === "finished" && activity === null,
  );
  await send("backup.restore", { id: backup.id });
  await send("backup.export");
});

test("simulated phones", async () => {
  const phone = "15550100002";
  for (const action of ["sendTyping", "setPresence", "readChat", "call", "act"])
    await send(`sandbox.${action}`, { phone });
  await send("sandbox.changePhone", { phone });
  await send("sandbox.setFaults");
  await owner.expect(200, "PUT", "/sandbox/faults", {});
  await send("sandbox.unlinkDevices", { phone: "15550100001" });
  await owner.expect(201, "POST", "/sessions", { name: "second", network: "sandbox" });
  await owner.expect(202, "POST", "/sessions/second/start");
  await owner.expect(200, "GET", "/sessions/second/qr?wait=30");
  await send("session.pairingCode", { session: "second" });
});

test("the cluster", async () => {
  const node = system.broker.nodeID;
  await send("cluster.rebalance");
  await send("cluster.move", { session: "support" });
  for (const action of ["drain", "undrain"]) await send(`cluster.${action}`, { node });
});

test("no example was left out", async () => {
  await send("auth.password");
  expect([...sent].toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
});
