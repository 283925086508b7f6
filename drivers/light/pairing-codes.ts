/** Pairing codes: a new one each time the last has expired, up to a limit. */
import type { DriverEvent } from "../driver.ts";
import type { DriverError } from "../../contracts/transport.ts";
import type { Request } from "./requests.ts";

const CODE_LIMIT = 6;

export class PairingCodes {
  readonly #request: Request;
  readonly #report: (event: DriverEvent) => void;
  #expiry: NodeJS.Timeout | null = null;
  #isShowing = false;

  constructor(request: Request, report: (event: DriverEvent) => void) {
    this.#request = request;
    this.#report = report;
  }

  /** Shows codes for the phone until `stop`, or until the network refuses. */
  show(phone: string): void {
    this.#isShowing = true;
    this.#next(phone, 1);
  }

  #next(phone: string, attempt: number): void {
    this.#request("pairingCode", { phone }).then(
      ({ code, expiresAt }) => {
        if (!this.#isShowing) return;
        this.#report({ type: "pairing_code", code, expiresAt });
        if (attempt < CODE_LIMIT)
          this.#expiry = setTimeout(() => this.#next(phone, attempt + 1), Math.max(0, expiresAt - Date.now()));
      },
      ({ kind, failure }: DriverError) => {
        if (kind !== "rejected") return;
        const isUnknown = failure === "number_not_on_whatsapp";
        this.#report({ type: "pairing_refused", failure: isUnknown ? failure : "rejected_by_network" });
      },
    );
  }

  stop(): void {
    this.#isShowing = false;
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    this.#expiry = null;
  }
}
