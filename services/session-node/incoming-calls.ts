/** Rejects the calls of sessions that take none, and answers them with a message where the settings have one. */
import type { RejectedCall } from "../../actors/node-options.ts";
import type { Principal } from "../../contracts/permissions.ts";
import type { SessionNodeService } from "./types.ts";

/** Never rejects. The message goes through the send queue: it is not lost, and sent once for each call. */
export async function rejectIncoming(service: SessionNodeService, call: RejectedCall): Promise<void> {
  const { sessionId, tenantId, callId, from, message } = call;
  try {
    await service.node.call(sessionId, { kind: "operation", name: "rejectCall", input: { callId } });
    if (message === null) return;
    const principal: Principal = {
      tenantId,
      userId: null,
      apiKeyId: null,
      role: null,
      permissions: [],
      sessions: [sessionId],
    };
    await service.broker.call(
      "message.answerCall",
      { sessionId, callId, to: from, text: message },
      { meta: { principal, idempotencyKey: `call ${callId}` } },
    );
  } catch (error) {
    service.logger.warn("a call was not rejected, or not answered", { sessionId, callId, error: String(error) });
  }
}
