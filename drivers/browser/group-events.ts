/** Changes of groups: who joins and leaves, and the group's own data. */
import type { DriverEvent } from "../driver.ts";
import { parseKey } from "../../contracts/message-key.ts";
import type { UnknownShapes } from "../unknown-shapes.ts";
import type { AddressBook } from "./address-book.ts";
import type { EventReporter } from "./event-reporter.ts";
import { readGroup } from "./group-reader.ts";
import type { PageCalls } from "./page-calls.ts";
import { parsePayload } from "./parsing.ts";
import { Message, Participants } from "./shapes.ts";

export interface GroupParts {
  readonly page: PageCalls;
  readonly reporter: EventReporter;
  readonly unknown: UnknownShapes;
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
/** Notices of participants, which handleParticipants reports, and of things that are not part of the contract. */
const IGNORED = new Set([
  "add",
  "invite",
  "linked_group_join",
  "remove",
  "leave",
  "promote",
  "demote",
  "modify",
  "revoke_invite",
  "ephemeral",
  "membership_approval_request",
  "created_membership_requests",
  "revoked_membership_requests",
]);

export function handleParticipants(parts: GroupParts, payload: unknown): void {
  const change = parsePayload(Participants, payload, parts.unknown, "onParticipantsChanged");
  if (change === undefined) return;
  const action = ACTIONS[change.action];
  if (action === undefined) return parts.unknown.noteName("participants action", change.action);
  void parts.reporter.report(change.groupId, async () => {
    const [who, by] = await Promise.all([
      parts.addresses.resolveAll(change.who),
      change.by === undefined ? null : parts.addresses.resolve(change.by),
    ]);
    return { type: "participants", groupId: change.groupId, action, who, by };
  });
}

/** Handles the notices (gray lines) in a group's chat. A group that no longer exists is not reported. */
export function handleGroupNotice(parts: GroupParts, payload: unknown): void {
  const notice = parsePayload(Message, payload, parts.unknown, "onNotificationMessage");
  if (notice === undefined || notice.type !== "gp2") return;
  const key = parseKey(notice.id);
  const subtype = notice.subtype ?? "none";
  if (key === null) return parts.unknown.notePayload("onNotificationMessage", payload);
  if (IGNORED.has(subtype)) return;
  if (!CREATED.has(subtype) && !UPDATED.has(subtype)) return parts.unknown.noteName("group notice", subtype);
  void parts.reporter.report(key.chat, async () => {
    const group = await readGroup(parts.page, parts.addresses, key.chat);
    return group === null ? null : { type: "group", change: CREATED.has(subtype) ? "created" : "updated", group };
  });
}
