/** Messages: accepts them durably, lists and changes them. The node that runs the session sends them. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import { AUTH_CHANGED, type AccessChange } from "../../contracts/broadcasts.ts";
import { TtlCache } from "../../access/caching/ttl-cache.ts";
import { Poller } from "../../concurrency/poller.ts";
import { deleteExpiredKeys } from "../../db/statements/messages/idempotency.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { Ffmpeg, findFfmpeg } from "../../media/ffmpeg.ts";
import { UnusedMedia } from "../../media/unused-media.ts";
import { count } from "../../metrics/metrics.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { readSideMixin } from "../../mixins/read-side.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { createAcceptor } from "../../outbox/accept.ts";
import { enqueueAndExpire } from "../../outbox/enqueue-and-expire.ts";
import { queueGauges } from "./gauges.ts";
import { QueueDepths } from "../../outbox/queue-depth.ts";
import { announceQueued } from "../../outbox/queue-hint.ts";
import { readActions } from "./read-actions.ts";
import { internalActions } from "./internal-actions.ts";
import { markActions } from "./mark-actions.ts";
import { sendActions } from "./send-actions.ts";
import { StorageRoom } from "./storage-room.ts";
import type { MessageLocals, MessageService } from "./types.ts";

/** ms between two sweeps: a scheduled message can be late by as much. */
const SWEEP_INTERVAL = 500;
const HOUR = 3_600_000;

export default {
  name: "message",
  mixins: [secretsMixin, queueGauges, databaseMixin, readSideMixin],

  actions: { ...internalActions, ...markActions, ...sendActions, ...readActions },

  events: {
    [AUTH_CHANGED](this: MessageService, ctx: Context<AccessChange>) {
      this.limits.forget((_limits, tenantId) => tenantId === ctx.params.tenantId);
    },
  },

  methods: {
    /** Queues and expires messages that are due; true when more are due. */
    async sweep(this: MessageService): Promise<boolean> {
      const { sessions, more, eventsWritten, expired } = await enqueueAndExpire(this.database);
      if (expired > 0) count(this.broker, "wa_messages_finished_total", { status: "expired", code: "" }, expired);
      if (sessions.length > 0) announceQueued(this.broker, sessions);
      if (eventsWritten) announceEvents(this.broker);
      return more;
    },

    /** Deletes expired idempotency keys. */
    async clean(this: MessageService): Promise<boolean> {
      await deleteExpiredKeys(this.database, systemNow());
      return false;
    },
  },

  created() {
    this.depths = new QueueDepths();
    this.storage = new StorageRoom(() => announceEvents(this.broker));
    this.running = new Set();
    this.limits = new TtlCache();
  },

  async started() {
    const { ffmpeg } = configOf(this.broker);
    const program = ffmpeg === null ? undefined : await findFfmpeg(ffmpeg.path);
    this.ffmpeg = program === undefined ? undefined : new Ffmpeg(program);
    if (program === undefined)
      this.logger.warn("no ffmpeg: voice messages, GIFs and stickers in other formats are refused", {
        setting: "WPP_FFMPEG",
      });
    this.cleaner = new Poller({
      name: "expired idempotency keys",
      interval: HOUR,
      logger: this.logger,
      work: () => this.clean(),
    });
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
      work: () => unused.step(systemNow()),
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
