/** The page's certificate. Its key is the only one that browsers are configured to trust, and stays the same. */
import { createHash, createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generate } from "selfsigned";
import { codeOf } from "../contracts/errors.ts";

const KEY_FILE = "page-key.pem";

export interface PageCertificate {
  readonly key: string;
  readonly cert: string;
  /** Base64 SHA-256 of the public key, in the form that Chromium's `--ignore-certificate-errors-spki-list` expects. */
  readonly spki: string;
}

/** Makes a self-signed certificate for web.whatsapp.com, with the key in the directory or a new one. */
export async function createPageCertificate(directory: string): Promise<PageCertificate> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const key = await readOrCreateKey(join(directory, KEY_FILE));
  const publicKey = createPublicKey(key);
  const { cert } = await generate([{ name: "commonName", value: "web.whatsapp.com" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    keyPair: { privateKey: key, publicKey: publicKey.export({ type: "spki", format: "pem" }).toString() },
  });
  const encoded = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return { key, cert, spki: createHash("sha256").update(encoded).digest("base64") };
}

/** Browsers that are running trust this key alone, also when the sandbox is started again. */
async function readOrCreateKey(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await writeFile(file, key, { mode: 0o600 });
  return key;
}
