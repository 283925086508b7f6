/** Messages: accepted durably, looked at, changed. Sending itself is done on the node that runs the session. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { deleteOldEvents } from "../../db/statements/events/event-retention.ts";
import { AUTH_CHANGED, type AccessChange } from "../../access/access-changes.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { announceEvents } from "../../event-log/readers.ts";
import { count } from "../../metrics/metrics.ts";
import { Poller } from "../../concurrency/poller.ts";
import { announceQueued } from "../../outbox/queue-hint.ts";
import { TtlCache } from "../../access/caching/ttl-cache.ts";
import { queueGauges } from "./gauges.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { createAcceptor } from "../../outbox/accept.ts";
import { sweepIdempotencyKeys, sweepMessages } from "../../outbox/expire.ts";
import { UnusedMedia } from "../../media/unused-media.ts";
import type { MessageLocals, MessageService } from "./types.ts";
import { QueueDepths } from "../../outbox/queue-depth.ts";
import { readActions } from "./read-actions.ts";
import { sendActions } from "./send-actions.ts";
import { StorageRoom } from "./storage-room.ts";

/** ms between two looks at what time has brought about; a planned message is late by this at most. */
const SWEEP_INTERVAL = 500;
const HOUR = 3_600_000;
/** ms for which the event log can be read back. */
const KEEP_EVENTS = 7 * 24 * HOUR;
const DELETED_AT_ONCE = 5_000;

export default {
  name: "message",
  mixins: [secretsMixin, queueGauges, databaseMixin],

  actions: { ...sendActions, ...readActions },

  events: {
    [AUTH_CHANGED](this: MessageService, ctx: Context<AccessChange>) {
      this.limits.forget((_limits, tenantId) => tenantId === ctx.params.tenantId);
    },
  },

  methods: {
    /** One sweep; true when more is waiting. */
    async sweep(this: MessageService): Promise<boolean> {
      const { sessions, more, eventsWritten, expired } = await sweepMessages(this.database);
      if (expired > 0) count(this.broker, "wa_messages_finished_total", { status: "expired", code: "" }, expired);
      if (sessions.length > 0) announceQueued(this.broker, sessions);
      if (eventsWritten) announceEvents(this.broker);
      return more;
    },

    /** Forgets what is past its time; true when there is more of it. */
    async clean(this: MessageService): Promise<boolean> {
      await sweepIdempotencyKeys(this.database);
      return (await deleteOldEvents(this.database, Date.now() - KEEP_EVENTS, DELETED_AT_ONCE)) === DELETED_AT_ONCE;
    },
  },

  created() {
    this.depths = new QueueDepths();
    this.storage = new StorageRoom(() => announceEvents(this.broker));
    this.running = new Set();
    this.limits = new TtlCache();
  },

  async started() {
    this.cleaner = new Poller({ name: "old events", interval: HOUR, logger: this.logger, work: () => this.clean() });
    this.acceptor = createAcceptor(this.database, () => announceEvents(this.broker));
    this.sweeper = new Poller({
      name: "messages",
      interval: SWEEP_INTERVAL,
      logger: this.logger,
      work: () => this.sweep(),
    });
    this.sweeper.start();
    this.cleaner.start();
    const unused = new UnusedMedia(this.database, configOf(this.broker).dataDir);
    this.mediaCleaner = new Poller({
      name: "unused media",
      interval: HOUR,
      logger: this.logger,
      work: () => unused.step(Date.now()),
    });
    this.mediaCleaner.start();
  },

  async stopped() {
    await this.sweeper?.stop();
    await this.cleaner?.stop();
    await this.mediaCleaner?.stop();
    await this.acceptor?.drain();
  },
} satisfies ServiceSchema<
  ServiceSettingSchema,
  { sweep(): Promise<boolean>; clean(): Promise<boolean> },
  MessageLocals
>;
