/** Internal actions of this process's session node, called by its node id; see actors/call-session.ts. */
import { join } from "node:path";
import { z } from "zod";
import type { RemoteCall } from "../../actors/call-session.ts";
import { actionsOf } from "../../access/serve.ts";
import { LONGEST_QR_WAIT } from "../../contracts/deadlines.ts";
import { Problem } from "../../contracts/errors.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { count } from "../../metrics/metrics.ts";
import { toProblem } from "./problems.ts";
import type { SessionNodeService } from "./types.ts";

const { internal } = actionsOf<SessionNodeService>();

/** The session and the epoch under which the caller believes that it runs here. */
const run = { sessionId: z.string(), epoch: z.int() };

const ActorCallParams = z.strictObject({
  ...run,
  call: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("operation"), name: z.string(), input: z.record(z.string(), z.unknown()) }),
    z.strictObject({ kind: z.literal("pair"), phone: z.string().regex(/^\d+$/) }),
  ]),
});
/** StoredMedia whose path is below the data directory. */
const InputMedia = z.object({
  path: z.string(),
  mimetype: z.string(),
  filename: z.string().nullable(),
  size: z.number(),
});
const QrParams = z.strictObject({ ...run, wait: z.number().min(0).max(LONGEST_QR_WAIT) });
const NoParams = z.strictObject({});

/** The call with the media of its input, if it has any, at their place on this node. */
function withLocalMedia(call: z.infer<typeof ActorCallParams>["call"], dataDir: string) {
  if (call.kind !== "operation") return call;
  const media = InputMedia.safeParse(call.input["media"]);
  if (!media.success) return call;
  return { ...call, input: { ...call.input, media: { ...media.data, path: join(dataDir, media.data.path) } } };
}

export const nodeActions = {
  /** Calls the actor of a session that runs on this node. */
  callActor: internal(ActorCallParams, async function (ctx): Promise<unknown> {
    const { sessionId, epoch, call } = ctx.params;
    if (!this.node.runs(sessionId, epoch)) {
      count(this.broker, "wa_placement_stale_calls_total", {});
      throw new Problem("session_unavailable", "the session has just moved to another node", { retryAfter: 1 });
    }
    try {
      // The actor refuses names that are not operations of its driver.
      return (
        (await this.node.call(sessionId, withLocalMedia(call, configOf(this.broker).dataDir) as RemoteCall)) ?? null
      );
    } catch (error) {
      throw toProblem(error);
    }
  }),

  /** The QR code of a session that runs on this node, waiting for it up to `wait` ms. */
  waitForQr: internal(QrParams, function (ctx) {
    return this.node.qr(ctx.params.sessionId, ctx.params.wait);
  }),

  /** Answers as long as this process does; see actors/call-session.ts. */
  ping: internal(NoParams, () => true),

  /** The status of this node (NodeStatus). */
  nodeStatus: internal(NoParams, function () {
    return this.node.status();
  }),

  /** The resources that the drivers of this node's sessions use (DriverUsage); null where they cannot be measured. */
  driverUsage: internal(NoParams, function () {
    return this.node.driverUsage();
  }),
};
