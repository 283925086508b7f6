/** What is asked of each route: bodies that its schema takes, and that would change something if the wall had a hole. */
import { z } from "zod";
import type { Route } from "../../../contracts/route.ts";
import type { House } from "./house.ts";

/** Bodies by action; the contents are of no house, the addresses are the own customer's. */
function bodies(house: House): Readonly<Record<string, unknown>> {
  const { customer } = house;
  const participants = [customer];
  return {
    "message.send": { to: customer, type: "text", text: "intruder" },
    "message.bulk": { recipients: [customer], message: { type: "text", text: "intruder" } },
    "message.edit": { text: "intruder" },
    "message.forward": { to: customer },
    "session.update": { metadata: { by: "intruder" } },
    "session.pairingCode": { phone: customer },
    "contact.check": { phones: [customer] },
    "group.create": { name: "intruder", participants },
    "group.update": { name: "intruder" },
    "group.addParticipants": { participants },
    "group.removeParticipants": { participants },
    "group.promote": { participants },
    "group.demote": { participants },
    "group.join": { invite: "intruder-invite" },
    "group.answerRequests": { participants, decision: "approve" },
    "presence.typing": { state: "typing" },
    "presence.subscribe": { chatIds: [customer] },
    "presence.set": { available: true },
    "auth.users.update": { name: "intruder", disabled: true },
    "tenant.all.update": { name: "intruder", status: "suspended" },
    "webhook.update": { description: "intruder", status: "disabled" },
    "webhook.replay": { since: new Date(Date.now() - 60_000).toISOString(), only: "all" },
    "sandbox.changePhone": { name: "intruder", online: false },
    "sandbox.scan": { qr: "intruder" },
    "sandbox.sendMessage": { to: customer, text: "intruder" },
    "sandbox.sendTyping": { to: customer },
    "sandbox.setPresence": { state: "online" },
    "sandbox.readChat": { from: customer },
    "sandbox.call": { to: customer },
  };
}

/** A body for the route that its schema takes; fails when none is known. */
export function bodyFor(route: Route, house: House): unknown {
  if (route.body === undefined) return undefined;
  const given = bodies(house)[route.action];
  const body = [given, undefined, {}].find((candidate) => route.body!.safeParse(candidate).success);
  if (body === undefined && !route.body.safeParse(undefined).success) {
    throw new Error(
      `${route.method} ${route.path}: no body is known; add one for "${route.action}" to test/access/walls/questions.ts`,
    );
  }
  return body;
}

/** Queries that name what is the other house's, for the filters that the route has. */
export function queriesAbout(route: Route, other: House): string[] {
  if (route.query === undefined) return [];
  const { properties = {} } = z.toJSONSchema(route.query, { io: "input", unrepresentable: "any" }) as {
    properties?: object;
  };
  const values: Readonly<Record<string, string>> = {
    session: other.places["sessions/:session"]!,
    batch: other.batchId,
    clientRef: `${other.word}-1`,
    chat: other.customer,
    phone: other.own,
    q: other.word,
  };
  return Object.keys(properties).flatMap((name) =>
    values[name] === undefined ? [] : [`?${name}=${encodeURIComponent(values[name])}`],
  );
}

/** Requests that name in their bodies what is at `from`: [method, path, body]. */
export function namingBodies(
  mine: House,
  from: { session: string; message: string; upload: string },
): [string, string, unknown][] {
  const messages = `/sessions/${mine.sessionName}/messages`;
  const send = (body: object): [string, string, unknown] => ["POST", messages, { to: mine.customer, ...body }];
  const hook = { url: mine.receiver.url, events: ["*"], sessions: [from.session] };
  return [
    send({ type: "text", text: "x", replyTo: from.message }),
    send({ type: "reaction", messageId: from.message, emoji: "x" }),
    send({ type: "forward", messageId: from.message }),
    send({ type: "image", media: { uploadId: from.upload } }),
    ["POST", "/api-keys", { name: "x", scopes: ["session:read"], sessions: [from.session] }],
    ["POST", "/webhooks", hook],
    ["PATCH", `/webhooks/${mine.places["webhooks/:id"]!}`, { sessions: [from.session] }],
  ];
}
