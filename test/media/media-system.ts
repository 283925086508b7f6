/** A system with a session on the light driver, and a phone that it sends media to. */
import type { MediaKind } from "../../contracts/message-kinds.ts";
import type { Message } from "../../contracts/message.ts";
import type { SandboxItem } from "../../contracts/sandbox.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startSystem, type System } from "../harness/system.ts";
import { connected, makePhone } from "../journeys/pairing.ts";

export interface ProblemAnswer {
  code: string;
  detail: string;
  errors?: { pointer: string; detail: string }[];
}

export interface MediaFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export class MediaSystem {
  readonly api: TestClient;
  readonly #system: System;
  readonly #phone: string;

  private constructor(system: System, api: TestClient, phone: string) {
    this.#system = system;
    this.api = api;
    this.#phone = phone;
  }

  static async start(): Promise<MediaSystem> {
    const system = await startSystem({
      services: ["auth", "tenant", "session", "session-node", "message", "sandbox", "api-gateway"],
      environment: {
        WPP_SIGNUP: "open",
        WPP_THREADS: "0",
        WPP_MAX_MEDIA_MB: "2",
        WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8",
      },
    });
    const api = await registerTenant(system.url);
    const [own, phone] = [await makePhone(api, "Own"), await makePhone(api, "Ana")];
    const settings = { minGapMs: 0, jitterMs: 0 };
    await api.expect(201, "POST", "/sessions", { name: "main", network: "sandbox", driver: "light", settings });
    await api.expect(202, "POST", "/sessions/main/start");
    const { qr } = await api.expect<{ qr: string }>(200, "GET", "/sessions/main/qr?wait=30");
    await api.expect(200, "POST", `/sandbox/phones/${own}/scan`, { qr });
    await connected(api, "main");
    return new MediaSystem(system, api, phone);
  }

  stop(): Promise<void> {
    return this.#system.stop();
  }

  /** Sends, and returns what the phone receives. */
  async send(kind: MediaKind, media: object, more: object = {}): Promise<SandboxItem> {
    const body = { to: this.#phone, type: kind, media, ...more };
    const { waId } = await this.api.expect<Message>(202, "POST", "/sessions/main/messages", body);
    const isWanted = (item: SandboxItem) => item.id === waId;
    const path = `/sandbox/phones/${this.#phone}/inbox?limit=3`;
    const page = await this.api.until<{ data: SandboxItem[] }>(path, ({ data }) => data.some(isWanted));
    return page.data.find(isWanted)!;
  }

  /** The problem with which a request is refused. */
  async refusal(kind: MediaKind, media: object, more: object = {}): Promise<ProblemAnswer> {
    const body = { to: this.#phone, type: kind, media, ...more };
    const answer = await this.api.ask<ProblemAnswer>("POST", "/sessions/main/messages", body);
    if (answer.status !== 422) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async upload({ name, type, bytes }: MediaFile): Promise<string> {
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array(bytes)], { type }), name);
    return (await this.api.expect<{ uploadId: string }>(201, "POST", "/uploads", form)).uploadId;
  }
}
