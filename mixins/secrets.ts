/**
 * Keys. One master key is set by the operator or created at the first start. All other keys are derived from it, one
 * for each purpose, so a key reveals nothing about the others. The master key is neither in the database nor in
 * backups.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceBroker, ServiceSchema } from "moleculer";
import { ConfigError, type Config } from "../contracts/config.ts";
import { codeOf } from "../contracts/errors.ts";
import { ensureInstallationValue } from "../db/statements/identity/installation.ts";
import { acquireDatabase, configOf, releaseDatabase } from "./database.mixin.ts";

/** The purposes of keys. The names are part of the derivation and never change. */
export type KeyPurpose =
  | "access-token"
  | "refresh-token"
  | "setup-token"
  | "secrets-at-rest"
  | "cursor"
  | "backup"
  | "canary"
  | "login-snapshot";

/** The field that stores a sealed value. The value cannot be opened for another field. */
export interface SealedField {
  readonly tenantId: string;
  readonly table: string;
  readonly column: string;
  readonly id: string;
}

export interface Secrets {
  /** The key of this purpose, 32 bytes. */
  key(purpose: KeyPurpose): Buffer;
  /** Encrypts a secret for its field (AES-256-GCM, `v1.<iv>.<ciphertext>.<tag>` in base64url). */
  seal(text: string, field: SealedField): string;
  /** Throws when the value was changed, moved to another field, or sealed with another master key. */
  open(sealed: string, field: SealedField): string;
  /** A short authentication code, for values that clients send back unchanged. */
  mac(purpose: KeyPurpose, text: string): string;
  /** Compares in constant time. */
  isMac(purpose: KeyPurpose, text: string, mac: string): boolean;
}

const MAC_BYTES = 16;

/** The configured key, or the one in the data directory, which is created if needed, once for concurrent starts. */
export function readMasterKey(config: Config): Buffer {
  if (config.masterKey !== null) return Buffer.from(config.masterKey, "utf8");
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const file = join(config.dataDir, "master.key");
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    // A link either creates the complete file or fails because it exists, so a partly written key is never read.
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const text = readFileSync(file, "utf8").trim();
  if (text.length < 32)
    throw new ConfigError(
      `The master key in ${file} is damaged: it has fewer than 32 characters. Restore the file from your backup`,
    );
  return Buffer.from(text, "utf8");
}

function aad(field: SealedField): Buffer {
  return Buffer.from(`${field.tenantId}|${field.table}|${field.column}|${field.id}`, "utf8");
}

/** Keys derived from the master key. */
export function createSecrets(master: Buffer): Secrets {
  const keys = new Map<KeyPurpose, Buffer>();
  const key = (purpose: KeyPurpose): Buffer => {
    let derived = keys.get(purpose);
    if (derived === undefined) {
      derived = Buffer.from(hkdfSync("sha256", master, "wppconnect-agent-system", `v1 ${purpose}`, 32));
      keys.set(purpose, derived);
    }
    return derived;
  };
  const mac = (purpose: KeyPurpose, text: string) =>
    createHmac("sha256", key(purpose)).update(text).digest().subarray(0, MAC_BYTES).toString("base64url");
  return {
    key,
    mac,
    isMac: (purpose, text, given) => {
      const [expected, actual] = [Buffer.from(mac(purpose, text)), Buffer.from(given)];
      return expected.length === actual.length && timingSafeEqual(expected, actual);
    },
    seal: (text, field) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key("secrets-at-rest"), iv).setAAD(aad(field));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return [
        "v1",
        iv.toString("base64url"),
        sealed.toString("base64url"),
        cipher.getAuthTag().toString("base64url"),
      ].join(".");
    },
    open: (sealed, field) => {
      const [version, iv, text, tag] = sealed.split(".");
      if (version !== "v1" || iv === undefined || text === undefined || tag === undefined)
        throw new Error("a sealed value has an unknown format");
      const decipher = createDecipheriv("aes-256-gcm", key("secrets-at-rest"), Buffer.from(iv, "base64url"), {
        authTagLength: 16,
      });
      decipher.setAAD(aad(field)).setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString("utf8");
    },
  };
}

const shared = new WeakMap<ServiceBroker, Promise<Secrets>>();

/** Throws ConfigError when this database's secrets were encrypted with another master key. */
async function loadSecrets(broker: ServiceBroker): Promise<Secrets> {
  const config = configOf(broker);
  const secrets = createSecrets(readMasterKey(config));
  const database = await acquireDatabase(broker);
  try {
    const own = secrets.mac("canary", "this database");
    if ((await ensureInstallationValue(database, "master-key-canary", own)) !== own) {
      throw new ConfigError(
        "The master key is not the one that this database was created with, so its secrets cannot be read. " +
          "Set WPP_MASTER_KEY or WPP_MASTER_KEY_FILE to the original key, " +
          `or put the original master.key into ${config.dataDir}`,
      );
    }
    return secrets;
  } finally {
    await releaseDatabase(broker);
  }
}

/** The process's keys. */
export function acquireSecrets(broker: ServiceBroker): Promise<Secrets> {
  const loading = shared.get(broker) ?? loadSecrets(broker);
  shared.set(broker, loading);
  return loading;
}

export interface SecretsLocals {
  secrets: Secrets;
}

/** Gives a service `this.secrets` before its own `started`. */
export const secretsMixin: Partial<ServiceSchema> = {
  async started() {
    this.secrets = await acquireSecrets(this.broker);
  },
};
