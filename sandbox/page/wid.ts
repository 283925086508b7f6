/** WhatsApp ids as objects. Their only own properties are those that must remain when an id leaves the page. */
import { define } from "./loader.ts";

export class Wid {
  readonly server: string;
  readonly user: string;
  readonly _serialized: string;

  constructor(serialized: string) {
    const at = serialized.indexOf("@");
    if (at < 1) throw new Error(`wid error: invalid wid ${serialized}`);
    this.server = serialized.slice(at + 1);
    this.user = serialized.slice(0, at);
    this._serialized = serialized;
  }

  static isWid(value: unknown): boolean {
    return value instanceof Wid || (typeof value === "string" && /^[^@]+@[a-z.]+$/.test(value));
  }
  static isXWid(server: string, value: unknown): boolean {
    return String(value ?? "").endsWith(`@${server}`);
  }
  static isGroup(value: unknown): boolean {
    return Wid.isXWid("g.us", value);
  }
  static isLid(value: unknown): boolean {
    return Wid.isXWid("lid", value);
  }
  static isUser(value: unknown): boolean {
    return Wid.isXWid("c.us", value) || Wid.isLid(value);
  }
  static isBroadcast(value: unknown): boolean {
    return Wid.isXWid("broadcast", value);
  }
  static isStatusV3(value: unknown): boolean {
    return String(value ?? "") === "status@broadcast";
  }
  static isStatus(value: unknown): boolean {
    return Wid.isStatusV3(value);
  }
  static equals(one: unknown, other: unknown): boolean {
    return String(one) === String(other);
  }

  equals(other: unknown): boolean {
    return other instanceof Wid && other._serialized === this._serialized;
  }
  isUser(): boolean {
    return Wid.isUser(this);
  }
  isLid(): boolean {
    return this.server === "lid";
  }
  isGroup(): boolean {
    return this.server === "g.us";
  }
  isBroadcast(): boolean {
    return this.server === "broadcast";
  }
  isStatusV3(): boolean {
    return Wid.isStatusV3(this);
  }
  isStatus(): boolean {
    return this.isStatusV3();
  }
  isNewsletter(): boolean {
    return this.server === "newsletter";
  }
  isBot(): boolean {
    return this.server === "bot";
  }
  isPSA(): boolean {
    return this._serialized === "0@c.us";
  }
  isSameAccount(other: Wid): boolean {
    return this.equals(other);
  }
  isLidOrNonPnUser(): boolean {
    return this.isLid();
  }
  isRegularUser(): boolean {
    return this.isUser() && !this.isPSA() && !this.isBot();
  }
  isRegularUserPn(): boolean {
    return this.isRegularUser() && !this.isLid();
  }
  isCompanion(): boolean {
    return this.device !== 0;
  }
  isGroupCall(): boolean {
    return this.server === "call";
  }
  isServer(): boolean {
    return this.server === "s.whatsapp.net" && this.user === "";
  }
  isSupportAccount(): boolean {
    return false;
  }
  isHosted(): boolean {
    return false;
  }
  isEligibleForUSync(): boolean {
    return this.isRegularUser();
  }
  /** The number of the device; 0 for the phone, and for ids of accounts. */
  get device(): number {
    return Number(this.user.split(":")[1] ?? 0);
  }
  getSignalAddress(): string {
    return `${this.user}.0`;
  }
  toLogString(): string {
    return this._serialized;
  }
  toJid(): string {
    return this.toString({ legacy: true });
  }
  /** `legacy` is the form on the wire, with the old server name of people. */
  toString(options?: { legacy?: boolean }): string {
    return options?.legacy === true ? this._serialized.replace("@c.us", "@s.whatsapp.net") : this._serialized;
  }
}

/**
 * A plain function, because wppconnect calls it with `new` in one place and without `new` in others. Ids that have left
 * the page and come back are plain objects.
 */
export function createWid(id: string | Wid | { _serialized: string }): Wid {
  if (id instanceof Wid) return id;
  const text = typeof id === "object" && "_serialized" in id ? id._serialized : String(id);
  return new Wid(text.replace("@s.whatsapp.net", "@c.us"));
}

function createUserWid(user: string, server = "c.us"): Wid {
  return createWid(user.includes("@") ? user : `${user}@${server}`);
}

/** Like `createWid`, for an id that may be missing. */
export function widOrUndefined(id: string | undefined): Wid | undefined {
  return id === undefined ? undefined : createWid(id);
}

define("WAWebWid", { default: Wid });
define("WAWebWidFactory", {
  createWid,
  createUserWid,
  createUserWidOrThrow: createUserWid,
  createWidFromWidLike: (like: { _serialized: string }) => createWid(like._serialized),
  isWidlike: (value: unknown) =>
    typeof value === "object" && value !== null && "_serialized" in value && "server" in value,
  asUserWidOrThrow: createWid,
  toUserWidOrThrow: createWid,
});
define("WAJids", { GROUP_JID: "g.us", CHAT_JID: "c.us", STATUS_JID: "status@broadcast" });
