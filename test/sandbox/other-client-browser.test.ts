/**
 * Code that is not wa-js on the page: it requires the modules of the real client by their names, as whatsapp-web.js
 * does and in its order, until it is ready, and then works with chats and messages.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer";
import { SandboxMessage, type SandboxPhone } from "../../contracts/sandbox.ts";
import { openSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { PNG } from "../harness/media-files.ts";
import { until } from "../harness/system.ts";
import { openBrowser } from "./live-page.ts";

const TENANT = "ten_other_client";

/** A module of the page, or any part of one. */
interface Part {
  [name: string]: Part;
  (...args: unknown[]): Part;
}
interface InPage {
  require(id: string): Part;
  /** What the page's listeners have seen. */
  seen: { event: string; of: string; value: unknown }[];
  table: Part;
}

let dir: string;
let sandbox: Sandbox;
let browser: Browser;
let page: Page;
let owner: SandboxPhone;
let peer: SandboxPhone;

const send = (message: object) =>
  sandbox.phones.send(TENANT, peer.phone, SandboxMessage.parse({ to: owner.phone, ...message }));

async function seen(event: string, of: string): Promise<unknown> {
  const find = () => page.evaluate(() => (globalThis as unknown as InPage).seen);
  let found: InPage["seen"][number] | undefined;
  await until(async () => {
    found = (await find()).find((entry) => entry.event === event && entry.of.includes(of));
    return found !== undefined;
  }, 20_000);
  return found?.value;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "wpp-other-client-"));
  sandbox = await openSandbox({ dataDir: dir, host: "127.0.0.1" });
  owner = await sandbox.phones.create(TENANT, { name: "Owner" });
  peer = await sandbox.phones.create(TENANT, { name: "Peer" });
  ({ browser, page } = await openBrowser(sandbox, dir));
  await page.goto("https://web.whatsapp.com");
  await page.waitForFunction(() => "Debug" in globalThis);
});

afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await rm(dir, { recursive: true, force: true });
});

/** Runs in the page: the code as a client puts it together, when there is one. */
async function readCode(): Promise<string> {
  const { require: load } = globalThis as unknown as InPage;
  const browserUtils = load("WAWebMiscBrowserUtils");
  const { info } = browserUtils;
  Object.assign(browserUtils, { info: () => ({ ...info!(), os: "Another client" }) });
  const { Socket } = load("WAWebSocketModel");
  while (String(Socket!["state"]) === "OPENING") await new Promise((resolve) => setTimeout(resolve, 20));
  const { Conn } = load("WAWebConnModel");
  const { encodeB64 } = load("WABase64");
  const noise = await load("WAWebUserPrefsInfoStore")["waNoiseInfo"]!["get"]!();
  const signal = await load("WAWebSignalStoreApi")["waSignalStore"]!["getRegistrationInfo"]!();
  const secret = load("WAWebUserPrefsMultiDevice")["getADVSecretKey"]!();
  const { DEVICE_PLATFORM } = load("WAWebCompanionRegClientUtils");
  const keys = [noise["staticKeyPair"]!["pubKey"], signal["identityKeyPair"]!["pubKey"]].map((key) => encodeB64!(key));
  return [Conn!["ref"], ...keys, secret, DEVICE_PLATFORM].join(",");
}

/** Runs in the page: resolves when what came meanwhile is there, and listens from then on. */
async function listen(): Promise<void> {
  const page = globalThis as unknown as InPage;
  const { Socket } = page.require("WAWebSocketModel");
  await new Promise<void>((resolve) => {
    Socket!["on"]!("change:hasSynced", () => resolve());
  });
  page.seen = [];
  const { Msg } = page.require("WAWebCollections");
  const note = (event: string) => (message: Part, value: unknown) =>
    page.seen.push({ event, of: String(message["id"]), value: value ?? message["body"] });
  Msg!["on"]!("add", note("add"));
  Msg!["on"]!("change:ack", note("ack"));
  Msg!["on"]!("change:body change:caption", note("edit"));
  const table = page.require("WAWebAddonReactionTableMode")["reactionTableMode"]!;
  const original = table["bulkUpsert"]!;
  Object.assign(table, {
    bulkUpsert: (rows: Part[]) => {
      for (const row of rows)
        page.seen.push({ event: "reaction", of: String(row["reactionParentKey"]), value: row["reactionText"] });
      return original(rows);
    },
  });
}

test("it shows a code of its own making, is linked under its name, and becomes ready", async () => {
  const qr = await page.evaluate(readCode);
  expect(qr).toMatch(/^2@[^,]+(?:,[^,]+){4}$/);
  const ready = page.evaluate(listen);
  await sandbox.phones.scan(TENANT, owner.phone, { qr });
  await ready;
  const { devices } = await sandbox.phones.get(TENANT, owner.phone);
  expect(devices).toMatchObject([{ name: "Another client", connected: true }]);
});

test("it sees messages, thumbnails, edits and reactions, and finds chats by either id", async () => {
  const { id } = await send({ text: "hello" });
  expect(await seen("add", id)).toBe("hello");
  await send({ type: "edit", target: id, text: "hello again" });
  expect(await seen("edit", id)).toBe("hello again");
  const media = { base64: PNG.toString("base64"), mimetype: "image/png" };
  const picture = await send({ type: "image", media, text: "a dot" });
  // A JPEG as Base64.
  expect(await seen("add", picture.id)).toMatch(/^\/9j\//);
  const key = await page.evaluate(async (number) => {
    const { require: load } = globalThis as unknown as InPage;
    const wid = load("WAWebWidFactory")["createWid"]!(number);
    const { chat } = await load("WAWebFindChatAction")["findOrCreateLatestChat"]!(wid);
    const MsgKey = load("WAWebMsgKey");
    const { getMaybeMeLidUser } = load("WAWebUserPrefsMeUser");
    const parts = { from: getMaybeMeLidUser!(), to: chat!["id"], id: await MsgKey["newId"]!(), selfDir: "out" };
    const own = Reflect.construct(MsgKey, [parts]) as Part;
    const raw = {
      id: own,
      type: "chat",
      body: "hi",
      from: parts.from,
      to: parts.to,
      ack: 0,
      isNewMsg: true,
      self: "out",
    };
    await Promise.all(load("WAWebSendMsgChatAction")["addAndSendMsgToChat"]!(chat, raw) as unknown as Part[]);
    return String(own);
  }, peer.chatId);
  expect(key).toContain(`true_${peer.lid}_`);
  expect(await seen("ack", key)).toBeGreaterThan(0);
  await send({ type: "reaction", target: key.split("_")[2], text: "👍" });
  expect(await seen("reaction", key)).toBe("👍");
});

test("it creates a group with its settings", async () => {
  const id = await page.evaluate(async (number) => {
    const { require: load } = globalThis as unknown as InPage;
    const phoneNumber = load("WAWebWidFactory")["createWid"]!(number);
    const wanted = { title: "Crew", announce: true, restrict: true };
    const created = await load("WAWebGroupCreateJob")["createGroup"]!(wanted, [{ phoneNumber }]);
    return String(created["wid"]);
  }, peer.chatId);
  const groups = await sandbox.phones.perform(TENANT, peer.phone, "groups", {});
  expect(groups).toMatchObject([{ id, name: "Crew", announce: true, locked: true, owner: owner.chatId }]);
});
