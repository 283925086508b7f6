/** The capabilities of a driver as data, and the refusal of everything else. */
import { isWritable } from "../contracts/address.ts";
import { DriverError, type Content, type OutboundMessage } from "../contracts/transport.ts";
import type { Driver } from "./driver.ts";
import type { OperationName, Operations } from "./operations.ts";

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

/**
 * The operation of a driver. Throws `unsupported_by_driver` when it is not declared, before it calls `getDriver`.
 */
export function requireOperation<N extends OperationName>(
  { operations }: Pick<Capabilities, "operations">,
  name: N,
  getDriver: () => Pick<Driver, "operations">,
): Operations[N] {
  const operation: Operations[N] | undefined = operations.includes(name) ? getDriver().operations[name] : undefined;
  return operation ?? refuse(`the operation ${name}`);
}

/** Throws `unsupported_by_driver` for a message of a kind, or to a chat, that cannot be sent. */
export function requireSendable(
  { sends }: Pick<Capabilities, "sends">,
  { content, to }: Pick<OutboundMessage, "content" | "to">,
): void {
  if (!sends.includes(content.type)) refuse(`messages of the kind ${content.type}`);
  if (!isWritable(to)) refuse(`messages to ${to}`);
}

/** Throws `unsupported_by_driver` when there are no pairing codes. */
export function requirePairingCode({ pairingCode }: Pick<Capabilities, "pairingCode">): void {
  if (!pairingCode) refuse("pairing codes");
}
