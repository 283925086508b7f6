/** Labels of a business, and lists of chats. */
import type { LabelKind } from "../../../../drivers/operations/labels.ts";
import { TENANT, operation, type DriverFixture } from "../driver-fixture.ts";

type Fixture = DriverFixture;

/** Creates, changes, puts on a chat, and deletes. */
async function useLabels(fixture: Fixture, kind: LabelKind): Promise<void> {
  const session = await fixture.link({ business: kind === "label" });
  const peer = await fixture.phone();
  await fixture.sandbox.phones.send(TENANT, peer.phone, { to: session.phone.phone, type: "text", text: "hello" });
  await session.recorder.wait("message");
  const { driver, recorder, phone } = session;
  const list = () => operation(driver, "listLabels")({ kind });
  const ofPhone = () => fixture.sandbox.phones.perform(TENANT, phone.phone, "labels", {});
  const save = operation(driver, "saveLabel");
  const urgent = await save({ kind, id: null, name: "Urgent", color: 3 });
  expect(urgent).toEqual({ id: expect.any(String), kind, name: "Urgent", color: 3, chats: [] });
  const later = await save({ kind, id: null, name: "Later" });
  expect(later.id).not.toBe(urgent.id);
  expect(await save({ kind, id: urgent.id, name: "Very urgent" })).toMatchObject({ name: "Very urgent", color: 3 });
  expect(await save({ kind, id: urgent.id, color: 4 })).toMatchObject({ name: "Very urgent", color: 4 });
  const put = operation(driver, "setChatLabels");
  await put({ kind, chatId: peer.chatId, labels: [urgent.id, later.id] });
  await put({ kind, chatId: peer.chatId, labels: [urgent.id] });
  expect(await list()).toEqual([
    { id: urgent.id, kind, name: "Very urgent", color: 4, chats: [peer.chatId] },
    { id: later.id, kind, name: "Later", color: expect.any(Number), chats: [] },
  ]);
  expect(await ofPhone()).toMatchObject([{ name: "Very urgent", kind, chats: [peer.chatId] }, { chats: [] }]);
  await recorder.wait("label", ({ label }) => label.name === "Very urgent" && label.chats.includes(peer.chatId));
  const refusal = { kind: "rejected", failure: "target_not_found" };
  await expect(put({ kind, chatId: peer.chatId, labels: ["999"] })).rejects.toMatchObject(refusal);
  await expect(put({ kind, chatId: "15559999999@c.us", labels: [] })).rejects.toMatchObject(refusal);
  await expect(save({ kind, id: "999", name: "None" })).rejects.toMatchObject(refusal);
  const remove = operation(driver, "deleteLabel");
  await remove({ kind, id: urgent.id });
  await expect(remove({ kind, id: urgent.id })).rejects.toMatchObject(refusal);
  expect((await ofPhone()).map(({ name }) => name)).toEqual(["Later"]);
  await recorder.wait("label", ({ label, deleted }) => deleted && label.id === urgent.id);
}

export const LABEL_CASES = {
  "labels chats of a business": (fixture: Fixture) => useLabels(fixture, "label"),

  "keeps lists of chats": (fixture: Fixture) => useLabels(fixture, "list"),

  "reports a list that the phone makes": async (fixture: Fixture) => {
    const session = await fixture.shared();
    const { phones } = fixture.sandbox;
    const label = await phones.perform(TENANT, session.phone.phone, "setLabel", {
      name: "By the phone",
      color: 2,
      kind: "list",
    });
    await session.recorder.wait("label", (event) => event.label.name === "By the phone" && !event.deleted);
    await phones.perform(TENANT, session.phone.phone, "deleteLabel", { id: label.id });
    await session.recorder.wait("label", (event) => event.label.id === label.id && event.deleted);
  },

  "refuses labels to a person, and lists to a business": async (fixture: Fixture) => {
    const person = await fixture.shared();
    await expect(operation(person.driver, "listLabels")({ kind: "label" })).rejects.toMatchObject({
      kind: "rejected",
      failure: "business_only",
    });
    const business = await fixture.link({ business: true });
    await expect(operation(business.driver, "listLabels")({ kind: "list" })).rejects.toMatchObject({
      kind: "rejected",
      failure: "unsupported_by_driver",
    });
  },
};
