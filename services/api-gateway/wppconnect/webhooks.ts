/** The webhook that a client gives when it starts a session: an endpoint of ours in wppconnect-server's form. */
import { WPPCONNECT_EVENTS } from "../../../compat/wppconnect/events.ts";
import { createWebhook, listWebhooks, updateWebhook, type Webhook } from "../../../contracts/routes/webhook.ts";
import type { DoorCall } from "./call.ts";

/** Makes the session's endpoint, or changes its URL. The events of a session arrive in their order, as there. */
export async function setWebhook(call: DoorCall, url: string): Promise<void> {
  const { id } = await call.current();
  const all = await call.api.all<Webhook>(listWebhooks, {}, 1_000);
  const own = all.find(
    ({ format, sessions }) => format === "wppconnect" && sessions?.length === 1 && sessions[0] === id,
  );
  if (own === undefined)
    await call.api.call(createWebhook, {
      body: {
        url,
        events: [...WPPCONNECT_EVENTS],
        sessions: [id],
        format: "wppconnect",
        ordering: "session",
        description: `wppconnect-server: ${call.name}`,
      },
    });
  else if (own.url !== url || own.status !== "enabled")
    await call.api.call(updateWebhook, { params: { id: own.id }, body: { url, status: "enabled" } });
}
