/** The people whom a message mentions, by the ids that the page uses for them. */
import { z } from "zod";
import type { OutboundMessage } from "../../contracts/transport.ts";
import { Serialized } from "./shapes.ts";
import type { PageCalls } from "./page-calls.ts";
import type { RecipientIds } from "./recipient-ids.ts";

const LIST_WITHIN_MS = 10_000;

/** Those that are named, and everyone in the group if that is asked for; undefined for none. */
export async function findMentions(
  { page, ids }: { readonly page: PageCalls; readonly ids: RecipientIds },
  { to, content, mentions }: OutboundMessage,
): Promise<string[] | undefined> {
  const named = mentions === undefined ? undefined : await ids.resolve(mentions);
  if (!("mentionAll" in content) || content.mentionAll !== true) return named;
  const everyone = await page.run(z.array(Serialized), listOthers, to, LIST_WITHIN_MS);
  return [...new Set([...(named ?? []), ...everyone])];
}

/** Runs in the page. */
async function listOthers(groupId: string): Promise<unknown[]> {
  const participants = await WPP.group.getParticipants(groupId);
  const { getMaybeMePnUser, getMaybeMeLidUser } = WPP.whatsapp.UserPrefs;
  const own = new Set([String(getMaybeMePnUser()), String(getMaybeMeLidUser())]);
  return participants.map(({ id }) => id.toString()).filter((id) => !own.has(id));
}
