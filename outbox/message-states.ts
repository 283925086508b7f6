/**
 * The states of an outbound message, as stored, and who moves it from one to another:
 *
 *                               ┌────── in flight ──────┐
 *     scheduled ─due─► queued ─claim─► sending          ├─acknowledgement─► sent ─► delivered ─► read ─► played
 *                        ▲ ▲    │        │ result,      │
 *                        │ │    │        ▼ takeover     │
 *                        │ │    │    reconciling        ├─result─► failed
 *                        │ │    └────┬─────────────┬────┘
 *                        │ └─result──┘             │
 *                        └──due── retrying ◄─result┘
 *
 *     scheduled, queued, retrying ─cancel─► cancelled, ─expire─► expired, ─acknowledgement─► sent
 *
 * A message is accepted as `queued` or `scheduled`, and claimed by the run of its session, at most one per session at a
 * time. `reconciling` means that the outcome of the send is unknown and being looked up. A message becomes `sent` only
 * by WhatsApp's acknowledgement, in the receipt of the send or later, and then only moves up; an acknowledgement that
 * is not higher is ignored. It can come for a message that waits, when a restored backup is older than the send.
 * Statements that move messages (claim, takeover) keep to the table below: test/outbox/message-states.test.ts compares
 * them.
 */
import type { StoredStatus } from "../contracts/states.ts";

/**
 * `due`: its scheduled time or its retry has come. `claim`: a run takes it to send it. `result`: the outcome of a send
 * or of a lookup. `takeover`: a new run of the session finds it in flight. `acknowledgement`: WhatsApp has it, or its
 * recipient has.
 */
export type Mover = "due" | "claim" | "result" | "takeover" | "acknowledgement" | "cancel" | "expire";

type Moves = { readonly [to in StoredStatus]?: readonly Mover[] };

const WAITING = { sent: ["acknowledgement"], cancelled: ["cancel"], expired: ["expire"] } as const satisfies Moves;
const IN_FLIGHT = {
  sent: ["acknowledgement"],
  queued: ["result"],
  retrying: ["result"],
  reconciling: ["result", "takeover"],
  failed: ["result"],
} as const satisfies Moves;

const TRANSITIONS: { readonly [from in StoredStatus]: Moves } = {
  scheduled: { queued: ["due"], ...WAITING },
  queued: { sending: ["claim"], ...WAITING },
  retrying: { queued: ["due"], ...WAITING },
  sending: IN_FLIGHT,
  reconciling: IN_FLIGHT,
  sent: { delivered: ["acknowledgement"], read: ["acknowledgement"], played: ["acknowledgement"] },
  delivered: { read: ["acknowledgement"], played: ["acknowledgement"] },
  read: { played: ["acknowledgement"] },
  played: {},
  failed: {},
  expired: {},
  cancelled: {},
  received: {},
};

/** True when `by` may move a message from `from` to `to`. */
export function canMove(by: Mover, from: StoredStatus, to: StoredStatus): boolean {
  return TRANSITIONS[from][to]?.includes(by) ?? false;
}

/** Throws when `by` must not move a message from `from` to `to`: that is a defect of the caller. */
export function requireMove(by: Mover, from: StoredStatus, to: StoredStatus): void {
  if (!canMove(by, from, to)) throw new Error(`${by} must not move a message from ${from} to ${to}`);
}

/** The order in which acknowledgements move a message up. Statuses without a rank ignore acknowledgements. */
export const STATUS_RANK: { readonly [status in StoredStatus]?: number } = {
  scheduled: 0,
  queued: 0,
  retrying: 0,
  sending: 0,
  reconciling: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  played: 4,
};

/** True for a message that has been claimed and whose outcome is not yet known. */
export function isInFlight(status: StoredStatus): boolean {
  return status === "sending" || status === "reconciling";
}
