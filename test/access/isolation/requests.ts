/** Requests for each route: bodies that its schema accepts and that would change something if isolation failed. */
import { z } from "zod";
import type { Route } from "../../../contracts/route.ts";
import type { TenantFixture } from "./tenant-fixture.ts";

/** Bodies by action. Their texts belong to no tenant, their addresses are those of the tenant's own customer. */
function bodies(tenant: TenantFixture): Readonly<Record<string, unknown>> {
  const { customer } = tenant;
  const participants = [customer];
  return {
    "message.send": { to: customer, type: "text", text: "intruder" },
    "message.bulk": { recipients: [customer], message: { type: "text", text: "intruder" } },
    "message.edit": { text: "intruder" },
    "message.forward": { to: customer },
    "cluster.move": { node: "nowhere" },
    "session.resumeQueue": { waiting: "cancel" },
    "session.update": { metadata: { by: "intruder" } },
    "session.pairingCode": { phone: customer },
    "profile.update": { about: "intruder" },
    "profile.setPicture": { media: { base64: "R0lGODlhAQABAAAAACw=" } },
    "profile.updateBusiness": { description: "intruder" },
    "profile.updatePrivacy": { lastSeen: "none" },
    "contact.check": { phones: [customer] },
    "contact.save": { name: "intruder" },
    "group.setPicture": { media: { base64: "R0lGODlhAQABAAAAACw=" } },
    "message.postStatus": { type: "text", text: "intruder" },
    "message.invite": { to: "+15550109999", text: "intruder" },
    "channel.viewStatus": { from: customer },
    "group.communities.create": { name: "intruder" },
    "group.communities.addGroups": { groups: ["120363000000000009@g.us"] },
    "group.communities.removeGroups": { groups: ["120363000000000009@g.us"] },
    "contact.setDisappearing": { seconds: 0 },
    "business.products.create": { name: "intruder", picture: { base64: "R0lGODlhAQABAAAAACw=" } },
    "business.products.update": { name: "intruder" },
    "business.collections.create": { name: "intruder", products: ["no-such-product"] },
    "business.collections.update": { name: "intruder" },
    "channel.create": { name: "intruder" },
    "channel.update": { name: "intruder" },
    "business.labels.create": { name: "intruder" },
    "business.labels.update": { name: "intruder" },
    "business.labels.setOfChat": { labels: [] },
    "business.lists.create": { name: "intruder" },
    "business.lists.update": { name: "intruder" },
    "business.lists.setOfChat": { lists: [] },
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
    "sandbox.act": { act: "setProfile", input: { name: "intruder" } },
  };
}

/** A body that the route's schema accepts; throws when none is known. */
export function bodyFor(route: Route, tenant: TenantFixture): unknown {
  if (route.body === undefined) return undefined;
  const given = bodies(tenant)[route.action];
  const body = [given, undefined, {}].find((candidate) => route.body!.safeParse(candidate).success);
  if (body === undefined && !route.body.safeParse(undefined).success) {
    throw new Error(
      `${route.method} ${route.path}: add a body for "${route.action}" to test/access/isolation/requests.ts`,
    );
  }
  return body;
}

/** Queries that name resources of the other tenant, one for each filter of the route. */
export function queriesNaming(route: Route, other: TenantFixture): string[] {
  if (route.query === undefined) return [];
  const { properties = {} } = z.toJSONSchema(route.query, { io: "input", unrepresentable: "any" }) as {
    properties?: object;
  };
  const values: Readonly<Record<string, string>> = {
    session: other.parameters["sessions/:session"]!,
    batch: other.batchId,
    clientRef: `${other.keyword}-1`,
    chat: other.customer,
    phone: other.own,
    q: other.keyword,
  };
  return Object.keys(properties).flatMap((name) =>
    values[name] === undefined ? [] : [`?${name}=${encodeURIComponent(values[name])}`],
  );
}

/** Requests whose bodies name these resources: [method, path, body]. */
export function requestsNaming(
  mine: TenantFixture,
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
    ["PATCH", `/webhooks/${mine.parameters["webhooks/:id"]!}`, { sessions: [from.session] }],
  ];
}
