/** Makes a system with the light driver emit an event of every type, all of them to one tenant. */
import { writeFileSync } from "node:fs";
import { join as joinPaths } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { claim } from "../../actors/claims.ts";
import { join, leaveCluster } from "../../actors/membership.ts";
import { recordState } from "../../actors/recording/state.ts";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import type { EventEnvelope, EventType } from "../../contracts/events.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Backup } from "../../contracts/routes/backup.ts";
import type { Message } from "../../contracts/message.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { acquireDatabase, releaseDatabase } from "../../mixins/database.mixin.ts";
import { OPEN, PASSWORD, registerTenant, type Account, type SignedIn } from "../harness/accounts.ts";
import { dataOf } from "../harness/events.ts";
import { connected as connectSocket, type Listener } from "../harness/listener.ts";
import { mediaFile } from "../harness/media-files.ts";
import { nodeFacts } from "../harness/session-rows.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../harness/webhook-receiver.ts";
import { connected, itemOf, makePhone, pairSession } from "../journeys/pairing.ts";

const VOICE = mediaFile("voice.ogg").toString("base64");
/** ms between two samples of the health service; the event loop is blocked for longer. */
const SAMPLE_INTERVAL = 300;
const BLOCKED = 700;

const idOf = (phone: string) => `${phone.replace("+", "")}@c.us`;

export class EventJourney {
  readonly system: System;
  readonly account: Account;
  #listener: Listener | undefined;
  /** Events that only a webhook got. */
  readonly #fromWebhooks: EventEnvelope[] = [];
  readonly #receivers: WebhookReceiver[] = [];
  #own = "";
  #ana = "";
  #bob = "";

  private constructor(system: System, account: Account) {
    this.system = system;
    this.account = account;
  }

  static async start(): Promise<EventJourney> {
    const system = await startSystem({
      services: SERVICE_NAMES,
      environment: { ...OPEN, WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0" },
      settings: {
        webhook: { interval: 50 },
        health: { interval: SAMPLE_INTERVAL },
        presence: { interval: 50, grace: 100 },
        backup: { interval: 200 },
      },
    });
    const { url } = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
    const journey = new EventJourney(system, await registerTenant(system, "Everything", url.split("#")[1]!));
    journey.#listener = await connectSocket(system, { token: journey.account.accessToken });
    return journey;
  }

  /** Every event that the tenant's socket and webhooks got. */
  get events(): readonly EventEnvelope[] {
    return [...(this.#listener?.got.map(({ event }) => event) ?? []), ...this.#fromWebhooks];
  }

  async stop(): Promise<void> {
    for (const receiver of this.#receivers) await receiver.close();
    await this.system.stop();
  }

  /** Resolves when an event of the type has arrived. */
  async arrival(type: EventType): Promise<void> {
    await until(() => this.events.some((event) => event.type === type), 20_000).catch((error: unknown) => {
      throw new Error(`no ${type} was emitted`, { cause: error });
    });
  }

  /** The owner is online through the journey's socket; another user comes online and leaves. */
  async users(): Promise<void> {
    const { owner, anonymous } = this.account;
    const login = { email: "colleague@everything.test", password: PASSWORD };
    const body = { ...login, name: "Colleague", role: "viewer" };
    const { id } = await owner.expect<{ id: string }>(201, "POST", "/users", body);
    const { accessToken: token } = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", login);
    const { socket } = await connectSocket(this.system, { token });
    // A socket that is closed before its gateway has reported it never was online.
    const isOnline = (event: EventEnvelope) => event.type === "presence.online" && dataOf(event)["userId"] === id;
    await until(() => this.events.some(isOnline), 20_000);
    socket.close();
    await this.arrival("presence.offline");
  }

  async sessions(): Promise<void> {
    const { owner } = this.account;
    this.#own = await makePhone(owner, "Own");
    this.#ana = await makePhone(owner, "Ana");
    this.#bob = await makePhone(owner, "Bob");
    await pairSession(owner, "main", "light", this.#own);
    await owner.expect(200, "PATCH", "/sessions/main", { metadata: { purpose: "test" } });
    const phone = await makePhone(owner, "Other");
    await owner.expect(201, "POST", "/sessions", { name: "other", network: "sandbox" });
    await owner.expect(202, "POST", "/sessions/other/start");
    await owner.until<Session>("/sessions/other", ({ state }) => state === "qr");
    await owner.expect(200, "POST", "/sessions/other/pairing-code", { phone });
    await this.arrival("session.pairing_code");
    await owner.expect(204, "DELETE", "/sessions/other");
    await this.arrival("session.deleted");
  }

  async sends(): Promise<void> {
    const text = await this.#send({ type: "text", text: "Hello" });
    await this.#becomes(text, "delivered");
    await this.account.owner.expect(202, "PATCH", `/messages/${text.id}`, { text: "Hello Ana" });
    await this.arrival("message.edited");
    await this.account.owner.expect(202, "POST", `/messages/${text.id}/revoke`);
    await this.arrival("message.revoked");
    const voice = await this.#send({ type: "voice", media: { base64: VOICE, mimetype: "audio/ogg; codecs=opus" } });
    await this.#becomes(voice, "delivered");
    await this.#phone("read", { from: this.#own });
    await this.#becomes(voice, "read");
    await this.#phone("read", { from: this.#own, played: true });
    await this.#becomes(voice, "played");
    await this.#becomes(await this.#send({ to: "+15550109999", type: "text", text: "Anyone?" }), "failed");
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    const later = await this.#send({ type: "text", text: "Later", sendAt });
    await this.account.owner.expect(200, "POST", `/messages/${later.id}/cancel`);
  }

  async receives(): Promise<void> {
    await this.#phone("messages", { to: this.#own, text: "Hello back" });
    await this.arrival("message.received");
    const { waId } = await this.#send({ type: "poll", question: "Tea?", options: ["yes", "no"] });
    await itemOf(this.account.owner, this.#ana, ({ id }) => id === waId);
    await this.#phone("messages", { to: this.#own, type: "reaction", target: waId, text: "👍" });
    await this.#phone("messages", { to: this.#own, type: "poll_vote", target: waId, options: ["yes"] });
    const call = await this.account.owner.expect<{ id: string }>(201, "POST", `/sandbox/phones/${this.#ana}/call`, {
      to: this.#own,
    });
    await this.#phone("acts", { act: "endCall", input: { id: call.id } });
    await this.arrival("call.ended");
    await this.#phone("typing", { to: this.#own });
    await this.arrival("typing.start");
    await this.#phone("typing", { to: this.#own, state: "paused" });
    await this.account.owner.expect(200, "POST", "/sessions/main/presence/subscribe", { chatIds: [idOf(this.#ana)] });
    for (const state of ["online", "offline"]) await this.#phone("presence", { state });
  }

  async chatsAndGroups(): Promise<void> {
    const { owner } = this.account;
    await owner.expect(200, "POST", `/sessions/main/chats/${idOf(this.#ana)}/archive`);
    await owner.expect(200, "POST", `/sessions/main/contacts/${idOf(this.#bob)}/block`);
    const group = await owner.expect<{ id: string }>(201, "POST", "/sessions/main/groups", {
      name: "Team",
      participants: [this.#ana],
    });
    const path = `/sessions/main/groups/${group.id}`;
    await owner.expect(200, "PATCH", path, { name: "Crew" });
    await owner.expect(200, "POST", `${path}/participants`, { participants: [this.#bob] });
  }

  /** A second session is the one who posts, follows and views. */
  async communitiesChannelsAndStatuses(): Promise<void> {
    const { owner } = this.account;
    await pairSession(owner, "second", "light", this.#bob);
    await owner.expect(201, "POST", "/sessions/main/communities", { name: "House" });
    await owner.expect(201, "POST", "/sessions/main/lists", { name: "Neighbours" });
    const channel = await owner.expect<{ id: string }>(201, "POST", "/sessions/second/channels", { name: "Weather" });
    await owner.expect(200, "POST", `/sessions/main/channels/${channel.id}/follow`);
    await owner.expect(202, "POST", "/sessions/second/messages", { to: channel.id, type: "text", text: "Rain" });
    await owner.expect(202, "POST", "/sessions/second/status", { type: "text", text: "On the road" });
    const posted = await owner.expect<Message>(202, "POST", "/sessions/main/status", { type: "text", text: "At home" });
    const { waId } = await this.#becomes(posted, "delivered");
    await owner.expect(200, "POST", `/sessions/second/status/${waId}/view`, { from: idOf(this.#own) });
    await this.arrival("status.viewed");
    await this.arrival("channel.message");
    await owner.expect(204, "DELETE", "/sessions/second");
  }

  async webhooks(): Promise<void> {
    const { owner, tenantId } = this.account;
    const [tested, gone] = [await this.#receive(), await this.#receive()];
    await owner.expect(200, "PATCH", `/tenants/${tenantId}`, { quotas: { webhooks: 2 } });
    const create = (url: string, events: string[]) =>
      owner.expect<{ id: string; secret: string }>(201, "POST", "/webhooks", { url, events });
    const { id, secret } = await create(tested.url, ["webhook.test"]);
    tested.trust(secret);
    await owner.expect(200, "POST", `/webhooks/${id}/test`);
    this.#fromWebhooks.push(await tested.event(({ type }) => type === "webhook.test"));
    gone.fail(1_000, 410);
    await create(gone.url, ["session.updated"]);
    await owner.expect(200, "PATCH", "/sessions/main", { metadata: { purpose: "the endpoint is gone" } });
    await this.arrival("webhook.disabled");
  }

  async backups(): Promise<void> {
    const { owner } = this.account;
    const { id } = await owner.expect<Backup>(202, "POST", "/backups", { verify: false });
    await owner.until<Backup>(`/backups/${id}`, ({ activity }) => activity === null, 60_000);
    writeFileSync(joinPaths(this.system.config.backupDir, `${id}.wppbak`), "damaged");
    await owner.expect(202, "POST", `/backups/${id}/verify`);
    await this.arrival("backup.failed");
  }

  /** Blocks the event loop until the health service raises an alert. */
  async alert(): Promise<void> {
    const end = performance.now() + BLOCKED;
    while (performance.now() < end);
    await this.arrival("system.alert");
  }

  /** A second node joins, takes the session from the first one while that is drained, and leaves again. */
  async cluster(): Promise<void> {
    const { owner } = this.account;
    const { broker } = this.system;
    const first = encodeURIComponent(broker.nodeID);
    const database = await acquireDatabase(broker);
    const second = { ...nodeFacts("second"), incarnation: "second" };
    await join(database, { ...second, hostId: "second", ttl: 3_600_000 });
    const admin = await connectSocket(this.system, { token: this.account.accessToken }, "/admin");
    await owner.expect(200, "POST", `/cluster/nodes/${first}/drain`);
    const me = { ...second, load: 0, sessions: 0, reportedLoad: 0 };
    await until(async () => (await claim(database, me)).length > 0, 20_000);
    await until(
      () => admin.got.some(({ event }) => event.type === "node.draining" && event.data.sessions === 0),
      20_000,
    );
    await leaveCluster(database, second.incarnation);
    await owner.expect(200, "POST", `/cluster/nodes/${first}/undrain`);
    await connected(owner, "main");
    await releaseDatabase(broker);
  }

  /** The states in which a session ends, and a message that expires meanwhile. */
  async endings(): Promise<void> {
    const { owner, tenantId } = this.account;
    const { id } = await owner.expect<Session>(200, "GET", "/sessions/main");
    await this.#degrade(id as Id<"session">, tenantId as Id<"tenant">);
    const faults = `/sandbox/faults?phone=${this.#own}`;
    await owner.expect(200, "PUT", faults, { unlink: "conflict" });
    await owner.until<Session>("/sessions/main", ({ state }) => state === "failed");
    await owner.expect(200, "PUT", faults, {});
    await owner.expect(202, "POST", "/sessions/main/start");
    await connected(owner, "main");
    await owner.expect(202, "POST", "/sessions/main/stop");
    await owner.until<Session>("/sessions/main", ({ state }) => state === "stopped");
    await this.#send({ type: "text", text: "Too late", expiresAt: new Date(Date.now() + 500).toISOString() });
    await this.arrival("message.expired");
    await owner.expect(202, "POST", "/sessions/main/start");
    await connected(owner, "main");
    await owner.expect(204, "POST", `/sandbox/phones/${this.#own}/logout`, {});
    // The session that was deleted has logged out as well.
    await until(() => this.events.some(({ type, sessionId }) => type === "session.logged_out" && sessionId === id));
    await this.#send({ type: "text", text: "From the account before" });
    await owner.expect(202, "POST", "/sessions/main/start");
    const { qr } = await owner.expect<{ qr: string }>(200, "GET", "/sessions/main/qr?wait=30");
    await owner.expect(200, "POST", `/sandbox/phones/${this.#bob}/scan`, { qr });
    await this.arrival("session.account_changed");
    await pause(100);
  }

  /** Only the browser driver reports this state; here the recorder's function writes it directly. */
  async #degrade(sessionId: Id<"session">, tenantId: Id<"tenant">): Promise<void> {
    const database = await acquireDatabase(this.system.broker);
    try {
      const evidence = { browser: "up", page: "frozen" };
      await database.transaction(async (sql) => {
        const state = { type: "state", state: "degraded", reason: "page_frozen", evidence } as const;
        const { drafts } = await recordState(sql, { sessionId, tenantId, epoch: 0 }, state, Date.now());
        await appendEvents(sql, drafts, Date.now());
      });
    } finally {
      await releaseDatabase(this.system.broker);
    }
  }

  async #receive(): Promise<WebhookReceiver> {
    const receiver = await startWebhookReceiver();
    this.#receivers.push(receiver);
    return receiver;
  }

  #send(body: object): Promise<Message> {
    return this.account.owner.expect<Message>(202, "POST", "/sessions/main/messages", { to: this.#ana, ...body });
  }

  #becomes({ id }: Message, status: Message["status"]): Promise<Message> {
    return this.account.owner.until<Message>(`/messages/${id}`, (message) => message.status === status);
  }

  /** Performs an action on Ana's phone. */
  async #phone(action: string, body: object): Promise<void> {
    const { status } = await this.account.owner.ask("POST", `/sandbox/phones/${this.#ana}/${action}`, body);
    if (status >= 300) throw new Error(`the phone's ${action} was answered ${status}`);
  }
}
