/** A refusal by the simulated network, with its error code on the wire. */
import type { WireErrorCode } from "../contracts/sandbox-wire.ts";

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: WireErrorCode;

  constructor(code: WireErrorCode, detail: string) {
    super(detail);
    this.code = code;
  }
}
