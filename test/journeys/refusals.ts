/** Refusals over HTTP: each has its status, its code and its words, and a failed message has the same ones. */
import type { Message } from "../../contracts/message.ts";
import { MESSAGE_FAILURE_WORDS, type MessageFailure } from "../../contracts/states.ts";
import type { TestClient } from "../harness/client.ts";
import { makePhone, pairSession } from "./pairing.ts";

const ABSENT = "+15559999999";
const NO_GROUP = "120363099999999999@g.us";

/** Method, path, body, status, problem code, and the failure whose words the problem has. */
type Row = readonly [string, string, object | undefined, number, string, MessageFailure];

/** The rows for a group in which the account is a member, and a message of a person. */
function rowsOf(theirs: string, received: string): Row[] {
  const absent = `/contacts/${ABSENT}`;
  const group = `/groups/${theirs}`;
  const people = { participants: [ABSENT] };
  return [
    ["GET", `/presence/${ABSENT}`, undefined, 422, "number_not_on_whatsapp", "number_not_on_whatsapp"],
    ["GET", `${absent}/about`, undefined, 422, "number_not_on_whatsapp", "number_not_on_whatsapp"],
    ["GET", `${absent}/picture`, undefined, 422, "number_not_on_whatsapp", "number_not_on_whatsapp"],
    ["POST", `${absent}/block`, {}, 422, "number_not_on_whatsapp", "number_not_on_whatsapp"],
    ["POST", `/contacts/${theirs}/block`, {}, 422, "invalid_phone", "invalid_recipient"],
    ["POST", `/chats/${ABSENT}/typing`, { state: "typing" }, 422, "number_not_on_whatsapp", "number_not_on_whatsapp"],
    ["POST", `/chats/${NO_GROUP}/typing`, { state: "typing" }, 403, "not_group_member", "not_group_member"],
    ["POST", `/chats/${ABSENT}/read`, {}, 404, "target_not_found", "target_not_found"],
    ["POST", `/chats/${ABSENT}/archive`, {}, 404, "target_not_found", "target_not_found"],
    ["DELETE", `/chats/${ABSENT}`, undefined, 404, "target_not_found", "target_not_found"],
    ["PATCH", `/groups/${NO_GROUP}`, { name: "No" }, 403, "not_group_member", "not_group_member"],
    ["POST", `/groups/${NO_GROUP}/participants`, people, 403, "not_group_member", "not_group_member"],
    ["GET", `/groups/${NO_GROUP}/requests`, undefined, 403, "not_group_member", "not_group_member"],
    ["DELETE", `/groups/${NO_GROUP}`, undefined, 403, "not_group_member", "not_group_member"],
    ["PATCH", group, { announce: true }, 403, "group_admin_only", "group_admin_only"],
    ["POST", `${group}/participants`, people, 403, "group_admin_only", "group_admin_only"],
    ["DELETE", `${group}/admins`, people, 403, "group_admin_only", "group_admin_only"],
    ["GET", `${group}/invite`, undefined, 403, "group_admin_only", "group_admin_only"],
    ["GET", `${group}/requests`, undefined, 403, "group_admin_only", "group_admin_only"],
    ["POST", "/groups/join", { invite: "AAAAAAAAAAAAAAAAAAAAAA" }, 404, "target_not_found", "target_not_found"],
    ["POST", "/messages", { to: ABSENT, type: "text", text: "?" }, 202, "", "number_not_on_whatsapp"],
    ["POST", "/messages", { to: NO_GROUP, type: "text", text: "?" }, 202, "", "not_group_member"],
    ["POST", "/messages", { to: ABSENT, type: "forward", messageId: received }, 202, "", "number_not_on_whatsapp"],
  ];
}

/** A group of another account, in which the account is a member. The light driver needs no browser. */
async function makeTheirGroup(api: TestClient, own: string): Promise<string> {
  await pairSession(api, "theirs", "light", await makePhone(api, "Theirs"));
  const { id } = await api.expect<{ id: string }>(201, "POST", "/sessions/theirs/groups", {
    name: "Theirs",
    participants: [own],
  });
  return id;
}

interface Subject {
  readonly session: string;
  /** The session's phone, and another one. */
  readonly own: string;
  readonly peer: string;
}

/** Makes each request in the session, and compares all answers. */
export async function expectRefusals(api: TestClient, { session, own, peer }: Subject): Promise<void> {
  const at = (path: string) => `/sessions/${session}${path}`;
  const group = await makeTheirGroup(api, own);
  await api.until<{ data: { id: string }[] }>(at("/groups"), ({ data }) => data.some(({ id }) => id === group));
  const { id } = await api.expect<{ id: string }>(201, "POST", `/sandbox/phones/${peer}/messages`, {
    to: own,
    type: "text",
    text: "to be forwarded",
  });
  const { data } = await api.until<{ data: Message[] }>("/messages?direction=inbound&limit=100", (page) =>
    page.data.some(({ waId }) => waId.includes(id)),
  );
  const received = data.find(({ waId }) => waId.includes(id))!.id;
  const actual: unknown[] = [];
  const expected: unknown[] = [];
  for (const [method, path, body, status, code, failure] of rowsOf(group, received)) {
    const title = `${method} ${path}`;
    const answer = await api.ask<{ code: string; detail: string; id: string }>(method, at(path), body);
    const words = MESSAGE_FAILURE_WORDS[failure];
    if (status === 202) {
      const { error } = await api.until<Message>(
        `/messages/${answer.body.id}`,
        (message) => message.status === "failed",
      );
      actual.push([title, answer.status, error]);
      expected.push([title, status, { code: failure, detail: words }]);
    } else {
      actual.push([title, answer.status, answer.body.code, answer.body.detail]);
      expected.push([title, status, code, words]);
    }
  }
  expect(actual).toEqual(expected);
}
