/** The request for a pairing code: the phone, and the caller that waits for the code. */
import { DriverError } from "../contracts/transport.ts";
import type { DriverEvent } from "../drivers/driver.ts";

type Code = Omit<Extract<DriverEvent, { type: "pairing_code" }>, "type">;
type Refusal = Extract<DriverEvent, { type: "pairing_refused" }>["failure"];

export class Pairing {
  /** For which drivers show pairing codes; null for QR codes. */
  phone: string | null;
  #waiting: PromiseWithResolvers<Code> | undefined;

  constructor(phone: string | null) {
    this.phone = phone;
  }

  /** Codes are for this phone from now on. Resolves with the first, or rejects with a DriverError. */
  request(phone: string): Promise<Code> {
    this.#waiting?.reject(new DriverError("not_sent", "another pairing code was requested"));
    this.#waiting = Promise.withResolvers();
    // The caller awaits it only after the driver has been restarted.
    this.#waiting.promise.catch(() => undefined);
    this.phone = phone;
    return this.#waiting.promise;
  }

  show({ code, expiresAt }: Code): void {
    this.#waiting?.resolve({ code, expiresAt });
  }

  /** There is no code for the phone: the caller gets the reason, and drivers show QR codes again. */
  refuse(failure: Refusal): void {
    const phone = `+${this.phone ?? ""}`;
    const detail =
      failure === "number_not_on_whatsapp"
        ? `${phone} is not on WhatsApp`
        : `WhatsApp refuses a pairing code for ${phone}`;
    this.phone = null;
    this.#waiting?.reject(new DriverError("rejected", detail, failure));
  }

  /** No codes are needed any more. */
  end(): void {
    this.phone = null;
    this.#waiting?.reject(new DriverError("not_connected", "the session ended"));
  }
}
