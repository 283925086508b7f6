/** What happens in groups: who comes and goes, and what of the group itself changes. */
import type { Whatsapp } from "@wppconnect-team/wppconnect";
import type { DriverEvent } from "../driver.ts";
import type { AddressBook } from "./address-book.ts";
import { readGroup } from "./group-reader.ts";
import type { PageCalls } from "./page-calls.ts";
import type { Reporter } from "./reporter.ts";
import { Message, parseKey, Participants } from "./shapes.ts";

export interface GroupParts {
  readonly page: PageCalls;
  readonly reporter: Reporter;
  readonly addresses: AddressBook;
}

type Action = Extract<DriverEvent, { type: "participants" }>["action"];
const ACTIONS: Record<string, Action> = {
  add: "add",
  join: "add",
  remove: "remove",
  promote: "promote",
  demote: "demote",
  leave: "leave",
  leaver: "leave",
};
const CREATED = new Set(["create"]);
const UPDATED = new Set(["subject", "description", "announce", "restrict", "picture", "membership_approval_mode"]);

function takeParticipants(parts: GroupParts, given: unknown): void {
  const change = Participants.safeParse(given).data;
  const action = ACTIONS[change?.action ?? ""];
  if (change === undefined || action === undefined) return;
  void parts.reporter.tell(change.groupId, async () => {
    const [who, by] = await Promise.all([
      parts.addresses.resolveAll(change.who),
      change.by === undefined ? null : parts.addresses.resolve(change.by),
    ]);
    return { type: "participants", groupId: change.groupId, action, who, by };
  });
}

/** The grey lines of a group's chat. A group that is gone by now has nothing to tell. */
function takeNotice(parts: GroupParts, given: unknown): void {
  const notice = Message.safeParse(given).data;
  const key = notice === undefined ? null : parseKey(notice.id);
  const subtype = notice?.subtype ?? "";
  if (key === null || notice?.type !== "gp2" || (!CREATED.has(subtype) && !UPDATED.has(subtype))) return;
  void parts.reporter.tell(key.chat, async () => {
    const group = await readGroup(parts.page, parts.addresses, key.chat);
    return group === null ? null : { type: "group", change: CREATED.has(subtype) ? "created" : "updated", group };
  });
}

export function listenForGroups(client: Whatsapp, parts: GroupParts): void {
  client.onParticipantsChanged((given: unknown) => takeParticipants(parts, given));
  client.onNotificationMessage((given: unknown) => takeNotice(parts, given));
}
