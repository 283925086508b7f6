/** A QR code in the form that the client accepts. */
import QRCode from "qrcode";
import { Problem } from "../../contracts/errors.ts";
import type { CallMeta } from "../../access/call.ts";

interface Code {
  readonly qr: string;
  readonly attempt: number;
  /** Unix ms. */
  readonly expiresAt: number;
}

/** JSON by default, PNG or SVG on request. Sets the response's media type. Throws the problem `not_acceptable`. */
export async function renderQr(code: Code, meta: CallMeta): Promise<unknown> {
  const accept = meta.accept ?? "*/*";
  if (/application\/(?:json|\*)|\*\/\*/.test(accept) && !accept.startsWith("image/")) {
    return { qr: code.qr, attempt: code.attempt, expiresAt: new Date(code.expiresAt).toISOString() };
  }
  if (accept.includes("image/svg+xml")) {
    meta.$responseType = "image/svg+xml";
    return QRCode.toString(code.qr, { type: "svg", margin: 2 });
  }
  if (/image\/(?:png|\*)/.test(accept)) {
    meta.$responseType = "image/png";
    return QRCode.toBuffer(code.qr, { type: "png", margin: 2, width: 360 });
  }
  throw new Problem(
    "not_acceptable",
    `"${accept}" is not available; accepted: application/json, image/png, image/svg+xml`,
  );
}
