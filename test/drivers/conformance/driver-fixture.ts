/** A real sandbox in a temporary directory, with phones and sessions of the driver under test. */
import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoredMedia } from "../../../contracts/media.ts";
import type { SandboxItem, SandboxPhone } from "../../../contracts/sandbox.ts";
import { requireOperation, requireSendable } from "../../../drivers/capabilities.ts";
import type {
  Driver,
  DriverLog,
  DriverModule,
  DriverOptions,
  DriverSettings,
  Operation,
  OperationName,
} from "../../../drivers/driver.ts";
import type { Content, OutboundMessage, SendReceipt } from "../../../contracts/transport.ts";
import { openSandbox, type Sandbox } from "../../../sandbox/sandbox.ts";
import { EventRecorder } from "./event-recorder.ts";
import type { MediaSample } from "./media-samples.ts";
import { until } from "./waiting.ts";

export const TENANT = "ten_conformance";

export const SILENT: DriverLog = () => undefined;

/** A running driver, with the events that it reported and the phone that it is linked to. */
export interface TestSession {
  readonly driver: Driver;
  readonly recorder: EventRecorder;
  readonly phone: SandboxPhone;
  readonly options: DriverOptions;
}

export class DriverFixture {
  readonly sandbox: Sandbox;
  /** Time limit of each wait in a case. */
  deadlineMs = 30_000;
  /** How far the network's clock is behind, so that what is sent is old soon after. */
  behindMs = 0;
  readonly #dir: string;
  readonly #driver: DriverModule;
  readonly #settings: DriverSettings;
  readonly #running = new Set<Driver>();
  #shared: Promise<TestSession> | null = null;
  #keep: Driver | null = null;

  private constructor(dir: string, sandbox: Sandbox, driver: DriverModule, settings: DriverSettings) {
    this.#dir = dir;
    this.sandbox = sandbox;
    this.#driver = driver;
    this.#settings = settings;
  }

  static async open(driver: DriverModule, settings: DriverSettings, qrLifetimeMs: number): Promise<DriverFixture> {
    const dir = await mkdtemp(join(tmpdir(), "wpp-conformance-"));
    let fixture: DriverFixture | undefined;
    const sandbox = await openSandbox({
      dataDir: dir,
      host: "127.0.0.1",
      now: () => Date.now() - (fixture?.behindMs ?? 0),
      linkTimes: { firstQrMs: qrLifetimeMs, nextQrMs: qrLifetimeMs },
    });
    fixture = new DriverFixture(dir, sandbox, driver, settings);
    return fixture;
  }

  /** A new phone on the network. */
  phone(name = "Peer"): Promise<SandboxPhone> {
    return this.sandbox.phones.create(TENANT, { name });
  }

  /** Options of a session that has never run. */
  async newOptions(pairingPhone: string | null = null): Promise<DriverOptions> {
    const sessionId = `ses_${randomBytes(16).toString("hex")}`;
    const profileDir = join(this.#dir, sessionId);
    await mkdir(profileDir, { mode: 0o700 });
    return {
      sessionId,
      profileDir,
      sandbox: this.sandbox.endpoint,
      deviceName: "Conformance",
      pairingPhone,
      snapshotKey: randomBytes(32).toString("base64url"),
      stored: { isLinked: false, since: Date.now(), until: null },
      rejectMedia: false,
      language: null,
      proxy: null,
      holder: "test",
      settings: this.#settings,
    };
  }

  /** Starts a driver; it is stopped at the end of the case, if it still runs. */
  async start(options: DriverOptions): Promise<{ driver: Driver; recorder: EventRecorder }> {
    const recorder = new EventRecorder(() => this.deadlineMs);
    const driver = this.#driver.create(options, recorder.sink, SILENT);
    this.#running.add(driver);
    await driver.start();
    return { driver, recorder };
  }

  /** A new session that is linked to a new phone. */
  async link(account: { business?: boolean; addressing?: "lid" | "number" } = {}): Promise<TestSession> {
    const phone = await this.sandbox.phones.create(TENANT, { name: "Owner", ...account });
    const options = await this.newOptions();
    const { driver, recorder } = await this.start(options);
    const { text } = await recorder.wait("qr");
    await this.sandbox.phones.scan(TENANT, phone.phone, { qr: text });
    await recorder.waitForState("connected");
    return { driver, recorder, phone, options };
  }

  /** A session for all cases that leave it unchanged; starting a browser for each would take long. */
  shared(): Promise<TestSession> {
    this.#shared ??= this.#linkShared();
    return this.#shared;
  }

  /** After a failure the next case tries again. */
  async #linkShared(): Promise<TestSession> {
    try {
      const session = await this.link();
      this.#keep = session.driver;
      return session;
    } catch (error) {
      this.#shared = null;
      throw error;
    }
  }

  /** Stops the drivers that a case has started. */
  async release(): Promise<void> {
    const ended = [...this.#running].filter((driver) => driver !== this.#keep);
    for (const driver of ended) this.#running.delete(driver);
    await Promise.all(ended.map((driver) => driver.stop()));
  }

  async close(): Promise<void> {
    this.#keep = null;
    await this.release();
    await this.sandbox.close();
    await rm(this.#dir, { recursive: true, force: true });
  }

  /** Waits for a condition in the sandbox. */
  until<T>(awaited: string, check: () => Promise<T | undefined>): Promise<T> {
    return until(
      (listener) => this.sandbox.changes.subscribe(listener),
      check,
      () => awaited,
      this.deadlineMs,
    );
  }

  /** Waits until the phone has a matching item. */
  received(
    phone: SandboxPhone,
    fits: (item: SandboxItem) => boolean,
    direction: "received" | "sent" = "received",
  ): Promise<SandboxItem> {
    return this.until(`an item ${direction} by ${phone.phone}`, async () => {
      const inbox = await this.sandbox.phones.inbox(TENANT, phone.phone, { limit: 200, direction });
      return inbox.data.find(fits);
    });
  }

  /** Stores a sample as the media store does. */
  async store(sample: MediaSample): Promise<StoredMedia> {
    const path = join(this.#dir, `${randomUUID()}-${sample.filename}`);
    await writeFile(path, sample.bytes);
    return { path, mimetype: sample.mimetype, filename: sample.filename, size: sample.bytes.length };
  }
}

/** An outbound message with a new id. */
export function outbound(
  to: string,
  content: Content<StoredMedia>,
  more: Partial<OutboundMessage> = {},
): OutboundMessage {
  return { waId: `3EB0${randomBytes(9).toString("hex").toUpperCase()}`, to, content, ...more };
}

/** Sends a message as the actor does: what no driver has to expect is refused before. */
export async function sendChecked(driver: Driver, message: OutboundMessage): Promise<SendReceipt> {
  requireSendable({ sends: [message.content.type] }, message);
  return driver.send(message);
}

/** The operation; throws `unsupported_by_driver` when the driver does not have it, as the actor does. */
export function operation<N extends OperationName>(driver: Driver, name: N): Operation<N> {
  return requireOperation({ operations: Object.keys(driver.operations) as OperationName[] }, name, () => driver);
}
