/** The type of an operation as this driver implements it: a function of the running web client. */
import type { OperationInput, OperationName, OperationOutput } from "../driver.ts";
import type { WebClient } from "./web-client.ts";

export type Handler<N extends OperationName> = (
  client: WebClient,
  input: OperationInput<N>,
) => Promise<OperationOutput<N>>;

/** All operations but the screenshot, which needs no connected session. */
export type Handlers = { readonly [N in Exclude<OperationName, "screenshot">]: Handler<N> };
