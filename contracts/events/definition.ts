/** One entry of the table of events. */
import type { z } from "zod";
import type { Permission } from "../permissions.ts";

export interface EventDefinition<D extends z.ZodType = z.ZodType> {
  /** Schema of the event's `data`. */
  readonly data: D;
  /** One sentence for the API description and docs/events.md. */
  readonly meaning: string;
  /** `data` as the system emits it; test/event-log/every-event.test.ts compares the two. */
  readonly example: z.output<D>;
  /** Which stream numbers the event: its session's, its tenant's, or either. */
  readonly scope: "session" | "tenant" | "either";
  /** The permission that reads the same data from the API. Who lacks it does not get the event, on any channel. */
  readonly permission: Permission;
  /**
   * `log`: appended to the event log, from which `GET /events`, webhooks and Socket.io serve it. `socket`: sent to
   * sockets only. `webhook`: sent to one webhook endpoint only. The last two have the sequence 0.
   */
  readonly published: "log" | "socket" | "webhook";
}

/** Declares an event; published through the log unless stated otherwise. */
export function event<D extends z.ZodType>(
  definition: Omit<EventDefinition<D>, "published" | "data"> & {
    readonly data: D;
    readonly published?: EventDefinition["published"];
  },
): EventDefinition<D> {
  return { published: "log", ...definition };
}
