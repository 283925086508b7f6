/** Communities: groups under one roof. */
import { TENANT, operation, type DriverFixture } from "../driver-fixture.ts";

export const COMMUNITY_CASES = {
  "makes a community of groups": async (fixture: DriverFixture) => {
    const session = await fixture.shared();
    const peer = await fixture.phone();
    const { driver, recorder } = session;
    const make = (name: string) => operation(driver, "createGroup")({ name, participants: [peer.chatId] });
    const [first, second] = [await make("First floor"), await make("Second floor")];
    const mark = recorder.mark();
    const { community, results } = await operation(
      driver,
      "createCommunity",
    )({
      name: "House",
      description: "All floors",
      groups: [first.group.id],
    });
    expect(results).toEqual({ done: [first.group.id], failed: [] });
    expect(community).toMatchObject({ name: "House", description: "All floors", kind: "community", community: null });
    await recorder.wait("group", ({ group }) => group.id === community.id, mark);
    const groupId = community.id;
    const link = operation(driver, "linkGroups");
    expect(await link({ groupId, groups: [second.group.id], link: true })).toEqual({
      done: [second.group.id],
      failed: [],
    });
    expect(await link({ groupId, groups: [first.group.id], link: false })).toMatchObject({ done: [first.group.id] });
    const groups = await operation(driver, "listGroups")({});
    const children = groups.filter((group) => group.community === groupId);
    expect(children.map(({ kind }) => kind).toSorted()).toEqual(["announcements", "group"]);
    expect(children.find(({ kind }) => kind === "group")?.id).toBe(second.group.id);
    expect(groups.find(({ id }) => id === first.group.id)).toMatchObject({ kind: "group", community: null });
    const seen = await fixture.sandbox.phones.perform(TENANT, peer.phone, "groups", {});
    expect(seen.map(({ id }) => id)).toContain(groupId);
    await operation(driver, "deactivateCommunity")({ groupId });
    const after = await operation(driver, "listGroups")({});
    expect(after.map(({ id }) => id)).not.toContain(groupId);
    await expect(link({ groupId, groups: [first.group.id], link: true })).rejects.toMatchObject({
      kind: "rejected",
      failure: "not_group_member",
    });
  },
};
