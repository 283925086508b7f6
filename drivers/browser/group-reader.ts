/** Reads groups from the page. */
import { z } from "zod";
import type { GroupInfo } from "../driver.ts";
import type { AddressBook } from "./address-book.ts";
import type { PageCalls } from "./page-calls.ts";
import { GroupMetadata } from "./shapes.ts";

/** By WhatsApp's words for the types of groups. */
const KINDS: Readonly<Record<string, GroupInfo["kind"]>> = {
  COMMUNITY: "community",
  LINKED_ANNOUNCEMENT_GROUP: "announcements",
};

/** Reads a group; null when the page does not know it, or the account is not in it. */
export async function readGroup(page: PageCalls, addresses: AddressBook, groupId: string): Promise<GroupInfo | null> {
  const metadata = await page.run(
    GroupMetadata.nullable(),
    async (id) => {
      if (WPP.whatsapp.GroupMetadataStore.get(id) === undefined && WPP.chat.get(id) === undefined) return null;
      const group = await WPP.whatsapp.GroupMetadataStore.find(WPP.whatsapp.WidFactory.createWid(id));
      if (!group.participants.iAmMember()) return null;
      const participants = group.participants
        .getModelsArray()
        .map(({ id: wid, isAdmin, isSuperAdmin }) => ({ id: wid, isAdmin, isSuperAdmin }));
      return { ...group.attributes, subject: group.subject, participants };
    },
    groupId,
  );
  return metadata === null ? null : toGroupInfo(metadata, addresses);
}

/** Reads all groups that this account is in. */
export async function readGroups(page: PageCalls, addresses: AddressBook): Promise<GroupInfo[]> {
  const ids = await page.run(
    z.array(z.string()),
    () =>
      WPP.whatsapp.GroupMetadataStore.getModelsArray().flatMap((group) =>
        group.participants.iAmMember() ? [group.id.toString()] : [],
      ),
    undefined,
  );
  const groups = await Promise.all(ids.map((id) => readGroup(page, addresses, id)));
  return groups.filter((group) => group !== null);
}

async function toGroupInfo(group: GroupMetadata, addresses: AddressBook): Promise<GroupInfo> {
  const participants = await addresses.resolveAll(group.participants.map(({ id }) => id));
  return {
    id: group.id,
    name: group.subject ?? "",
    description: group.desc ?? null,
    owner: group.owner === undefined ? null : await addresses.resolve(group.owner),
    createdAt: group.creation ?? null,
    participants: group.participants.map(({ isAdmin, isSuperAdmin }, index) => ({
      address: participants[index]!,
      admin: isAdmin === true || isSuperAdmin === true,
    })),
    announce: group.announce === true,
    locked: group.restrict === true,
    kind: KINDS[group.groupType ?? ""] ?? "group",
    community: group.parentGroup ?? null,
    joinApproval: group.membershipApprovalMode === true,
    memberAdd: group.memberAddMode === "all_member_add" || group.memberAddMode === true,
    disappearAfter: group.ephemeralDuration ?? 0,
  };
}
