/** The page's certificate: generated at each start, and the only key that the browser is configured to trust. */
import { createHash, X509Certificate } from "node:crypto";
import { generate } from "selfsigned";

export interface PageCertificate {
  readonly key: string;
  readonly cert: string;
  /** Base64 SHA-256 of the public key, in the form that Chromium's `--ignore-certificate-errors-spki-list` expects. */
  readonly spki: string;
}

/** Generates a self-signed certificate for web.whatsapp.com. */
export async function createPageCertificate(): Promise<PageCertificate> {
  const generated = await generate([{ name: "commonName", value: "web.whatsapp.com" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
  });
  const publicKey = new X509Certificate(generated.cert).publicKey.export({ type: "spki", format: "der" });
  return {
    key: generated.private,
    cert: generated.cert,
    spki: createHash("sha256").update(publicKey).digest("base64"),
  };
}
