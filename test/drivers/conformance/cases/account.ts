/** The account itself: what it shows, to whom, its devices and its calls. */
import { TENANT, operation, type DriverFixture } from "../driver-fixture.ts";
import { MEDIA_SAMPLES } from "../media-samples.ts";

type Fixture = DriverFixture;

export const ACCOUNT_CASES = {
  "changes its name and about text, which others see": async (fixture: Fixture) => {
    const session = await fixture.link();
    const peer = await fixture.phone();
    await operation(session.driver, "setProfile")({ name: "Renamed", about: "At work" });
    const profile = await operation(session.driver, "getProfile")({});
    expect(profile).toEqual({ name: "Renamed", about: "At work", pictureUrl: null, isBusiness: false });
    const seen = await fixture.sandbox.phones.perform(TENANT, peer.phone, "profile", { id: session.phone.chatId });
    expect(seen).toMatchObject({ name: "Renamed", about: "At work" });
  },

  "sets and removes its picture, which others see": async (fixture: Fixture) => {
    const session = await fixture.link();
    const peer = await fixture.phone();
    const seen = () => fixture.sandbox.phones.perform(TENANT, peer.phone, "profile", { id: session.phone.chatId });
    const media = await fixture.store(MEDIA_SAMPLES.image);
    await operation(session.driver, "setPicture")({ groupId: null, media });
    expect((await seen()).picture).toMatch(/^data:image\//);
    const { pictureUrl } = await operation(session.driver, "getProfile")({});
    expect(pictureUrl).toEqual(expect.any(String));
    await operation(session.driver, "setPicture")({ groupId: null, media: null });
    expect((await seen()).picture).toBeNull();
    expect((await operation(session.driver, "getProfile")({})).pictureUrl).toBeNull();
  },

  "refuses a business profile to a person, and reads that of a business": async (fixture: Fixture) => {
    const { driver } = await fixture.shared();
    const business = await fixture.sandbox.phones.create(TENANT, { name: "Shop", business: true });
    await fixture.sandbox.phones.perform(TENANT, business.phone, "setBusinessProfile", { description: "We sell" });
    const refusal = { kind: "rejected", failure: "business_only" };
    await expect(operation(driver, "getOwnBusinessProfile")({})).rejects.toMatchObject(refusal);
    await expect(operation(driver, "setBusinessProfile")({ description: "No" })).rejects.toMatchObject(refusal);
    const found = await operation(driver, "getBusinessProfile")({ chatId: business.chatId });
    expect(found).toMatchObject({ description: "We sell", websites: [], hours: null });
    const peer = await fixture.phone();
    expect(await operation(driver, "getBusinessProfile")({ chatId: peer.chatId })).toBeNull();
  },

  "changes its business profile": async (fixture: Fixture) => {
    const { driver } = await fixture.link({ business: true });
    const hours = { config: { mon: { mode: "open_24h" } }, timezone: "America/Sao_Paulo" };
    const change = { description: "We sell", email: "shop@example.com", websites: ["https://example.com"], hours };
    await operation(driver, "setBusinessProfile")(change);
    expect(await operation(driver, "getOwnBusinessProfile")({})).toEqual({ ...change, address: "", categories: [] });
    expect((await operation(driver, "getProfile")({})).isBusiness).toBe(true);
  },

  "changes its privacy settings, with the people of their lists": async (fixture: Fixture) => {
    const { driver } = await fixture.link();
    const peer = await fixture.phone();
    const set = operation(driver, "setPrivacy");
    const before = await operation(driver, "getPrivacy")({});
    expect(before.settings).toMatchObject({ lastSeen: "all", groups: "all", status: "contacts", messages: null });
    expect(before.people).toEqual({});
    await set({ setting: "lastSeen", value: "contacts_except", people: [peer.chatId] });
    await set({ setting: "online", value: "match_last_seen" });
    await set({ setting: "readReceipts", value: "none" });
    await set({ setting: "groups", value: "contacts" });
    await set({ setting: "picture", value: "none" });
    await set({ setting: "about", value: "contacts" });
    await set({ setting: "calls", value: "known" });
    await set({ setting: "status", value: "only", people: [peer.chatId] });
    const { settings, people } = await operation(driver, "getPrivacy")({});
    expect(settings).toEqual({
      lastSeen: "contacts_except",
      online: "match_last_seen",
      readReceipts: "none",
      groups: "contacts",
      picture: "none",
      about: "contacts",
      calls: "known",
      status: "only",
      messages: null,
    });
    expect(Object.keys(people).toSorted()).toEqual(["lastSeen", "status"]);
    for (const list of Object.values(people)) expect(list).toMatchObject([{ chatId: peer.chatId }]);
    await set({ setting: "lastSeen", value: "contacts_except", people: [] });
    expect((await operation(driver, "getPrivacy")({})).people).not.toHaveProperty("lastSeen");
    await expect(set({ setting: "messages", value: "contacts" })).rejects.toMatchObject({
      kind: "rejected",
      failure: "unsupported_by_driver",
    });
  },

  "lists the account's devices": async (fixture: Fixture) => {
    const { driver } = await fixture.shared();
    const devices = await operation(driver, "listDevices")({});
    expect(devices[0]).toEqual({ device: 0, own: false });
    expect(devices.filter(({ own }) => own)).toHaveLength(1);
  },

  "rejects a call": async (fixture: Fixture) => {
    const session = await fixture.shared();
    const peer = await fixture.phone();
    const { id } = await fixture.sandbox.phones.perform(TENANT, peer.phone, "offerCall", {
      to: session.phone.chatId,
      video: false,
    });
    await session.recorder.wait("call", (event) => event.id === id);
    await operation(session.driver, "rejectCall")({ callId: id });
    const [call] = await fixture.sandbox.phones.perform(TENANT, peer.phone, "calls", {});
    expect(call).toMatchObject({ id, state: "rejected" });
    const end = await session.recorder.wait("call_ended", (event) => event.id === id);
    expect(end).toMatchObject({ peer: { chatId: peer.chatId }, video: false, outgoing: false, rejected: true });
    await expect(operation(session.driver, "rejectCall")({ callId: id })).rejects.toMatchObject({
      kind: "rejected",
      failure: "target_not_found",
    });
  },

  "saves, renames and removes a contact": async (fixture: Fixture) => {
    const session = await fixture.shared();
    const peer = await fixture.phone("Their own name");
    const read = () => operation(session.driver, "getContact")({ chatId: peer.chatId });
    for (const name of ["Saved", "Saved again"]) {
      await operation(session.driver, "saveContact")({ chatId: peer.chatId, name });
      expect(await read()).toMatchObject({ name });
    }
    await operation(session.driver, "removeContact")({ chatId: peer.chatId });
    expect(await read()).not.toMatchObject({ name: "Saved again" });
  },

  "lists the groups in common with a person": async (fixture: Fixture) => {
    const { driver } = await fixture.shared();
    const [peer, other] = await Promise.all([fixture.phone(), fixture.phone()]);
    const { group } = await operation(driver, "createGroup")({ name: "Common", participants: [peer.chatId] });
    expect(await operation(driver, "listCommonGroups")({ chatId: peer.chatId })).toEqual([group.id]);
    expect(await operation(driver, "listCommonGroups")({ chatId: other.chatId })).toEqual([]);
  },
};
