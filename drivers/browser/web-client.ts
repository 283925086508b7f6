/** WhatsApp Web running in Chromium, and the parts that work on its page. */
import type { Whatsapp } from "@wppconnect-team/wppconnect";
import { DriverError } from "../../contracts/transport.ts";
import type { DriverLog } from "../driver.ts";
import type { UnknownShapes } from "../unknown-shapes.ts";
import type { Acknowledgements } from "./acknowledgements.ts";
import { AddressBook } from "./address-book.ts";
import { readBack } from "./backfill.ts";
import { exposeCallEnds, watchCallEnds } from "./call-watch.ts";
import { ChatAndContactChanges } from "./chat-and-contact-changes.ts";
import type { EventReporter } from "./event-reporter.ts";
import { IncomingMessages } from "./incoming-messages.ts";
import { attachListeners } from "./library-events.ts";
import { handleMemberReceipt, type ChangeParts } from "./message-changes.ts";
import { OwnChanges } from "./own-changes.ts";
import { PageCalls } from "./page-calls.ts";
import { PresenceChanges } from "./people-events.ts";
import { RecipientIds } from "./recipient-ids.ts";
import { Sending } from "./sending.ts";
import type { SyncCheckpoint } from "./sync-checkpoint.ts";

const RETRY_MS = 15_000;

export interface WebClientParts {
  readonly library: Whatsapp;
  readonly reporter: EventReporter;
  readonly unknown: UnknownShapes;
  readonly checkpoint: SyncCheckpoint;
  readonly acknowledgements: Acknowledgements;
  readonly log: DriverLog;
  readonly changeWindow: number;
  /** Media of inbound messages are not downloaded. */
  readonly rejectMedia: boolean;
  /** The page's state may have changed. */
  readonly onConnectionChange: () => void;
}

export class WebClient {
  readonly library: Whatsapp;
  readonly page: PageCalls;
  readonly addresses: AddressBook;
  readonly ids: RecipientIds;
  readonly sending: Sending;
  readonly #parts: WebClientParts;
  readonly #incoming: IncomingMessages;
  readonly #changes: ChangeParts;
  readonly #chatsAndContacts: ChatAndContactChanges;
  #retryTimer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  /** How often a chat could not be read back, by its id. */
  readonly #failures = new Map<string, number>();
  #isDead = false;
  readonly #death = Promise.withResolvers<never>();

  constructor(parts: WebClientParts) {
    const { library, reporter, unknown, checkpoint, acknowledgements, changeWindow } = parts;
    this.#parts = parts;
    this.library = library;
    this.page = new PageCalls(library.waPage, this.#death.promise);
    this.addresses = new AddressBook(this.page);
    this.ids = new RecipientIds(this.page);
    const { page, addresses, ids } = this;
    const own = new OwnChanges();
    reporter.nameBy((event) => addresses.nameIn(event));
    this.sending = new Sending({ page, addresses, ids, checkpoint, own, acknowledgements });
    this.#incoming = new IncomingMessages({
      page,
      reporter,
      unknown,
      addresses,
      checkpoint,
      rejectMedia: parts.rejectMedia,
      onLost: () => this.#readMissedLater(),
    });
    this.#changes = {
      reporter,
      unknown,
      addresses,
      checkpoint,
      isOwnChange: (key) => own.isEcho(key),
      onAcknowledged: (waId) => acknowledgements.note(waId),
    };
    this.#chatsAndContacts = new ChatAndContactChanges({ page, reporter, unknown, addresses, changeWindow });
  }

  /** Messages that could not be read or stored are still in the page; they are read back after a while. */
  #readMissedLater(): void {
    if (this.#isDead) return;
    this.#retryTimer ??= setTimeout(() => {
      this.#retryTimer = undefined;
      this.readMissed();
    }, RETRY_MS);
  }

  /** Rejects the calls in flight: their outcome is unknown. */
  fail(reason: string): void {
    this.#isDead = true;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#chatsAndContacts.close();
    this.#death.reject(new DriverError("unknown", reason));
  }

  /** Attaches all listeners. The library and Puppeteer keep them when the page is reloaded. */
  async listen(): Promise<void> {
    const { library, reporter, unknown, onConnectionChange } = this.#parts;
    const parts = { page: this.page, reporter, unknown, addresses: this.addresses };
    attachListeners(library, {
      incoming: this.#incoming,
      changes: this.#changes,
      presence: new PresenceChanges(parts),
      parts,
      onConnectionChange,
    });
    await library.waPage.exposeFunction("wppMemberReceipt", (receipt: unknown) =>
      handleMemberReceipt(this.#changes, receipt),
    );
    await exposeCallEnds(library.waPage, parts);
    await this.#chatsAndContacts.expose(library.waPage);
  }

  /** Reports changes of chats and contacts from now on. Called again after each load of the page. */
  watchChanges(): void {
    this.ids.forget();
    Promise.all([this.#chatsAndContacts.watch(), watchCallEnds(this.page)]).catch((error: unknown) =>
      this.#parts.log("warn", "changes of chats and contacts are not watched", { error: String(error) }),
    );
  }

  /** Reports the waiting changes of chats and contacts immediately. */
  flushChanges(): void {
    this.#chatsAndContacts.close();
  }

  /**
   * Reports the messages that arrived while no listener was attached. A page that cannot be read is read again later.
   */
  readMissed(): void {
    this.#reading = this.#reading.then(() => this.#readBack());
  }

  async #readBack(): Promise<void> {
    if (this.#isDead) return;
    const { checkpoint, log } = this.#parts;
    const since = checkpoint.readFrom;
    const finish = checkpoint.beginReading(Date.now());
    try {
      await readBack({ ...this.#changes, page: this.page, incoming: this.#incoming, failures: this.#failures }, since);
      finish(true);
    } catch (error) {
      finish(false);
      if (this.#isDead) return;
      log("warn", "missed messages not read back", { error: String(error) });
      this.#readMissedLater();
    }
  }
}
