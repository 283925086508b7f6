/**
 * The only way from a service to a session's actor: look up the node that owns the session, and call the actor there.
 * The caller has checked that the session may be used. A call is never repeated automatically, since it may have taken
 * effect.
 */
import { ownerDeadline, qrDeadline } from "../contracts/deadlines.ts";
import { Problem } from "../contracts/errors.ts";
import type { SessionReason, SessionState } from "../contracts/states.ts";
import type { Sql } from "../db/database.ts";
import { findOwner } from "../db/statements/sessions/placements.ts";
import type { OperationInput, OperationName, OperationOutput } from "../drivers/driver.ts";
import type { CurrentQr } from "./lifecycle/running-session.ts";
import type { ActorCall } from "./protocol.ts";

export type { GroupInfo, OperationInput, OperationName, OperationOutput, SandboxEndpoint } from "../drivers/driver.ts";

/** A Moleculer context, or the broker where there is none. */
export interface Caller {
  call(action: string, params: Record<string, unknown>, options: CallOptions): Promise<unknown>;
}

interface CallOptions {
  readonly nodeID: string;
  readonly retries: number;
  readonly timeout: number;
}

/** The calls that other processes may make. Only the owner sends messages, looks them up and ends the session. */
export type RemoteCall = Extract<ActorCall, { kind: "operation" | "pair" }>;

/** A QR code, or the state that explains why there is none. */
export type QrAnswer = { qr: CurrentQr } | { state: SessionState; reason: SessionReason };

/** Runs an operation of the session's driver. Rejects with the problems of `callSession`. */
export async function operateSession<N extends OperationName>(
  caller: Caller,
  sql: Sql,
  sessionId: string,
  name: N,
  input: OperationInput<N>,
): Promise<OperationOutput<N>> {
  return (await callSession(caller, sql, sessionId, { kind: "operation", name, input })) as OperationOutput<N>;
}

/**
 * Calls the session's actor. Rejects with the problem `session_not_running`, `session_unavailable` or
 * `outcome_unknown`, or with the one that the actor's failure is translated to.
 */
export function callSession(caller: Caller, sql: Sql, sessionId: string, call: RemoteCall): Promise<unknown> {
  return callOwner(caller, sql, "session.callActor", { sessionId, call }, ownerDeadline(call.kind));
}

/** Waits up to `wait` ms for a QR code. A session that no node owns yet counts as stopped. */
export async function waitForQr(caller: Caller, sql: Sql, sessionId: string, wait: number): Promise<QrAnswer> {
  if ((await findOwner(sql, sessionId)) === null) return { state: "stopped", reason: "requested" };
  return (await callOwner(caller, sql, "session.waitForQr", { sessionId, wait }, qrDeadline(wait))) as QrAnswer;
}

async function callOwner(
  caller: Caller,
  sql: Sql,
  action: string,
  params: { readonly sessionId: string } & Record<string, unknown>,
  timeout: number,
): Promise<unknown> {
  const owner = await findOwner(sql, params.sessionId);
  if (owner === null) throw new Problem("session_not_running", "the session is not running; start it first");
  try {
    return await caller.call(action, { ...params, epoch: owner.epoch }, { nodeID: owner.node, retries: 0, timeout });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "ServiceNotFoundError")
      throw new Problem("session_unavailable", "the session's node cannot be reached", { retryAfter: 2 });
    if (name === "RequestTimeoutError" || name === "RequestRejectedError") throw new Problem("outcome_unknown");
    throw error;
  }
}
