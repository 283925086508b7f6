/**
 * The page's data in IndexedDB: the link, messages, groups and media. As in the real client, the login is stored
 * nowhere else. All changes of an event are written in one transaction, together with the event's number.
 */
import type { WireGroup, WireMe, WireMessage } from "../../contracts/sandbox-wire.ts";

export interface Reaction {
  key: string;
  from: string;
  emoji: string;
  at: number;
}

export interface Vote {
  from: string;
  options: string[];
  at: number;
}

/** A message with everything that has happened to it since it was sent. */
export interface MessageRecord {
  /** The serialized key. */
  key: string;
  chat: string;
  id: string;
  at: number;
  /** Rises with each stored message: orders messages of the same millisecond. */
  rowId?: number;
  fromMe: boolean;
  ack: number;
  /** Without the bytes of media, which are in the media store under `filehash`. */
  wire: WireMessage;
  filehash?: string;
  /** Of a picture that was received: a small JPEG, as Base64. */
  thumbnail?: string;
  /** Set until the server has answered. A number, because IndexedDB does not index booleans. */
  pending?: 1;
  starred?: boolean;
  revoked?: boolean;
  /** Kept by someone, although it would disappear. */
  kept?: boolean;
  /** In a group: the ack of each member, by id. */
  acks?: Record<string, number>;
  /** The key of the latest edit. */
  editKey?: string;
  /** Time of the latest edit, in Unix ms. */
  editedAt?: number;
  reactions?: Reaction[];
  votes?: Vote[];
}

export interface MediaRecord {
  filehash: string;
  mimetype: string;
  bytes: ArrayBuffer;
}

export interface Link {
  token: string;
  me: WireMe | null;
}

/** A change of a stored message. */
export interface Amendment {
  key: string;
  amend: (record: MessageRecord) => MessageRecord;
}

/** Changes that are written in one transaction. */
export interface Changes {
  messages?: MessageRecord[];
  /** Messages to change; those that do not exist are skipped. */
  amendments?: Amendment[];
  /** Keys of messages to delete. */
  deleted?: string[];
  groups?: WireGroup[];
  media?: MediaRecord[];
  meta?: Record<string, unknown>;
}

const STORES = ["meta", "message", "groups", "media"] as const;
type StoreName = (typeof STORES)[number];
let opened: Promise<IDBDatabase> | undefined;

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB failed"));
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("model-storage", 3);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion === 0) createStores(request.result);
    else rename(request.transaction!.objectStore("messages"));
  };
  return resultOf(request);
}

function createStores(database: IDBDatabase): void {
  const messages = database.createObjectStore("message", { keyPath: "key" });
  messages.createIndex("byId", ["chat", "id"]);
  messages.createIndex("byPending", "pending");
  addIndexes(messages);
  database.createObjectStore("groups", { keyPath: "id" });
  database.createObjectStore("media", { keyPath: "filehash" });
  database.createObjectStore("meta");
}

/** Versions 1 and 2 had another name for the store, and version 1 no order of messages. */
function rename(messages: IDBObjectStore): void {
  messages.name = "message";
  messages.deleteIndex("byChat");
  const request = messages.getAll() as IDBRequest<MessageRecord[]>;
  request.onsuccess = () => {
    for (const { order, ...record } of request.result as (MessageRecord & { order?: number })[])
      messages.put(withRowId(order === undefined ? record : { ...record, rowId: order }));
  };
  addIndexes(messages);
}

/** wa-js reads by `rowId`. */
function addIndexes(messages: IDBObjectStore): void {
  messages.createIndex("byChat", ["chat", "at", "rowId"]);
  messages.createIndex("rowId", "rowId");
}

let lastRow = 0;

function withRowId(record: MessageRecord): MessageRecord {
  lastRow = Math.max(lastRow + 1, Date.now() * 1_000);
  return { ...record, rowId: record.rowId ?? lastRow };
}

async function stores(mode: IDBTransactionMode, names: readonly StoreName[] = STORES): Promise<IDBTransaction> {
  opened ??= open();
  return (await opened).transaction(names, mode);
}

async function read<T>(name: StoreName, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return resultOf(ask((await stores("readonly", [name])).objectStore(name)));
}

/** Writes the changes in one transaction; resolves when it is complete. */
export async function commit(changes: Changes): Promise<void> {
  const transaction = await stores("readwrite");
  for (const record of changes.messages ?? []) transaction.objectStore("message").put(withRowId(record));
  for (const amendment of changes.amendments ?? []) amendIn(transaction.objectStore("message"), amendment);
  for (const key of changes.deleted ?? []) transaction.objectStore("message").delete(key);
  for (const record of changes.groups ?? []) transaction.objectStore("groups").put(record);
  for (const record of changes.media ?? []) transaction.objectStore("media").put(record);
  for (const [key, value] of Object.entries(changes.meta ?? {})) transaction.objectStore("meta").put(value, key);
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB aborted"));
  });
}

function amendIn(messages: IDBObjectStore, { key, amend }: Amendment): void {
  const request = messages.get(key) as IDBRequest<MessageRecord | undefined>;
  request.onsuccess = () => {
    if (request.result !== undefined) messages.put(amend(request.result));
  };
}

/** Changes one stored message. */
export async function amendMessage(key: string, amend: (record: MessageRecord) => MessageRecord): Promise<void> {
  await commit({ amendments: [{ key, amend }] });
}

/** Deletes everything; called when the link was removed. */
export async function clear(): Promise<void> {
  const transaction = await stores("readwrite");
  for (const name of STORES) transaction.objectStore(name).clear();
  await new Promise((resolve) => (transaction.oncomplete = resolve));
}

export async function readMeta<T>(key: string): Promise<T | undefined> {
  return (await read("meta", (store) => store.get(key))) as T | undefined;
}

export async function readMessage(key: string): Promise<MessageRecord | undefined> {
  return read("message", (store) => store.get(key) as IDBRequest<MessageRecord | undefined>);
}

/** The messages of a chat with this id: more than one only when two authors chose the same id. */
export async function readMessagesById(chat: string, id: string): Promise<MessageRecord[]> {
  return read("message", (store) => store.index("byId").getAll([chat, id]) as IDBRequest<MessageRecord[]>);
}

/** Up to `count` messages of a chat, oldest first: the last ones, or those just before or after a stored one. */
export async function readChat(
  chat: string,
  range: { before?: MessageRecord; after?: MessageRecord; count: number },
): Promise<MessageRecord[]> {
  const index = (await stores("readonly", ["message"])).objectStore("message").index("byChat");
  const { before, after } = range;
  const positionOf = ({ at, rowId }: MessageRecord) => [chat, at, rowId ?? 0];
  // In IndexedDB arrays sort after numbers, so this upper bound is above every message of the chat.
  const bounds = IDBKeyRange.bound(
    after === undefined ? [chat] : positionOf(after),
    before === undefined ? [chat, []] : positionOf(before),
    true,
    true,
  );
  const found: MessageRecord[] = [];
  const isForward = after !== undefined;
  const request = index.openCursor(bounds, isForward ? "next" : "prev");
  for (;;) {
    const cursor = await resultOf(request);
    if (cursor === null || found.length >= range.count) break;
    found.push(cursor.value as MessageRecord);
    cursor.continue();
  }
  return isForward ? found : found.reverse();
}

/** The messages that the server has not answered yet, oldest first. */
export async function readPending(): Promise<MessageRecord[]> {
  const pending = await read("message", (store) => store.index("byPending").getAll() as IDBRequest<MessageRecord[]>);
  return pending.sort((one, other) => one.at - other.at);
}

export async function readAllMessages(): Promise<MessageRecord[]> {
  return read("message", (store) => store.getAll() as IDBRequest<MessageRecord[]>);
}

export async function readGroups(): Promise<WireGroup[]> {
  return read("groups", (store) => store.getAll() as IDBRequest<WireGroup[]>);
}

export async function readMedia(filehash: string): Promise<MediaRecord | undefined> {
  return read("media", (store) => store.get(filehash) as IDBRequest<MediaRecord | undefined>);
}
