/** A sandbox in a temporary directory, with raw devices. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientOptions } from "ws";
import { SandboxFaults, SandboxMessage, type SandboxItem, type SandboxPhone } from "../../contracts/sandbox.ts";
import { openSandbox, type Sandbox, type SandboxOptions } from "../../sandbox/sandbox.ts";
import { until } from "../drivers/conformance/waiting.ts";
import { RawDevice } from "./raw-device.ts";

export const A = "ten_a";
export const B = "ten_b";

export class TestNetwork {
  sandbox: Sandbox;
  readonly dir: string;
  readonly #devices: RawDevice[] = [];

  private constructor(dir: string, sandbox: Sandbox) {
    this.dir = dir;
    this.sandbox = sandbox;
  }

  static async open(options: Partial<SandboxOptions> = {}): Promise<TestNetwork> {
    const dir = await mkdtemp(join(tmpdir(), "wpp-sandbox-"));
    return new TestNetwork(dir, await openSandbox({ dataDir: dir, host: "127.0.0.1", ...options }));
  }

  get phones(): Sandbox["phones"] {
    return this.sandbox.phones;
  }

  /** Closes the sandbox and reopens it on the same file. */
  async reopen(options: Partial<SandboxOptions> = {}): Promise<void> {
    await this.sandbox.close();
    this.sandbox = await openSandbox({ dataDir: this.dir, host: "127.0.0.1", ...options });
  }

  /** A device that is connecting and has sent nothing yet. */
  device(options: ClientOptions = {}, url?: string): RawDevice {
    const device = new RawDevice(this.sandbox.endpoint, options, url);
    this.#devices.push(device);
    return device;
  }

  /** Creates a phone and links a device to it. */
  async linked(tenant = A): Promise<{ phone: SandboxPhone; device: RawDevice; token: string }> {
    const phone = await this.phones.create(tenant);
    const device = this.device();
    return { phone, device, token: await device.link(this.sandbox, tenant, phone.phone) };
  }

  /** The phone's received or sent messages, latest first. */
  async items(phone: SandboxPhone, direction: "received" | "sent" = "received", tenant = A): Promise<SandboxItem[]> {
    return (await this.phones.inbox(tenant, phone.phone, { limit: 200, direction })).data;
  }

  until<T>(what: string, check: () => Promise<T | undefined>): Promise<T> {
    return until(
      (listener) => this.sandbox.changes.subscribe(listener),
      check,
      () => what,
      10_000,
    );
  }

  /** Waits until the phone's only device is connected, or disconnected. */
  async untilConnected(phone: SandboxPhone, connected: boolean, tenant = A): Promise<void> {
    await this.until(`a device of ${phone.phone} to be ${connected ? "connected" : "gone"}`, async () => {
      const { devices } = await this.phones.get(tenant, phone.phone);
      return devices[0]?.connected === connected ? true : undefined;
    });
  }

  /** Sets faults; faults that are not given are turned off. */
  async faults(given: object, phone?: SandboxPhone, tenant = A): Promise<SandboxFaults> {
    return this.sandbox.faults.set(tenant, phone?.phone.slice(1), SandboxFaults.parse(given));
  }

  async close(): Promise<void> {
    for (const device of this.#devices) device.socket.terminate();
    await this.sandbox.close();
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** A message that a phone sends, as parsed by the API. */
export function message(given: object): SandboxMessage {
  return SandboxMessage.parse(given);
}

/** A text message, as a device sends it. */
export function textTo(phone: SandboxPhone, id: string, text = id) {
  return { id, to: phone.chatId, type: "text" as const, text };
}
