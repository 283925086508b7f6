/**
 * The capabilities of a driver as data, and the refusal of everything else: of what it does not declare, and of ids that
 * no driver has to expect.
 */
import { isConversation, isWritable, STATUS_CHAT } from "../contracts/address.ts";
import { MESSAGE_FAILURE_WORDS } from "../contracts/states.ts";
import { DriverError, type Content, type OutboundMessage } from "../contracts/transport.ts";
import type { Driver } from "./driver.ts";
import type { Operation, OperationName } from "./operations.ts";

export type MessageKind = Content<unknown>["type"];

/**
 * Declared by each driver module. The conformance suite checks both directions: declared capabilities work, and others
 * are refused with `unsupported_by_driver`.
 */
export interface Capabilities {
  /** The operations that it implements. */
  readonly operations: readonly OperationName[];
  /** The kinds of message that it can send. */
  readonly sends: readonly MessageKind[];
  /** The kinds of message that it understands; others are reported as `unknown`. */
  readonly receives: readonly MessageKind[];
  /** It can be linked by a pairing code, as well as by a QR code. */
  readonly pairingCode: boolean;
  /** It may be given a message while another one is being sent. */
  readonly parallelSends: boolean;
  /** It runs a separate process, whose death it reports as `closed`. */
  readonly ownProcess: boolean;
}

function refuse(what: string): never {
  throw new DriverError("rejected", `the driver does not support ${what}`, "unsupported_by_driver");
}

const isPerson = (id: string): boolean => isConversation(id) && !id.endsWith("@g.us");

function requirePeople(ids: readonly string[]): void {
  if (ids.every(isPerson)) return;
  throw new DriverError("rejected", MESSAGE_FAILURE_WORDS.invalid_recipient, "invalid_recipient");
}

/** The kinds of message that WhatsApp has in channels. */
const TO_CHANNELS: ReadonlySet<MessageKind> = new Set(["text", "image", "video", "poll"]);

/** The kinds of message that can be posted as a status. */
const AS_STATUS: ReadonlySet<MessageKind> = new Set(["text", "image", "video"]);

/** Operations on one person. */
const ON_PEOPLE: ReadonlySet<OperationName> = new Set(["getPresence", "block", "viewStatus"]);

/**
 * The operation of a driver. Throws `unsupported_by_driver` when it is not declared, before it calls `getDriver`. The
 * operation rejects with the same for a channel, a broadcast list or the status, and with `invalid_recipient` for a
 * group where only a person is possible.
 */
export function requireOperation<N extends OperationName>(
  { operations }: Pick<Capabilities, "operations">,
  name: N,
  getDriver: () => Pick<Driver, "operations">,
): Operation<N> {
  const driver = operations.includes(name) ? getDriver() : undefined;
  const operation = driver?.operations[name] as Operation<N> | undefined;
  if (operation === undefined) refuse(`the operation ${name}`);
  return (input) => {
    if ("chatId" in input) {
      if (!isConversation(input.chatId)) refuse(`the operation ${name} for ${input.chatId}`);
      if (ON_PEOPLE.has(name)) requirePeople([input.chatId]);
    }
    return operation(input);
  };
}

/**
 * Throws `unsupported_by_driver` for a message of a kind, or to a chat, that cannot be sent, and `invalid_recipient`
 * when it mentions anything but people.
 */
export function requireSendable(
  { sends }: Pick<Capabilities, "sends">,
  { content, to, mentions = [] }: Pick<OutboundMessage, "content" | "to" | "mentions">,
): void {
  if (!sends.includes(content.type)) refuse(`messages of the kind ${content.type}`);
  if (to === STATUS_CHAT) {
    if (!AS_STATUS.has(content.type)) refuse(`messages of the kind ${content.type} as a status`);
    return;
  }
  if (!isWritable(to)) refuse(`messages to ${to}`);
  if (to.endsWith("@newsletter") && !TO_CHANNELS.has(content.type))
    refuse(`messages of the kind ${content.type} to channels`);
  requirePeople(mentions);
}

/** Throws `unsupported_by_driver` when there are no pairing codes. */
export function requirePairingCode({ pairingCode }: Pick<Capabilities, "pairingCode">): void {
  if (!pairingCode) refuse("pairing codes");
}
