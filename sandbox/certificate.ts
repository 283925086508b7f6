/** The page's certificate: made anew at each start, and the only key that the browser is told to trust. */
import { createHash, X509Certificate } from "node:crypto";
import { generate } from "selfsigned";

export interface PageCertificate {
  readonly key: string;
  readonly cert: string;
  /** Base64 SHA-256 of the public key, as Chromium's `--ignore-certificate-errors-spki-list` takes it. */
  readonly spki: string;
}

/** Makes a self-signed certificate for web.whatsapp.com. */
export async function createPageCertificate(): Promise<PageCertificate> {
  const made = await generate([{ name: "commonName", value: "web.whatsapp.com" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
  });
  const publicKey = new X509Certificate(made.cert).publicKey.export({ type: "spki", format: "der" });
  return { key: made.private, cert: made.cert, spki: createHash("sha256").update(publicKey).digest("base64") };
}
