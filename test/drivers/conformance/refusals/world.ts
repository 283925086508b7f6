/** The situations in which a driver is refused: people, groups and messages of every kind that a request can name. */
import type { Operation, OperationName } from "../../../../drivers/driver.ts";
import { DriverError, explain, type OutboundMessage } from "../../../../contracts/transport.ts";
import type { SandboxPhone } from "../../../../contracts/sandbox.ts";
import { MEDIA_SAMPLES } from "../media-samples.ts";
import { operation, outbound, sendChecked, TENANT, type DriverFixture, type TestSession } from "../driver-fixture.ts";

/** Chat ids that lead nowhere. */
const NOWHERE = {
  absent: "15559999999@c.us",
  absentLid: "999999999999999@lid",
  absentGroup: "120363099999999999@g.us",
  channel: "120363011111111111@newsletter",
  list: "15550101@broadcast",
  status: "status@broadcast",
} as const;

/** Messages, by their WhatsApp keys. */
interface Keys {
  readonly sent: string;
  readonly received: string;
  readonly receivedInTheirs: string;
  readonly receivedInOwn: string;
  readonly sentAndRevoked: string;
  readonly receivedAndRevoked: string;
  readonly sentLongAgo: string;
  readonly sentImage: string;
  readonly sentPoll: string;
  readonly unknown: string;
  readonly malformed: string;
}

export interface World {
  readonly session: TestSession;
  readonly peer: SandboxPhone;
  readonly other: SandboxPhone;
  /** A person whom the account has blocked. */
  readonly blocked: SandboxPhone;
  /** A person who has blocked the account. */
  readonly blocking: SandboxPhone;
  /** A person with whom there is no chat. */
  readonly stranger: SandboxPhone;
  /** Groups: the account's own, and others' in which it is a member, of which some let only admins write or change. */
  readonly groups: {
    readonly ownGroup: string;
    readonly theirs: string;
    readonly announced: string;
    readonly locked: string;
    readonly foreign: string;
    readonly left: string;
  };
  /** Invites: a replaced one, one that needs an approval, one to a group that it is in, and two that never were. */
  readonly invites: Readonly<Record<"replaced" | "approval" | "member" | "void" | "empty", string>>;
  readonly keys: Keys;
  readonly run: { readonly [N in OperationName]: Operation<N> };
  readonly send: (to: string, content: OutboundMessage["content"], more?: Partial<OutboundMessage>) => Promise<void>;
}

export async function buildWorld(fixture: DriverFixture): Promise<World> {
  const session = await fixture.shared();
  const { driver, phone, recorder } = session;
  const { phones } = fixture.sandbox;
  const [peer, other, blocked, blocking, stranger] = (await Promise.all(
    ["Peer", "Other", "Blocked", "Blocking", "Stranger"].map((name) => fixture.phone(name)),
  )) as [SandboxPhone, SandboxPhone, SandboxPhone, SandboxPhone, SandboxPhone];
  const run = new Proxy({}, { get: (_target, name) => operation(driver, name as OperationName) }) as World["run"];
  const createTheirs = async (change: { announce?: boolean; locked?: boolean } = {}): Promise<string> => {
    const { group } = await phones.perform(TENANT, peer.phone, "createGroup", {
      name: "Theirs",
      participants: [phone.chatId, other.chatId],
    });
    await recorder.wait("group", (event) => event.group.id === group.id);
    if (Object.keys(change).length === 0) return group.id;
    await phones.perform(TENANT, peer.phone, "updateGroup", { groupId: group.id, ...change });
    await recorder.wait("group", (event) => event.group.id === group.id && event.change === "updated");
    return group.id;
  };
  const own = (await run.createGroup({ name: "Own", participants: [peer.chatId] })).group.id;
  const left = await createTheirs();
  await run.leaveGroup({ groupId: left });
  const foreign = await phones.perform(TENANT, peer.phone, "createGroup", { name: "Foreign", participants: [] });
  const groups = {
    ownGroup: own,
    theirs: await createTheirs(),
    announced: await createTheirs({ announce: true }),
    locked: await createTheirs({ locked: true }),
    foreign: foreign.group.id,
    left,
  };
  await run.block({ chatId: blocked.chatId, blocked: true });
  await phones.perform(TENANT, blocking.phone, "block", { id: phone.chatId, blocked: true });
  const invite = (groupId: string, revoke = false) =>
    phones.perform(TENANT, peer.phone, "getInvite", { groupId, revoke }).then(({ code }) => code);
  const replaced = await invite(groups.foreign);
  await invite(groups.foreign, true);
  const guarded = await phones.perform(TENANT, peer.phone, "createGroup", { name: "Guarded", participants: [] });
  await phones.approveJoins(TENANT, peer.phone, guarded.group.id, true);
  const invites = {
    replaced,
    approval: await invite(guarded.group.id),
    member: await invite(groups.theirs),
    void: "void",
    empty: "",
  };
  const send: World["send"] = async (to, content, more) => {
    await sendChecked(driver, outbound(to, content, more));
  };
  const keys = await buildKeys(fixture, session, { peer, groups });
  return { session, peer, other, blocked, blocking, stranger, groups, invites, keys, run, send };
}

async function buildKeys(
  fixture: DriverFixture,
  { driver, recorder, phone }: TestSession,
  { peer, groups }: Pick<World, "peer" | "groups">,
): Promise<Keys> {
  const { phones } = fixture.sandbox;
  const sendOwn = async (content: OutboundMessage["content"]) =>
    (await driver.send(outbound(peer.chatId, content))).key;
  const receive = async (to: string) => {
    const { id } = await phones.send(TENANT, peer.phone, { to, type: "text", text: "from the peer" });
    const { message } = await recorder.wait("message", (event) => event.message.key.includes(id));
    return { id, key: message.key };
  };
  const sentAndRevoked = await sendOwn({ type: "text", text: "revoked" });
  await driver.send(outbound(peer.chatId, { type: "revoke", target: sentAndRevoked }));
  const gone = await receive(phone.chatId);
  await phones.send(TENANT, peer.phone, { to: phone.chatId, type: "revoke", target: gone.id });
  await recorder.wait("revoked", (event) => event.key === gone.key);
  fixture.behindMs = 61 * 3_600_000;
  const sentLongAgo = await sendOwn({ type: "text", text: "long ago" });
  fixture.behindMs = 0;
  return {
    sent: await sendOwn({ type: "text", text: "sent" }),
    received: (await receive(phone.chatId)).key,
    receivedInTheirs: (await receive(groups.theirs)).key,
    receivedInOwn: (await receive(groups.ownGroup)).key,
    sentAndRevoked,
    receivedAndRevoked: gone.key,
    sentLongAgo,
    sentImage: await sendOwn({ type: "image", media: await fixture.store(MEDIA_SAMPLES.image) }),
    sentPoll: await sendOwn({ type: "poll", question: "Tea?", options: ["yes", "no"], selectableCount: 1 }),
    unknown: `true_${peer.chatId}_3EB0FFFFFFFFFFFFFFFFFF`,
    malformed: "not-a-key",
  };
}

/** The id of a person or chat by its name. */
export function idOf(world: World, name: string): string {
  const { session, peer } = world;
  const ids: Record<string, string> = {
    ...NOWHERE,
    ...world.groups,
    self: session.phone.chatId,
    selfLid: session.phone.lid,
    peerLid: peer.lid,
  };
  return ids[name] ?? world[name as "peer" | "other" | "blocked" | "blocking" | "stranger"].chatId;
}

/** A result with names for the ids that differ from run to run; a refusal as its kind, failure and explanation. */
export async function outcomeOf(world: World, act: () => Promise<unknown>): Promise<unknown> {
  try {
    return withNames(world, (await act()) ?? "done");
  } catch (error) {
    if (!(error instanceof DriverError)) return { thrown: String(error) };
    return withNames(world, { kind: error.kind, failure: error.failure, says: explain(error) });
  }
}

function withNames({ session, peer, other, blocked, blocking, stranger, groups }: World, value: unknown): unknown {
  const people = { own: session.phone, peer, other, blocked, blocking, stranger };
  const names = [
    ...Object.entries(people).flatMap(([name, { chatId, phone, lid }]) => [
      [chatId, name],
      [phone, `+${name}`],
      [lid, `${name}-lid`],
    ]),
    ...Object.entries(groups).map(([name, id]) => [id, `${name}-group`]),
    ...Object.entries(NOWHERE).map(([name, id]) => [id, name]),
  ] as [string, string][];
  return JSON.parse(names.reduce((text, [id, name]) => text.replaceAll(id, name), JSON.stringify(value))) as unknown;
}
