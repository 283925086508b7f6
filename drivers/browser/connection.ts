/** One Chromium with WhatsApp Web in it, and everything that works on its page. */
import type { Whatsapp } from "@wppconnect-team/wppconnect";
import { DriverError } from "../../contracts/transport.ts";
import { AddressBook } from "./address-book.ts";
import { readBack } from "./backfill.ts";
import { listenForGroups } from "./group-notices.ts";
import { Inbound } from "./inbound.ts";
import { listenForChanges, takeMemberAck, type ChangeParts } from "./message-changes.ts";
import { OwnChanges } from "./own-changes.ts";
import { PageCalls } from "./page-calls.ts";
import { listenForPeople } from "./people-events.ts";
import type { Reporter } from "./reporter.ts";
import { Sending } from "./sending.ts";
import { parseKey, Receipt } from "./shapes.ts";
import type { Memory } from "./sync-checkpoint.ts";

const RETRY_MS = 15_000;

export class Connection {
  readonly client: Whatsapp;
  readonly page: PageCalls;
  readonly addresses: AddressBook;
  readonly sending: Sending;
  readonly own: OwnChanges;
  readonly #inbound: Inbound;
  readonly #changes: ChangeParts;
  readonly #reporter: Reporter;
  readonly #memory: Memory;
  #retry: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  /** How often a chat could not be read back, by its id. */
  readonly #failures = new Map<string, number>();
  #isDead = false;
  readonly #death = Promise.withResolvers<never>();

  constructor(client: Whatsapp, reporter: Reporter, memory: Memory) {
    this.client = client;
    this.page = new PageCalls(client.waPage, this.#death.promise);
    this.addresses = new AddressBook(this.page);
    this.own = new OwnChanges();
    this.sending = new Sending({ page: this.page, addresses: this.addresses, memory, own: this.own });
    this.#reporter = reporter;
    this.#memory = memory;
    this.#inbound = new Inbound({
      page: this.page,
      reporter,
      addresses: this.addresses,
      memory,
      onLost: () => this.#tryAgain(),
    });
    this.#changes = { reporter, addresses: this.addresses, memory, isOwnChange: (key) => this.own.isEcho(key) };
  }

  /** What could not be read or stored is in the page still; it is read back after a while. */
  #tryAgain(): void {
    if (this.#isDead) return;
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.catchUp();
    }, RETRY_MS);
  }

  /** Calls in flight are rejected: what came of them is unknown. */
  die(reason: string): void {
    this.#isDead = true;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#death.reject(new DriverError("unknown", reason));
  }

  /** Subscribes to everything that is to be told. The library keeps its listeners over a reload of the page. */
  async listen(): Promise<void> {
    const parts = { page: this.page, reporter: this.#reporter, addresses: this.addresses };
    this.client.onAnyMessage((message: unknown) => this.#inbound.receive(message, false));
    listenForChanges(this.client, this.#changes);
    listenForPeople(this.client, parts);
    listenForGroups(this.client, parts);
    await this.client.waPage.exposeFunction("wppMemberReceipt", (receipt: unknown) => this.#takeMemberReceipt(receipt));
  }

  #takeMemberReceipt(given: unknown): void {
    const { ids = [], ack = 0, by = "" } = Receipt.safeParse(given).data ?? {};
    for (const id of ids) {
      const key = parseKey(id);
      if (key !== null) takeMemberAck(this.#changes, { key, ack, by });
    }
  }

  /** Tells what happened while nobody listened. A page that cannot be read now is read after a while. */
  catchUp(): void {
    this.#reading = this.#reading.then(() => this.#readBack());
  }

  async #readBack(): Promise<void> {
    if (this.#isDead) return;
    const since = this.#memory.readFrom;
    const finish = this.#memory.beginReading(Date.now());
    try {
      await readBack({ ...this.#changes, page: this.page, inbound: this.#inbound, failures: this.#failures }, since);
      finish(true);
    } catch (error) {
      finish(false);
      if (this.#isDead) return;
      process.emitWarning(`reading back failed: ${String(error)}`);
      this.#tryAgain();
    }
  }
}
