/** The codes by which a phone links this device, with the time at which each expires, and the refusal of one. */
import type { DriverEvent } from "../driver.ts";
import type { LoginCallbacks } from "./chromium.ts";

/** For how long a code is valid; the library does not pass the times on. */
const QR_MS = 20_000;
const PAIRING_CODE_MS = 180_000;

type CodeEvent = Extract<DriverEvent, { type: "qr" | "pairing_code" | "pairing_refused" }>;

export class LoginCodes implements LoginCallbacks {
  readonly #report: (event: CodeEvent) => void;
  #isRefused = false;
  #isShown = false;

  constructor(report: (event: CodeEvent) => void) {
    this.#report = report;
  }

  /** A code was shown in this run. */
  get isShown(): boolean {
    return this.#isShown;
  }

  readonly onQr: LoginCallbacks["onQr"] = (text, attempt) => {
    this.#isShown = true;
    this.#report({ type: "qr", text, attempt, expiresAt: Date.now() + QR_MS });
  };

  readonly onPairingCode: LoginCallbacks["onPairingCode"] = (code) => {
    this.#isShown = true;
    this.#report({ type: "pairing_code", code, expiresAt: Date.now() + PAIRING_CODE_MS });
  };

  /** WhatsApp refused to give a code. Reported once: the page keeps showing it. */
  refuse(failure: Extract<CodeEvent, { type: "pairing_refused" }>["failure"]): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    this.#report({ type: "pairing_refused", failure });
  }
}
