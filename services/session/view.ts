/** A session as the API returns it. */
import { addressOf } from "../../contracts/address.ts";
import type { Session } from "../../contracts/routes/session.ts";
import type { SessionSettings } from "../../contracts/session-settings.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";

export function toSessionView(row: SessionRow): Session {
  return {
    id: row.id,
    name: row.name,
    network: row.network,
    driver: row.driver,
    autoStart: row.auto_start === 1,
    state: row.state,
    reason: row.reason,
    since: new Date(row.since).toISOString(),
    evidence: JSON.parse(row.evidence) as Session["evidence"],
    desired: row.desired === "running" ? "running" : "stopped",
    node: row.owner_node,
    epoch: row.epoch,
    me: row.me_chat_id === null ? null : { ...addressOf(row.me_chat_id, row.me_lid), name: row.me_name },
    queue: {
      account: row.queue_chat_id === null ? null : addressOf(row.queue_chat_id, row.queue_lid),
      paused: row.queue_pause,
    },
    // Settings from before a setting existed lack it.
    settings: {
      zone: null,
      nodeGroup: null,
      rejectCalls: null,
      language: null,
      proxy: null,
      ...(JSON.parse(row.settings) as Partial<SessionSettings>),
    } as SessionSettings,
    metadata: JSON.parse(row.metadata) as Session["metadata"],
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}
