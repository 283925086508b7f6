/** The codes by which a phone links this device, with the time at which each expires. */
import type { DriverEvent } from "../driver.ts";
import type { LoginCallbacks } from "./chromium.ts";

/** WhatsApp's first QR code is valid for longer than those after it; the library does not pass the times on. */
const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;
const PAIRING_CODE_MS = 180_000;

export class LoginCodes implements LoginCallbacks {
  readonly onQr: LoginCallbacks["onQr"];
  readonly onPairingCode: LoginCallbacks["onPairingCode"];

  constructor(report: (event: Extract<DriverEvent, { type: "qr" | "pairing_code" }>) => void) {
    this.onQr = (text, attempt) =>
      report({ type: "qr", text, attempt, expiresAt: Date.now() + (attempt === 1 ? FIRST_QR_MS : NEXT_QR_MS) });
    this.onPairingCode = (code) => report({ type: "pairing_code", code, expiresAt: Date.now() + PAIRING_CODE_MS });
  }
}
