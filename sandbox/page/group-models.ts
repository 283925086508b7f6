/** Models of groups and their participants. */
import type { WireGroup } from "../../contracts/sandbox-wire.ts";
import { isMoved } from "./addressing.ts";
import { define } from "./loader.ts";
import { isMe, me } from "./me.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, widOrUndefined, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

interface ParticipantAttributes {
  id: Wid;
  isAdmin: boolean;
  isSuperAdmin: boolean;
}
export class ParticipantModel extends modelOf<ParticipantAttributes>("participant") {}

export class ParticipantCollection extends Collection<ParticipantModel> {
  #own(): ParticipantModel | undefined {
    return this.findFirst((participant) => isMe(participant.id));
  }
  iAmMember(): boolean {
    return this.#own() !== undefined;
  }
  iAmAdmin(): boolean {
    return this.#own()?.isAdmin === true;
  }
  iAmRestrictedMember(): boolean {
    return !this.iAmAdmin();
  }
  canAdd(): boolean {
    return this.iAmAdmin();
  }
  canRemove(participant: ParticipantModel): boolean {
    return this.iAmAdmin() && this.get(participant.id) !== undefined;
  }
  canPromote(participant: ParticipantModel): boolean {
    return this.iAmAdmin() && !participant.isAdmin;
  }
  canDemote(participant: ParticipantModel): boolean {
    return this.iAmAdmin() && participant.isAdmin;
  }
}

interface GroupMetadataAttributes {
  id: Wid;
  subject: string;
  desc: string | undefined;
  descId: string | undefined;
  owner: Wid;
  /** Unix seconds. */
  creation: number;
  announce: boolean;
  restrict: boolean;
  membershipApprovalMode: boolean;
  memberAddMode: "all_member_add" | "admin_add";
  stale: boolean;
  groupType: "DEFAULT" | "COMMUNITY" | "LINKED_ANNOUNCEMENT_GROUP" | "LINKED_SUBGROUP";
  parentGroup: Wid | undefined;
  /** Of a community: its groups in which the account is. */
  joinedSubgroups: Wid[];
  isParentGroup: boolean;
  /** After how many seconds messages disappear; 0 for never. */
  ephemeralDuration: number;
  size: number;
  isLidAddressingMode: boolean;
}

/** Someone who is no longer in a group; `leaveTs` is in Unix seconds. */
interface PastParticipantAttributes {
  id: Wid;
  leaveTs: number;
  leaveReason: "Removed" | "Left";
}
class PastParticipantModel extends modelOf<PastParticipantAttributes>("pastParticipant") {}

export class GroupMetadataModel extends modelOf<GroupMetadataAttributes>("groupMetadata") {
  readonly participants = new ParticipantCollection(ParticipantModel);
  readonly pastParticipants = new Collection(PastParticipantModel);

  canSetSubject(): boolean {
    return this.participants.iAmAdmin() || (this.participants.iAmMember() && !this.restrict);
  }
  canSetDescription(): boolean {
    return this.canSetSubject();
  }
  canSetGroupProperty(): boolean {
    return this.participants.iAmAdmin();
  }
  canSetEphemeralSetting(): boolean {
    return this.canSetSubject();
  }
  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), participants: this.participants.toJSON() };
  }
}

class GroupMetadataCollectionImpl extends Collection<GroupMetadataModel> {
  async find(id: Wid | string): Promise<GroupMetadataModel> {
    const found = this.get(id);
    if (found === undefined) throw new Error(`Group ${String(id)} not found`);
    if (found.participants.iAmMember()) await loadPastParticipants(found);
    return found;
  }
  /** In the real client it loads the group again from the server; here it is always up to date. */
  update(id: Wid | string): Promise<GroupMetadataModel> {
    return this.find(id);
  }
  /** wa-js recognizes the collection by this method. */
  _handleParentGroupChange(parent: Wid): void {
    const children = this.filter(({ parentGroup }) => parentGroup?.equals(parent) === true);
    this.get(parent)?.set({ joinedSubgroups: children.map(({ id }) => id) });
  }
}

/** The groups whose past participants are loaded, and not out of date. */
const loadedPast = new Set<GroupMetadataModel>();

async function loadPastParticipants(group: GroupMetadataModel): Promise<void> {
  if (loadedPast.has(group)) return;
  loadedPast.add(group);
  group.pastParticipants.reset();
  for (const { id, at, removed } of await ask("pastParticipants", { groupId: group.id.toString() })) {
    const leaveReason = removed ? "Removed" : "Left";
    group.pastParticipants.add(
      new PastParticipantModel({ id: createWid(id), leaveTs: Math.floor(at / 1000), leaveReason }),
    );
  }
}

const GROUP_TYPES = {
  community: "COMMUNITY",
  announcements: "LINKED_ANNOUNCEMENT_GROUP",
  group: "DEFAULT",
} as const;

export const GroupMetadataCollection = new GroupMetadataCollectionImpl(GroupMetadataModel);

/** Replaces the group's attributes and participants with those from the server. */
export function applyGroup(given: WireGroup): GroupMetadataModel {
  const group = withOwnLid(given);
  const id = createWid(group.id);
  const model = GroupMetadataCollection.get(id) ?? new GroupMetadataModel({ id });
  model.set({
    subject: group.name,
    desc: group.description ?? undefined,
    owner: createWid(group.owner),
    creation: Math.floor(group.createdAt / 1000),
    announce: group.announce,
    restrict: group.locked,
    membershipApprovalMode: group.joinApproval,
    memberAddMode: group.memberAdd ? "all_member_add" : "admin_add",
    stale: false,
    groupType: group.kind === "group" && group.parent !== null ? "LINKED_SUBGROUP" : GROUP_TYPES[group.kind],
    isParentGroup: group.kind === "community",
    ephemeralDuration: group.ephemeral,
    size: group.participants.length,
    isLidAddressingMode: isMoved(),
  });
  applyParticipants(model, group);
  GroupMetadataCollection.add(model);
  applyParent(model, group);
  return model;
}

/** An account that has moved is in its groups by its LID, like everyone. */
function withOwnLid(group: WireGroup): WireGroup {
  if (!isMoved()) return group;
  const nameOf = (id: string): string => (isMe(id) ? me().lid : id);
  const participants = group.participants.map((participant) => ({ ...participant, id: nameOf(participant.id) }));
  return { ...group, owner: nameOf(group.owner), participants };
}

/** Shows to which community the group belongs, also in the communities themselves. */
function applyParent(model: GroupMetadataModel, { id, kind, parent }: WireGroup): void {
  const before = model.parentGroup;
  model.set({ parentGroup: widOrUndefined(parent ?? undefined) });
  for (const community of [before, model.parentGroup])
    if (community !== undefined) GroupMetadataCollection._handleParentGroupChange(community);
  if (kind === "community") GroupMetadataCollection._handleParentGroupChange(createWid(id));
}

function applyParticipants(model: GroupMetadataModel, group: WireGroup): void {
  const present = new Set(group.participants.map((participant) => participant.id));
  for (const participant of model.participants.getModelsArray())
    if (!present.has(participant.id.toString())) {
      model.participants.remove(participant.id);
      loadedPast.delete(model);
    }
  for (const { id, admin } of group.participants) {
    const participant =
      model.participants.get(id) ?? model.participants.add(new ParticipantModel({ id: createWid(id) }))[0]!;
    participant.set({ isAdmin: admin, isSuperAdmin: admin && id === group.owner });
  }
}

define("WAWebGroupMetadataCollection", { default: GroupMetadataCollection });
define("WAWebGroupMetadataModel", { default: GroupMetadataModel });
define("WAWebParticipantModel", { default: ParticipantModel });
define("WAWebParticipantCollection", { default: ParticipantCollection });
