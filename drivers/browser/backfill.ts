/**
 * Reads back after a gap: messages that arrived while no listener was attached are in the page. Reports messages newer
 * than the checkpoint, and the acks of the account's own messages of the last day. The layer above recognizes those
 * that it already has.
 */
import { z } from "zod";
import type { IncomingMessages } from "./incoming-messages.ts";
import { handleAck, handleEdit, handleReaction, handleVote, type ChangeParts } from "./message-changes.ts";
import type { PageCalls } from "./page-calls.ts";
import { parsePayload } from "./parsing.ts";
import { Message } from "./shapes.ts";

const ACKS_OF_MS = 24 * 60 * 60 * 1000;
/** Most chats without new messages that are read for the acks of own messages. */
const QUIET_CHATS = 100;
const PAGE = 50;
/** Most pages of one chat: messages beyond the latest ten thousand are not read back. */
const PAGES = 200;
const READ_WITHIN_MS = 30_000;
/** Chats whose live messages wait for the older ones: the latest chats, which are read first. */
const DEFERRED = 50;
/** Failures after which a chat is skipped, so that it does not keep the others from being read. */
const FAILURES = 3;

export interface BackfillParts extends ChangeParts {
  readonly page: PageCalls;
  readonly incoming: IncomingMessages;
  /** How often a chat could not be read, by its id. */
  readonly failures: Map<string, number>;
}

/** Reads back everything since `since` (Unix ms). Rejects when some chats could not be read. */
export async function readBack(parts: BackfillParts, since: number): Promise<void> {
  const seconds = {
    since: since / 1000,
    acksSince: Math.min(since, Date.now() - ACKS_OF_MS) / 1000,
    quiet: QUIET_CHATS,
  };
  const chats = await parts.page.run(z.array(z.string()), listActiveChats, seconds, READ_WITHIN_MS);
  parts.incoming.defer(chats.slice(0, DEFERRED));
  let failure: unknown;
  try {
    for (const chat of chats) {
      const known = parts.failures.get(chat) ?? 0;
      if (known < FAILURES) {
        await readChat(parts, chat, since).catch((error: unknown) => {
          failure = error;
          parts.failures.set(chat, known + 1);
        });
      }
      parts.incoming.resume(chat);
    }
  } finally {
    for (const chat of chats) parts.incoming.resume(chat);
  }
  if (failure !== undefined) throw failure;
}

/** Runs in the page: all chats with new messages, and some of those with acks, latest first. */
async function listActiveChats({
  since,
  acksSince,
  quiet,
}: {
  since: number;
  acksSince: number;
  quiet: number;
}): Promise<string[]> {
  const chats = await WPP.chat.list({ ignoreGroupMetadata: true });
  const sorted = chats.sort((one, other) => (other.t ?? 0) - (one.t ?? 0));
  const busy = sorted.filter((chat) => (chat.t ?? 0) >= since);
  const silent = sorted.filter((chat) => (chat.t ?? 0) >= acksSince).slice(busy.length, busy.length + quiet);
  return [...busy, ...silent].map((chat) => chat.id.toString());
}

/** Reads a chat from its end back to `since`, and reports it from there on. */
async function readChat(parts: BackfillParts, chat: string, since: number): Promise<void> {
  const found: Message[] = [];
  let before: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const given = await parts.page.run(
      z.array(z.unknown()),
      readPage,
      { chat, count: PAGE, ...(before === undefined ? {} : { id: before }) },
      READ_WITHIN_MS,
    );
    const messages = given
      .flatMap((message) => parsePayload(Message, message, parts.unknown, "history") ?? [])
      .sort((one, other) => (one.t ?? 0) - (other.t ?? 0));
    found.unshift(...messages);
    const oldest = messages[0];
    if (oldest === undefined || oldest.id === before || given.length < PAGE - 1 || (oldest.t ?? 0) < since) break;
    before = oldest.id;
  }
  for (const message of found) reportBack(parts, message, since);
}

/** Runs in the page. */
function readPage({ chat, count, id }: { chat: string; count: number; id?: string }): Promise<unknown[]> {
  return WAPI.getMessages(chat, { count, direction: "before", ...(id === undefined ? {} : { id }) });
}

function reportBack(parts: BackfillParts, message: Message, since: number): void {
  handleAck(parts, message);
  if ((message.t ?? 0) >= since) parts.incoming.receive(message, true);
  if ((message.latestEditSenderTimestampMs ?? 0) >= since) handleEdit(parts, { id: message.id, msg: message });
  if (message.hasReaction === true) void readReactions(parts, message.id, since);
  if (message.type === "poll_creation") void readVotes(parts, message.id, since);
}

const Reactions = z.object({ reactions: z.array(z.object({ senders: z.array(z.unknown()) })) });
const Votes = z.object({ votes: z.array(z.record(z.string(), z.unknown())) });
const Timed = z.object({ timestamp: z.number() });

function isSince(payload: unknown, since: number): boolean {
  return (Timed.safeParse(payload).data?.timestamp ?? 0) >= since;
}

/** Reactions that cannot be read now are read after the next gap. */
async function readReactions(parts: BackfillParts, key: string, since: number): Promise<void> {
  const found = await parts.page
    .run(Reactions, (id) => WPP.chat.getReactions(id), key)
    .catch(() => ({ reactions: [] }));
  for (const sender of found.reactions.flatMap(({ senders }) => senders))
    if (isSince(sender, since)) handleReaction(parts, sender);
}

async function readVotes(parts: BackfillParts, key: string, since: number): Promise<void> {
  const found = await parts.page.run(Votes, (id) => WPP.chat.getVotes(id), key).catch(() => ({ votes: [] }));
  for (const vote of found.votes) if (isSince(vote, since)) handleVote(parts, { ...vote, msgId: key });
}
