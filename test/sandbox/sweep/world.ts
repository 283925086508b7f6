/** What the probes act on: phones, two linked sessions, and what earlier probes have made. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SandboxMessage, type SandboxItem, type SandboxPhone } from "../../../contracts/sandbox.ts";
import type { WireOperations } from "../../../contracts/sandbox-wire.ts";
import type { AccountOperation } from "../../../sandbox/operations.ts";
import { openSandbox, type Sandbox } from "../../../sandbox/sandbox.ts";
import { until } from "../../harness/system.ts";
import { TwoIds } from "./two-ids.ts";
import { closeSession, startSession, type Session } from "./sessions.ts";

export const TENANT = "ten_sweep";

type People = Pick<World, "personal" | "business" | "peer" | "third" | "stranger">;

export class World {
  readonly sandbox: Sandbox;
  readonly dir: string;
  /** The session of a person, and the one of a business. */
  readonly personal: Session;
  readonly business: Session;
  readonly peer: SandboxPhone;
  readonly third: SandboxPhone;
  /** Someone who has not written yet. */
  readonly stranger: SandboxPhone;
  /** The QR codes that the library has read from the personal page, with their pictures. */
  readonly codes: { text: string; picture: string }[];
  /** Keys of messages, ids of groups and so on, by the names that the probes give them. */
  readonly notes = new Map<string, string>();

  readonly #ids: { readonly personal: TwoIds; readonly business: TwoIds };

  private constructor(sandbox: Sandbox, dir: string, people: People, codes: World["codes"]) {
    this.sandbox = sandbox;
    this.dir = dir;
    this.personal = people.personal;
    this.business = people.business;
    this.peer = people.peer;
    this.third = people.third;
    this.stranger = people.stranger;
    this.codes = codes;
    const others = [people.peer, people.third, people.stranger];
    const [ofPersonal, ofBusiness] = [
      new TwoIds([...others, people.business.phone]),
      new TwoIds([...others, people.personal.phone]),
    ];
    this.#ids = { personal: ofPersonal, business: ofBusiness };
  }

  /** Opens a sandbox with phones, and starts two sessions, which are not linked yet. */
  static async open(): Promise<World> {
    const dir = await mkdtemp(join(tmpdir(), "wpp-sweep-"));
    const sandbox = await openSandbox({ dataDir: dir, host: "127.0.0.1" });
    const create = (name: string, business = false) => sandbox.phones.create(TENANT, { name, business });
    const [me, shop] = [await create("Me"), await create("Shop", true)];
    const [peer, third, stranger] = [await create("Peer"), await create("Third"), await create("Stranger")];
    const codes: { text: string; picture: string }[] = [];
    const [personal, business] = await Promise.all([
      startSession({ sandbox, dir, phone: me, onQr: (text, picture) => void codes.push({ text, picture }) }),
      startSession({ sandbox, dir, phone: shop, onQr: () => undefined }),
    ]);
    await until(() => codes.length > 0);
    return new World(sandbox, dir, { personal, business, peer, third, stranger }, codes);
  }

  /** How the page of the session names the people whom the probes name by their numbers. */
  idsOf(session: "personal" | "business" = "personal"): TwoIds {
    return this.#ids[session];
  }

  /** What an earlier probe has noted under this name; throws when it could not. */
  note(name: string): string {
    const found = this.notes.get(name);
    if (found === undefined) throw new Error(`there is no ${name}, because an earlier probe failed`);
    return found;
  }

  /** Sends a message from a phone, and returns the key that the session of `to` gives it. */
  async send(from: SandboxPhone, to: SandboxPhone, message: object): Promise<string> {
    const parsed = SandboxMessage.parse({ to: to.phone, ...message });
    const { id } = await this.sandbox.phones.send(TENANT, from.phone, parsed);
    return `false_${from.chatId}_${id}`;
  }

  /** The state of a phone. */
  phone({ phone }: SandboxPhone): Promise<SandboxPhone> {
    return this.sandbox.phones.get(TENANT, phone);
  }

  /** Performs an operation as a phone. */
  perform<N extends AccountOperation>(
    phone: SandboxPhone,
    op: N,
    input: WireOperations[N][0],
  ): Promise<WireOperations[N][1]> {
    return this.sandbox.phones.perform(TENANT, phone.phone, op, input);
  }

  /** The phone's received messages, or those it has sent itself. */
  async inbox(phone: SandboxPhone, direction: "received" | "sent" = "received"): Promise<SandboxItem[]> {
    return (await this.sandbox.phones.inbox(TENANT, phone.phone, { limit: 100, direction })).data;
  }

  /** The message with this key, or id, that the phone has received, or sent. */
  async item(
    phone: SandboxPhone,
    key: string,
    direction: "received" | "sent" = "received",
  ): Promise<SandboxItem | undefined> {
    const id = key.split("_")[2] ?? key;
    return (await this.inbox(phone, direction)).find((item) => item.id === id);
  }

  /** The image that the peer has sent, in the form that wppconnect's client returns. */
  encryptedMessage(): Promise<unknown> {
    return this.personal.client.getMessageById(this.idsOf().inPage(this.note("image")));
  }

  /** Shares where the phone is, live. */
  async shareLocation(from: SandboxPhone, to: SandboxPhone): Promise<void> {
    const place = { latitude: 48.1, longitude: 11.5, liveSeconds: 900 };
    await this.perform(from, "send", { id: "3A0000LIVE", to: to.chatId, type: "location", ...place });
  }

  /** The buyer of the order has paid: tells the business so. */
  async payOrder(): Promise<void> {
    const params = { payment_method: "pix", payment_timestamp: 1_900_000_000, reference_id: "R" };
    await this.perform(this.peer, "send", {
      id: "3A0000PAID",
      to: this.personal.phone.chatId,
      type: "interactive",
      details: {
        nativeFlowName: "payment_method",
        interactivePayload: { buttons: [{ name: "payment_method", buttonParamsJson: JSON.stringify(params) }] },
      },
    });
  }

  async close(): Promise<void> {
    const closed = [closeSession(this.personal), closeSession(this.business)];
    await Promise.all(closed.map((done) => done.catch(() => undefined)));
    await this.sandbox.close();
    await rm(this.dir, { recursive: true, force: true });
  }
}
