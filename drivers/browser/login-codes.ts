/** The codes by which a phone links this device. */
import type { DriverEvent } from "../driver.ts";
import type { Callbacks } from "./chromium.ts";

/** WhatsApp's first QR code holds longer than the ones after it; the library does not pass the times on. */
const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;
const PAIRING_CODE_MS = 180_000;

export class LoginCodes implements Callbacks {
  readonly onQr: Callbacks["onQr"];
  readonly onPairingCode: Callbacks["onPairingCode"];

  constructor(tell: (event: Extract<DriverEvent, { type: "qr" | "pairing_code" }>) => void) {
    this.onQr = (text, attempt) =>
      tell({ type: "qr", text, attempt, expiresAt: Date.now() + (attempt === 1 ? FIRST_QR_MS : NEXT_QR_MS) });
    this.onPairingCode = (code) => tell({ type: "pairing_code", code, expiresAt: Date.now() + PAIRING_CODE_MS });
  }
}
