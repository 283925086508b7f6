/** Every route of the door is called once, as wppconnect-server's documentation describes it, and its answer checked. */
import type { Message } from "../../../contracts/message.ts";
import { Router } from "../../../services/api-gateway/bindings.ts";
import { absentRoutes, doorRoutes } from "../../../services/api-gateway/wppconnect/table.ts";
import type { TestClient } from "../../harness/client.ts";
import { PNG } from "../../harness/media-files.ts";
import { until, type System } from "../../harness/system.ts";
import type { DoorAnswer, WppconnectClient } from "../../harness/wppconnect-client.ts";
import { some, OK, PICTURE, SENT, startDoor, WID } from "../../harness/wppconnect-door.ts";

let system: System;
let api: TestClient;
let client: WppconnectClient;
let secret = "";
let own = "";
let ana = "";
const called = new Set<string>();
const router = new Router(doorRoutes.map((route) => ({ method: route.method, fullPath: route.path, route })));

/** Calls a route and notes which one it was. */
async function call(method: string, path: string, body?: unknown): Promise<DoorAnswer> {
  const full = path.startsWith("/") ? path : `/api/main/${path}`;
  const found = router.find(method, full.split("?")[0]!);
  if (found !== null) called.add(`${method} ${found.target.fullPath}`);
  return client.ask(method, full, body);
}

/** Calls it and checks status and body. */
async function expectAnswer(
  method: string,
  path: string,
  body: unknown,
  status: number,
  shape: unknown,
): Promise<unknown> {
  const answer = await call(method, path, body);
  expect({ path, status: answer.status, body: answer.body }).toMatchObject({ path, status, body: shape });
  return answer.body.response ?? answer.body;
}

const get = (path: string, shape: unknown = OK, status = 200) => expectAnswer("GET", path, undefined, status, shape);
const post = (path: string, body: unknown = {}, shape: unknown = OK, status = 200) =>
  expectAnswer("POST", path, body, status, shape);
const put = (path: string, body: unknown = {}, shape: unknown = OK, status = 200) =>
  expectAnswer("PUT", path, body, status, shape);
const send = async (path: string, body: object): Promise<string> => {
  const [message] = (await post(path, { phone: ana, ...body }, SENT, 201)) as { id: string }[];
  return message!.id;
};
const settled = (id: string) =>
  api.until<Message>(`/messages/${id}`, ({ status }) => status === "read" || status === "delivered");

beforeAll(async () => {
  ({ system, api, client, secret, own, ana } = await startDoor({ business: true }));
}, 60_000);

afterAll(() => system?.stop());

test("tokens and sessions", async () => {
  called.add("POST /api/:session/:secretkey/generate-token");
  expect((await client.generateToken(secret)).body).toEqual({
    status: "success",
    session: "main",
    token: client.token,
    full: `main:${client.token}`,
  });
  await get(`/api/${secret}/show-all-sessions`, { response: ["main"] });
  await post(`/api/${secret}/start-all`, undefined, { status: "success", message: some(String) }, 201);
  await get("check-connection-session", { status: true, message: "Connected" });
  await get("status-session", { status: "CONNECTED", qrcode: null, urlcode: "", version: null });
  await get("qrcode-session", { status: "CONNECTED", message: some(String) });
  await post("start-session", {}, { status: "CONNECTED" });
  await post("set-online-presence", { isOnline: true }, { response: { message: some(String) } });
  await post("subscribe-presence", { phone: ana }, { response: { message: some(String) } });
  // The light driver has no page.
  await get("take-screenshot", { error: { code: "unsupported" } }, 409);
});

test("messages", async () => {
  const id = await send("send-message", { message: "one" });
  await settled(id);
  await get(`message-by-id/${id}`, { response: { data: { id, body: "one", type: "chat", chatId: `${ana}@c.us` } } });
  const image = await send("send-image", { base64: PICTURE });
  await send("send-file", { base64: PICTURE, filename: "dot.png", caption: "a dot" });
  await send("send-file-base64", { base64: PICTURE });
  await get(`get-media-by-message/${image}`, { mimetype: "image/png", base64: some(String) });
  await post("download-media", { messageId: image }, { mimetype: "image/png", base64: some(String) });
  await send("send-sticker", { path: PICTURE });
  await send("send-sticker-gif", { path: PICTURE });
  await send("send-reply", { message: "two", messageId: id });
  await send("send-link-preview", { url: "https://example.com", caption: "look" });
  await send("send-location", { lat: "-23.5", lng: "-46.6", title: "Shop" });
  await send("send-mentioned", { message: "hi @you", mentioned: [`${ana}@c.us`] });
  await send("send-buttons", { message: "Choose", options: { buttons: [{ id: "a", text: "A" }] } });
  const sections = [{ title: "S", rows: [{ rowId: "r", title: "R", description: "" }] }];
  await send("send-list-message", { description: "Choose", sections });
  await send("send-order-message", { items: [{ name: "Cake", qnt: 2, price: 15_000 }] });
  const poll = await send("send-poll-message", { name: "When?", choices: ["Mon", "Tue"] });
  await settled(poll);
  await get(`votes/${poll}`, { response: { msgId: poll, chatId: `${ana}@c.us`, votes: [] } });
  await send("send-pix-key", { keyType: "EMAIL", name: "Shop", key: "shop@example.com" });
  await send("forward-messages", { messageId: id });
  await post("contact-vcard", { phone: ana, contactsId: own, name: "Own" }, { response: [{ id: some(String) }] });
  await post("react-message", { msgId: id, reaction: "👍" }, { response: { message: some(String) } });
  await until(async () => {
    const { body } = await call("GET", `reactions/${id}`);
    return (body.response as { reactions: object[] }).reactions.length === 1;
  });
  await post("star-message", { messageId: id, star: true }, { response: { message: some(String) } });
  await post("edit-message", { id, newText: "ONE" }, { response: { id: some(String) } }, 201);
  await post("delete-message", { phone: ana, messageId: [poll] }, { response: { message: some(String) } });
});

test("voice notes are converted, and what is no audio is refused with the field", async () => {
  for (const path of ["send-voice", "send-voice-base64"])
    await post(path, { phone: ana, base64Ptt: PICTURE }, { error: { code: some(String) } }, 422);
});

test("chats", async () => {
  await get("all-chats", {
    mapper: "chat",
    response: expect.arrayContaining([expect.objectContaining({ isUser: true })]),
  });
  await post("list-chats", { count: 1 }, [{ id: WID, unreadCount: some(Number), isGroup: false }]);
  await get("all-chats-with-messages");
  await get(`chat-by-id/${ana}`, { id: { _serialized: `${ana}@c.us` } });
  for (const path of ["all-messages-in-chat", "load-messages-in-chat", "get-messages"])
    await get(`${path}/${ana}`, { response: expect.arrayContaining([expect.objectContaining({ body: "ONE" })]) });
  await api.expect(201, "POST", `/sandbox/phones/+${ana}/messages`, { to: own, type: "text", text: "unread" });
  await until(async () => {
    const { body } = await call("GET", "all-unread-messages");
    return (body.response as object[]).length === 1;
  });
  for (const path of ["all-new-messages", "unread-messages"]) await get(path, { response: [{ body: "unread" }] });
  await get(`chat-is-online/${ana}`, { response: some(Boolean) });
  await get(`last-seen/${ana}`);
  const chat = { phone: ana };
  await post("send-seen", chat);
  await post("archive-chat", { ...chat, value: true }, { response: [{ archive: true }] }, 201);
  await get("all-chats-archived", [{ archive: true }], 201);
  await post("archive-chat", { ...chat, value: false }, OK, 201);
  await post("pin-chat", { ...chat, state: "true" });
  await post("mark-unseen", chat);
  await post("send-mute", { ...chat, time: 8, type: "hours" });
  await get("list-mutes/muted", { response: [{ id: `${ana}@c.us`, isMuted: true }] });
  await post("chat-state", { ...chat, chatstate: "0" });
  await post("typing", { ...chat, value: true });
  await post("recording", { ...chat, value: false });
  await post("temporary-messages", { ...chat, value: true });
  await post("archive-all-chats", {}, OK, 201);
  await post("clear-chat", chat);
  await post("clear-all-chats", {}, OK, 201);
});

test("contacts and the account's profile", async () => {
  await get(`check-number-status/${ana}`, { response: { id: WID, numberExists: true, status: 200 } });
  await get("check-number-status/15550109999", { response: { numberExists: false, status: 404 } });
  await get("all-contacts", { response: some(Array) });
  await get(`contact/${ana}`, { response: { id: { _serialized: `${ana}@c.us` }, pushname: some(String) } });
  await get(`contact/pn-lid/${ana}`, { response: { lid: WID, phoneNumber: { user: ana } } });
  await get(`profile/${ana}`, { response: { numberExists: true } });
  await get(`profile-pic/${ana}`, { response: { id: WID } });
  await get(`profile-status/${ana}`, { response: { id: `${ana}@c.us`, status: some(String) } });
  await post("block-contact", { phone: ana });
  await get("blocklist", { response: [`${ana}@c.us`] });
  await post("unblock-contact", { phone: ana });
  await get("host-device", { mapper: "device", response: { wid: { user: own }, pushname: "Own" } });
  await get("get-phone-number", { mapper: "device", response: `${own}@c.us` });
  await post("profile-status", { status: "Open" });
  await post("change-username", { name: "Shop" });
  const form = new FormData();
  form.set("file", new File([Uint8Array.from(PNG)], "dot.png", { type: "image/png" }));
  await post("set-profile-pic", form);
  await post("edit-business-profile", { description: "Cakes" }, { description: "Cakes" });
  await post("reject-call", { callId: "no-such-call" }, { error: { code: some(String) } }, 404);
});

test("groups and communities", async () => {
  const created = (await post("create-group", { name: "Team", participants: [ana] }, OK, 201)) as {
    groupInfo: { id: string; groupLink: string }[];
  };
  const { id: groupId, groupLink } = created.groupInfo[0]!;
  const people = { groupId, phone: ana };
  await get("all-groups", { response: [{ name: "Team", groupMetadata: { participants: some(Array) } }] });
  await get(`group-members/${groupId}`, { response: [{ id: WID, isAdmin: some(Boolean) }, {}] });
  await get(`group-members-ids/${groupId}`, { response: [WID, WID] });
  await get(`group-admins/${groupId}`, { response: [{ user: own }] });
  await get(`group-info/${groupId}`, { response: { name: "Team" } });
  await get(`group-invite-link/${groupId}`, { response: groupLink });
  await post("group-info-from-invite-link", { invitecode: groupLink }, { response: { subject: "Team", size: 2 } });
  await get(`common-groups/${ana}`, { response: [{ user: groupId }] });
  await post("promote-participant-group", people, { response: [{ success: true }] }, 201);
  await post("demote-participant-group", people, { response: [{ success: true }] }, 201);
  await post("remove-participant-group", people, { response: [{ success: true }] }, 201);
  await post("add-participant-group", people, { response: [{ success: true }] }, 201);
  await post("group-description", { groupId, description: "All of us" });
  await post("group-subject", { groupId, title: "Crew" });
  await post("group-property", { groupId, property: "announcement", value: true });
  await post("messages-admins-only", { groupId, value: false });
  await post("change-privacy-group", { groupId, status: "true" });
  const form = new FormData();
  form.set("groupId", groupId);
  form.set("file", new File([Uint8Array.from(PNG)], "dot.png", { type: "image/png" }));
  await post("group-pic", form, OK, 201);
  const link = await get(`group-revoke-link/${groupId}`, { response: some(String) });
  expect(link).not.toBe(groupLink);
  const { wid } = (await post("create-community", { name: "House", groupIds: [groupId] }, { wid: some(String) })) as {
    wid: string;
  };
  await get(`community-participants/${wid}`, expect.arrayContaining([expect.objectContaining({ id: some(Object) })]));
  await post("remove-community-subgroup", { id: wid, groupsIds: [groupId] }, { done: some(Array) });
  await post("add-community-subgroup", { id: wid, groupsIds: [groupId] }, { done: some(Array) });
  const member = { id: wid, participantsId: [`${ana}@c.us`] };
  for (const verb of ["promote", "demote"])
    expect((await call("POST", `${verb}-community-participant`, member)).status).toBeLessThan(500);
  await post("deactivate-community", { id: wid }, { deactivated: true });
  // The account is in the group already: what it may not do is answered, not thrown.
  expect((await call("POST", "join-code", { inviteCode: String(link) })).status).toBeLessThan(500);
  await post("leave-group", { groupId });
});

test("labels, statuses, channels, the catalogue and orders", async () => {
  const label = (await post(
    "add-new-label",
    { name: "New", options: { labelColor: 3 } },
    { response: { id: some(String) } },
    201,
  )) as { id: string };
  const options = [{ labelId: label.id, type: "add" }];
  await post("add-or-remove-label", { chatIds: [`${ana}@c.us`], options }, OK, 201);
  await get("get-all-labels", {
    response: expect.arrayContaining([expect.objectContaining({ name: "New", count: 1 })]),
  });
  await put(`delete-label/${label.id}`);
  await put("delete-all-labels");
  await post("send-status", { message: "Open" }, { response: [{ id: some(String) }] }, 201);
  await post("send-text-storie", { text: "Open" }, { response: [{ id: some(String) }] }, 201);
  await post("send-image-storie", { path: PICTURE }, { response: [{ id: some(String) }] }, 201);
  expect((await call("POST", "send-video-storie", { path: PICTURE })).status).toBe(422);
  const { idJid } = (await post(
    "newsletter",
    { name: "News", options: { description: "Daily" } },
    { name: "News" },
    201,
  )) as {
    idJid: string;
  };
  await put(`newsletter/${idJid}`, { name: "Weekly" }, { name: "Weekly" }, 201);
  expect((await call("POST", `mute-newsletter/${idJid}`)).status).toBeLessThan(500);
  await expectAnswer("DELETE", `newsletter/${idJid}`, undefined, 200, true);
  const product = (await post(
    "add-product",
    { name: "Cake", image: PICTURE, price: 10_000 },
    { response: { name: "Cake", currency: "BRL" } },
  )) as { id: string };
  const { id } = product;
  await get("get-products", { response: [{ id, name: "Cake" }] });
  await get("get-business-profiles-products", { response: [{ id }] });
  await get(`get-product-by-id?id=${id}`, { response: { id } });
  await post("edit-product", { id, options: { name: "Big cake" } }, { response: { name: "Big cake" } });
  await post("set-product-visibility", { id, value: true }, { response: { isHidden: true } });
  const collection = (await post(
    "create-collection",
    { name: "Cakes", products: [id] },
    { response: { products: [id] } },
  )) as { id: string };
  await get("get-collections", { response: [{ name: "Cakes" }] });
  await post(
    "edit-collection",
    { id: collection.id, options: { collectionName: "Pies" } },
    { response: { name: "Pies" } },
  );
  await post("del-collection", { id: collection.id });
  await post("del-products", { id: [id] });
  await post("send-link-catalog", { phones: [ana], message: "Look" }, { response: [{ id: some(String) }] });
  await get("get-order-by-messageId/msg_none", { error: { code: "not_found" } }, 404);
});

test("the session ends, and every route was called", async () => {
  await post("delete-chat", { phone: ana });
  await post("delete-all-chats", {}, OK, 201);
  await post("logout-session", {}, { status: true });
  await post("close-session", {}, { status: true });
  // PostgreSQL may end it for a deadlock with what the session still records: 503, which is to be repeated.
  const removed = await until(async () => {
    const answer = await call("POST", `/api/main/${secret}/clear-session-data`, {});
    return answer.status !== 503 && answer;
  });
  expect(removed).toMatchObject({ status: 200, body: { success: true } });
  expect(doorRoutes.map(({ method, path }) => `${method} ${path}`).filter((name) => !called.has(name))).toEqual([]);
}, 30_000);

test("what is not offered says why", async () => {
  for (const { method, path } of absentRoutes) {
    const full = path.replace(":session", "main").replace(":secretkey", secret).replace(/:\w+/, "x");
    const body = { message: expect.stringContaining("not offered here: ") as unknown };
    expect({ path, answer: await client.ask(method, full) }).toMatchObject({ path, answer: { status: 501, body } });
  }
});
