/**
 * Keys. One master key, given by the operator or made at the first start; every other key is derived from it, so that a key
 * of one purpose says nothing about another's. The master key is never in the database nor in its backups.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceBroker, ServiceSchema } from "moleculer";
import { ConfigError, type Config } from "../contracts/config.ts";
import { codeOf } from "../contracts/errors.ts";
import { ensureInstallationValue } from "../db/statements/identity/installation.ts";
import { acquireDatabase, configOf, releaseDatabase } from "./database.mixin.ts";

/** What keys are for; the words are part of the derivation and never change. */
export type KeyPurpose =
  "access-token" | "refresh-token" | "setup-token" | "secrets-at-rest" | "cursor" | "backup" | "canary";

/** Where a sealed value lives: it cannot be opened in another place. */
export interface Place {
  readonly tenantId: string;
  readonly table: string;
  readonly column: string;
  readonly id: string;
}

export interface Secrets {
  /** 32 bytes that serve this purpose alone. */
  key(purpose: KeyPurpose): Buffer;
  /** Encrypts a secret for its place in the database (AES-256-GCM, `v1.<iv>.<ciphertext>.<tag>` in base64url). */
  seal(text: string, place: Place): string;
  /** Throws when it was changed, moved to another place, or sealed by another master key. */
  open(sealed: string, place: Place): string;
  /** A short authentication code, for values that go to clients and come back. */
  mac(purpose: KeyPurpose, text: string): string;
  /** Compares in constant time. */
  isMac(purpose: KeyPurpose, text: string, mac: string): boolean;
}

const MAC_BYTES = 16;

/** The given key, or the one in the data directory, made when there is none. Two processes that start at once get the same. */
export function readMasterKey(config: Config): Buffer {
  if (config.masterKey !== null) return Buffer.from(config.masterKey, "utf8");
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const file = join(config.dataDir, "master.key");
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    // A link either makes the whole file or fails because it exists: nobody ever reads half a key.
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const text = readFileSync(file, "utf8").trim();
  if (text.length < 32)
    throw new ConfigError(
      `The master key in ${file} is damaged: at least 32 characters are expected. Restore the file from your backup`,
    );
  return Buffer.from(text, "utf8");
}

function aad(place: Place): Buffer {
  return Buffer.from(`${place.tenantId}|${place.table}|${place.column}|${place.id}`, "utf8");
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
    seal: (text, place) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key("secrets-at-rest"), iv).setAAD(aad(place));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return [
        "v1",
        iv.toString("base64url"),
        sealed.toString("base64url"),
        cipher.getAuthTag().toString("base64url"),
      ].join(".");
    },
    open: (sealed, place) => {
      const [version, iv, text, tag] = sealed.split(".");
      if (version !== "v1" || iv === undefined || text === undefined || tag === undefined)
        throw new Error("a sealed value has an unknown form");
      const decipher = createDecipheriv("aes-256-gcm", key("secrets-at-rest"), Buffer.from(iv, "base64url"), {
        authTagLength: 16,
      });
      decipher.setAAD(aad(place)).setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString("utf8");
    },
  };
}

const shared = new WeakMap<ServiceBroker, Promise<Secrets>>();

/** Refuses to go on with a master key that did not make this database's secrets. */
async function load(broker: ServiceBroker): Promise<Secrets> {
  const config = configOf(broker);
  const secrets = createSecrets(readMasterKey(config));
  const database = await acquireDatabase(broker);
  try {
    const own = secrets.mac("canary", "this database");
    if ((await ensureInstallationValue(database, "master-key-canary", own)) !== own) {
      throw new ConfigError(
        "The master key is not the one that this database was made with, so its secrets cannot be read. " +
          `Give the right one by WPP_MASTER_KEY or WPP_MASTER_KEY_FILE, or put the original master.key into ${config.dataDir}`,
      );
    }
    return secrets;
  } finally {
    await releaseDatabase(broker);
  }
}

/** The process's keys. */
export function acquireSecrets(broker: ServiceBroker): Promise<Secrets> {
  const loading = shared.get(broker) ?? load(broker);
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
