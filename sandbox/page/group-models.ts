/** Models of groups and their participants. */
import type { WireGroup } from "../../contracts/sandbox-wire.ts";
import { define } from "./loader.ts";
import { isMe } from "./me.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";

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
  stale: boolean;
}

export class GroupMetadataModel extends modelOf<GroupMetadataAttributes>("groupMetadata") {
  readonly participants = new ParticipantCollection(ParticipantModel);

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
    return this.participants.iAmAdmin();
  }
  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), participants: this.participants.toJSON() };
  }
}

class GroupMetadataCollectionImpl extends Collection<GroupMetadataModel> {
  async find(id: Wid | string): Promise<GroupMetadataModel> {
    const found = this.get(id);
    if (found === undefined) throw new Error(`Group ${String(id)} not found`);
    return found;
  }
  _handleParentGroupChange(): void {
    // The sandbox has no communities, but wa-js recognizes the collection by this method.
  }
}

export const GroupMetadataCollection = new GroupMetadataCollectionImpl(GroupMetadataModel);

/** Replaces the group's attributes and participants with those from the server. */
export function applyGroup(group: WireGroup): GroupMetadataModel {
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
    stale: false,
  });
  applyParticipants(model, group);
  GroupMetadataCollection.add(model);
  return model;
}

function applyParticipants(model: GroupMetadataModel, group: WireGroup): void {
  const present = new Set(group.participants.map((participant) => participant.id));
  for (const participant of model.participants.getModelsArray())
    if (!present.has(participant.id.toString())) model.participants.remove(participant.id);
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
