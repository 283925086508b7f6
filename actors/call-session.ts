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
import { durationOf } from "./host.ts";
import type { CurrentQr } from "./lifecycle/running-session.ts";
import type { ActorCall } from "./protocol.ts";

/** ms after which a call without an answer is accompanied by pings, between two of them, and that one may take. */
const PING_INTERVAL = 3_000;
const PING = 3_000;
/** The framework's errors for calls that were never carried out. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  "ServiceNotFoundError",
  "ServiceNotAvailableError",
  "ServiceUnavailableError",
]);

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
export type QrAnswer = { qr: CurrentQr } | { state: SessionState; reason: SessionReason; phase: string | null };

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
  return callOwner(caller, sql, "session-node.callActor", { sessionId, call }, ownerDeadline(durationOf(call)));
}

/** Waits up to `wait` ms for a QR code. A session that no node owns yet counts as stopped. */
export async function waitForQr(caller: Caller, sql: Sql, sessionId: string, wait: number): Promise<QrAnswer> {
  if ((await findOwner(sql, sessionId)) === null) return { state: "stopped", reason: "requested", phase: null };
  return (await callOwner(caller, sql, "session-node.waitForQr", { sessionId, wait }, qrDeadline(wait))) as QrAnswer;
}

async function callOwner(
  caller: Caller,
  sql: Sql,
  action: string,
  params: { readonly sessionId: string } & Record<string, unknown>,
  timeout: number,
): Promise<unknown> {
  const owner = await findOwner(sql, params.sessionId);
  if (owner === null) throw new Problem("session_not_running", "no node runs the session; start it, or ask again");
  const { node: nodeID, epoch } = owner;
  const call = caller.call(action, { ...params, epoch }, { nodeID, retries: 0, timeout });
  try {
    return await whileAlive(caller, nodeID, call);
  } catch (error) {
    throw toOwnerProblem(error, owner);
  }
}

/** The owner was lost, or does not answer: the client learns which node it was. */
function toOwnerProblem(error: unknown, { node, epoch }: { node: string; epoch: number }): unknown {
  const name = error instanceof Error ? error.name : "";
  const facts = { node, epoch };
  if (UNREACHABLE.has(name))
    return new Problem("session_unavailable", `the node ${node}, which runs the session, cannot be reached`, {
      retryAfter: 2,
      facts,
    });
  if (name === "RequestTimeoutError" || name === "RequestRejectedError")
    return new Problem(
      "outcome_unknown",
      `the node ${node}, which runs the session, gave no answer in time; it may have carried the request out`,
      { facts },
    );
  return error;
}

/**
 * The call's answer, or a timeout as soon as the node no longer answers at all: a client must not wait for a dead node
 * as long as for a slow operation.
 */
async function whileAlive(caller: Caller, nodeID: string, call: Promise<unknown>): Promise<unknown> {
  const silence = Promise.withResolvers<never>();
  let isOver = false;
  const check = async (): Promise<void> => {
    const isAlive = await caller.call("session-node.ping", {}, { nodeID, retries: 0, timeout: PING }).then(
      () => true,
      () => false,
    );
    if (isOver) return;
    if (isAlive) timer = setTimeout(() => void check(), PING_INTERVAL);
    else silence.reject(Object.assign(new Error(`the node ${nodeID} is silent`), { name: "RequestTimeoutError" }));
  };
  let timer = setTimeout(() => void check(), PING_INTERVAL);
  try {
    return await Promise.race([call, silence.promise]);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}
