/** Operations on messages other than sending. */
import { z } from "zod";
import type { MessageOperations } from "../operations/messages.ts";
import { requireKey } from "../target-key.ts";
import type { Handlers } from "./handlers.ts";
import { requireMember } from "./membership.ts";

const Nothing = z.unknown();

declare global {
  /** Parts of WhatsApp Web that wppconnect has found, by its own names. */
  var Store: { readonly changeEphemeralDuration?: (chat: unknown, seconds: number) => Promise<unknown> } | undefined;
}

/** Runs in the page. One that is pinned already is not an error. */
async function pin({ key, seconds }: { key: string; seconds: number | null }): Promise<void> {
  const durations: Record<number, string> = { 86400: "OneDay", 604800: "SevenDays", 2592000: "ThirtyDays" };
  const fail = (code: string): never => {
    throw Object.assign(new Error(key), { code });
  };
  const { GroupMetadataStore, PinInChatStore } = WPP.whatsapp;
  const message = await WPP.chat.getMessageById(key);
  const group = message.id.remote.isGroup() ? await GroupMetadataStore.find(message.id.remote) : undefined;
  if (group !== undefined && !group.participants.iAmMember()) fail("not_group_member");
  if (group !== undefined && (group.restrict || group.announce) && !group.participants.iAmAdmin())
    fail("group_you_are_not_admin");
  const known = PinInChatStore.getByParentMsgKey(message.id) as unknown as { pinType?: number } | undefined;
  if (seconds === null && known?.pinType !== 1) return;
  if (seconds !== null && known?.pinType === 1) return;
  if (seconds === null) await WPP.chat.unpinMsg(key);
  else await WPP.chat.pinMsg(key, true, durations[seconds] as never);
}

/** Runs in the page. The library's own function keeps messages of groups only. */
async function keepOne({ key, keep }: { key: string; keep: boolean }): Promise<void> {
  const message = await WPP.chat.getMessageById(key);
  const { functions } = WPP.whatsapp;
  if (keep) await functions.keepMessage(message, 1);
  else await functions.undoKeepMessage(message, { deleteExpired: true }, 1);
}

/** Runs in the page. */
async function setTimer({ chatId, seconds }: { chatId: string; seconds: number }): Promise<void> {
  const chat = await WPP.chat.find(chatId);
  const change = globalThis.Store?.changeEphemeralDuration;
  if (change === undefined) throw new Error("WhatsApp Web has no action for disappearing messages");
  await change(chat, seconds);
}

export const MESSAGE_HANDLERS: Pick<Handlers, keyof MessageOperations> = {
  pinMessage: async ({ page }, input) => {
    requireKey(input.key);
    await page.run(Nothing, pin, input);
  },
  keepMessage: async ({ page }, input) => {
    requireKey(input.key);
    await page.run(Nothing, keepOne, input);
  },
  setDisappearing: async ({ page, ids }, { chatId, seconds }) => {
    if (chatId.endsWith("@g.us")) {
      await requireMember(page, chatId);
      const set = (input: { chatId: string; seconds: number }) =>
        WPP.group.setProperty(input.chatId, "ephemeral" as never, input.seconds as never);
      await page.run(Nothing, set, { chatId, seconds });
      return;
    }
    await ids.requirePerson(chatId);
    await page.run(Nothing, setTimer, { chatId, seconds });
  },
};
