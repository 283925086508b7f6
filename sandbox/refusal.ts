/** A refusal of the pretend network, in the words of the wire. */
import type { WireErrorCode } from "../contracts/sandbox-wire.ts";

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: WireErrorCode;

  constructor(code: WireErrorCode, detail: string) {
    super(detail);
    this.code = code;
  }
}
