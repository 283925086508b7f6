/** The request for a pairing code: the phone, and the caller that waits for the code. */
import { DriverError } from "../contracts/transport.ts";
import type { DriverEvent } from "../drivers/driver.ts";

type Code = Omit<Extract<DriverEvent, { type: "pairing_code" }>, "type">;
type Refusal = Extract<DriverEvent, { type: "pairing_refused" }>["failure"];

export class Pairing {
  /** For which drivers show pairing codes; null for QR codes. */
  phone: string | null;
  #waiting: PromiseWithResolvers<Code> | undefined;
  /** The code that is shown. */
  #shown: Code | undefined;

  constructor(phone: string | null) {
    this.phone = phone;
  }

  /**
   * The code for the phone that is shown or awaited already; undefined when none was requested for it. Resolves or
   * rejects like `request`.
   */
  underWay(phone: string): Promise<Code> | undefined {
    if (phone !== this.phone) return undefined;
    if (this.#shown !== undefined && this.#shown.expiresAt > Date.now()) return Promise.resolve(this.#shown);
    return (this.#waiting ??= awaited()).promise;
  }

  /** Codes are for this phone from now on. Resolves with the first, or rejects with a DriverError. */
  request(phone: string): Promise<Code> {
    this.#waiting?.reject(new DriverError("not_sent", "another pairing code was requested"));
    this.#waiting = awaited();
    this.#shown = undefined;
    this.phone = phone;
    return this.#waiting.promise;
  }

  show({ code, expiresAt }: Code): void {
    this.#shown = { code, expiresAt };
    this.#waiting?.resolve(this.#shown);
    this.#waiting = undefined;
  }

  /** There is no code for the phone: the caller gets the reason, and drivers show QR codes again. */
  refuse(failure: Refusal): void {
    const phone = `+${this.phone ?? ""}`;
    const detail =
      failure === "number_not_on_whatsapp"
        ? `${phone} is not on WhatsApp`
        : `WhatsApp refuses a pairing code for ${phone}`;
    this.end(new DriverError("rejected", detail, failure));
  }

  /** No codes are needed any more. */
  end(why = new DriverError("not_connected", "the session ended")): void {
    this.phone = null;
    this.#shown = undefined;
    this.#waiting?.reject(why);
    this.#waiting = undefined;
  }
}

/** A code to come. Its caller may have gone meanwhile. */
function awaited(): PromiseWithResolvers<Code> {
  const waiting = Promise.withResolvers<Code>();
  waiting.promise.catch(() => undefined);
  return waiting;
}
