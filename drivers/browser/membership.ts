/** Whether the account is in a group, before anything is done in it. */
import { z } from "zod";
import type { PageCalls } from "./page-calls.ts";

const Nothing = z.unknown();
const OPEN_WITHIN_MS = 15_000;

/**
 * Rejects with `not_group_member` for a group that the account is not in, and with `group_admin_only` when it must be an
 * admin and is not one. The library needs the group's chat, so one that was deleted is opened again.
 */
export async function requireMember(page: PageCalls, groupId: string, asAdmin = false): Promise<void> {
  await page.run(Nothing, openGroup, { groupId, asAdmin }, OPEN_WITHIN_MS);
}

/** Runs in the page. */
async function openGroup({ groupId, asAdmin }: { groupId: string; asAdmin: boolean }): Promise<void> {
  const { GroupMetadataStore, WidFactory } = WPP.whatsapp;
  const fail = (code: string): never => {
    throw Object.assign(new Error(groupId), { code });
  };
  const isKnown = GroupMetadataStore.get(groupId) !== undefined || WPP.chat.get(groupId) !== undefined;
  const group = isKnown ? await GroupMetadataStore.find(WidFactory.createWid(groupId)) : undefined;
  if (group?.participants.iAmMember() !== true) fail("not_group_member");
  else if (asAdmin && !group.participants.iAmAdmin()) fail("group_you_are_not_admin");
  if (WPP.chat.get(groupId) === undefined) await WPP.chat.find(groupId);
}
