/**
 * How long a call to a session's actor may take, in ms, at each of the four places that wait for it. Each place waits
 * longer than the next one by the same margin, so that a client gets the innermost error, which is the most specific.
 *
 *   gateway ──► owner's node ──► worker thread ──► actor and its driver
 */

/** Kinds of calls to an actor, by how long they take. */
export type CallDuration = keyof typeof ACTOR_DEADLINES;

/** The actor's own deadlines. When one passes, it is unknown whether the call took effect. */
const ACTOR_DEADLINES = {
  send: 45_000,
  /** Media take long on a slow connection. */
  send_media: 180_000,
  find: 45_000,
  /** With the margins below it stays under the 10 s that clients commonly wait. */
  operation: 7_000,
  bulk_operation: 12_000,
  /** It restarts the driver with the phone's number; a call that comes too early for the code can be repeated. */
  pair: 12_000,
  stop: 20_000,
  /** It may have to wait for the connection first, and closes the browser at the end. */
  logout: 65_000,
} as const;

const MARGIN = 1_000;

/** The longest `?wait` for a QR code, in ms. */
export const LONGEST_QR_WAIT = 60_000;

export function actorDeadline(call: CallDuration): number {
  return ACTOR_DEADLINES[call];
}

/** For the main thread, which waits for the actor's thread. */
export function threadDeadline(call: CallDuration): number {
  return actorDeadline(call) + MARGIN;
}

/** For any process that calls the node that owns the session. */
export function ownerDeadline(call: CallDuration): number {
  return threadDeadline(call) + MARGIN;
}

/** For the call that waits for a QR code on the node that owns the session. */
export function qrDeadline(wait: number): number {
  return wait + MARGIN;
}

/** For the gateway's call of a service: longer than the longest call that a request can make. */
export const REQUEST_DEADLINE = Math.max(ownerDeadline("pair"), qrDeadline(LONGEST_QR_WAIT)) + MARGIN;

/** After this time a claimed message counts as abandoned: longer than the longest attempt to send it. */
export const CLAIM_DEADLINE = threadDeadline("send_media") + MARGIN;
