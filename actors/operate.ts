/** How other services reach a session's actor, wherever it runs: by one action of the session service. */
import type { OperationInput, OperationName, OperationOutput } from "../drivers/driver.ts";
import { DriverError } from "../contracts/transport.ts";

export type { GroupInfo, OperationInput, OperationName, OperationOutput, SandboxEndpoint } from "../drivers/driver.ts";

/** True for the failure of a call to an actor. */
export function isDriverError(error: unknown): error is DriverError {
  return error instanceof DriverError;
}

interface Caller {
  call<R, P extends Record<string, unknown>>(action: string, params: P, options?: { timeout: number }): Promise<R>;
}

/** Asks the session's driver for an operation; fails with a problem. */
export function operateSession<N extends OperationName>(
  caller: Caller,
  sessionId: string,
  name: N,
  input: OperationInput<N>,
): Promise<OperationOutput<N>> {
  return caller.call("session.operate", { sessionId, call: { kind: "operation", name, input } }, { timeout: 40_000 });
}
