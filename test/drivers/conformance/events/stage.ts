/** A session with two people and a group, and events and answers in a form that is the same in every run. */
import type { SandboxMessage, SandboxPhone } from "../../../../contracts/sandbox.ts";
import type { WireOperations } from "../../../../contracts/sandbox-wire.ts";
import type { DriverEvent, Operation, OperationName } from "../../../../drivers/driver.ts";
import type { OutboundMessage } from "../../../../contracts/transport.ts";
import type { AccountOperation } from "../../../../sandbox/operations.ts";
import { operation, outbound, sendChecked, TENANT, type DriverFixture, type TestSession } from "../driver-fixture.ts";
import { until } from "../waiting.ts";

type Given = Partial<SandboxMessage> & Pick<SandboxMessage, "type">;

export interface Stage {
  readonly fixture: DriverFixture;
  readonly session: TestSession;
  readonly peer: SandboxPhone;
  readonly other: SandboxPhone;
  readonly group: string;
  /** The ids of the messages of this row, in the order in which they were sent. */
  readonly ids: string[];
  readonly run: { readonly [N in OperationName]: Operation<N> };
  /** The account sends; returns the key. */
  readonly send: (to: string, content: OutboundMessage["content"], more?: Partial<OutboundMessage>) => Promise<string>;
  /** A phone sends to the account, or to `to`; resolves with the id when the account has received it. */
  readonly from: (phone: SandboxPhone, message: Given) => Promise<string>;
  readonly perform: <N extends AccountOperation>(
    phone: SandboxPhone,
    op: N,
    input: WireOperations[N][0],
  ) => Promise<WireOperations[N][1]>;
}

export async function openStage(fixture: DriverFixture): Promise<Stage> {
  // Before the account is linked: a new phone is a change of its address book.
  const peer = await fixture.phone("Peer");
  const other = await fixture.phone("Other");
  const session = await fixture.link();
  const { driver, phone, recorder } = session;
  const { phones } = fixture.sandbox;
  const run = new Proxy({}, { get: (_target, name) => operation(driver, name as OperationName) }) as Stage["run"];
  const ids: string[] = [];
  const send: Stage["send"] = async (to, content, more) => {
    const message = outbound(to, content, more);
    ids.push(message.waId);
    return (await sendChecked(driver, message)).key;
  };
  const from: Stage["from"] = async (sender, message) => {
    const mark = recorder.mark();
    const { id } = await phones.send(TENANT, sender.phone, { to: phone.phone, ...message } as SandboxMessage);
    ids.push(id);
    const isReported = (event: DriverEvent) => !["ack", "chat", "contact"].includes(event.type);
    await until(
      recorder.subscribe,
      () => recorder.events.slice(mark).find(isReported),
      () => `a report of ${message.type}`,
      fixture.deadlineMs,
    );
    return id;
  };
  const { group } = await run.createGroup({ name: "Group", participants: [peer.chatId, other.chatId] });
  await recorder.wait("group", (event) => event.group.id === group.id);
  const perform: Stage["perform"] = (sender, op, input) => phones.perform(TENANT, sender.phone, op, input);
  return { fixture, session, peer, other, group: group.id, ids, run, send, from, perform };
}

/** The value with names for ids, and without times. */
export function readable({ session, peer, other, group, ids }: Stage, value: unknown): unknown {
  const people = { own: session.phone, peer, other };
  const names: [string, string][] = [
    ...Object.entries(people).flatMap(([name, { chatId, phone, lid }]): [string, string][] => [
      [chatId, name],
      [phone, `+${name}`],
      [lid, `${name}-lid`],
    ]),
    [group, "group"],
    ...ids.map((id, index): [string, string] => [id, `id${index + 1}`]),
  ];
  const text = names.reduce(
    (written, [id, name]) => written.replaceAll(id, name),
    JSON.stringify(value ?? null, withoutTimes),
  );
  return JSON.parse(text.replaceAll(/\d+@g\.us/g, "a group")) as unknown;
}

function withoutTimes(_name: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return typeof value === "number" && value > 1_500_000_000_000 ? "time" : value;
}
