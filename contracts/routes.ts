/** The table of all routes: the gateway serves it, OpenAPI describes it, and the tests iterate over it. */
import type { Route } from "./route.ts";
import { analyticsRoutes } from "./routes/analytics.ts";
import { authRoutes } from "./routes/auth.ts";
import { backupRoutes } from "./routes/backup.ts";
import { callRoutes } from "./routes/call.ts";
import { catalogRoutes } from "./routes/catalog.ts";
import { channelRoutes } from "./routes/channel.ts";
import { chatRoutes } from "./routes/chat.ts";
import { clusterRoutes } from "./routes/cluster.ts";
import { communityRoutes } from "./routes/community.ts";
import { contactRoutes } from "./routes/contact.ts";
import { eventRoutes } from "./routes/event.ts";
import { groupRoutes } from "./routes/group.ts";
import { healthRoutes } from "./routes/health.ts";
import { inviteToGroup } from "./routes/invitation.ts";
import { labelRoutes } from "./routes/label.ts";
import { messageMarkRoutes } from "./routes/message-marks.ts";
import { getOrder } from "./routes/order.ts";
import { messageRoutes } from "./routes/message.ts";
import { pairingRoutes } from "./routes/pairing.ts";
import { profileRoutes } from "./routes/profile.ts";
import { presenceRoutes } from "./routes/presence.ts";
import { sandboxRoutes } from "./routes/sandbox.ts";
import { sessionRoutes } from "./routes/session.ts";
import { statusRoutes } from "./routes/status.ts";
import { tenantRoutes } from "./routes/tenant.ts";
import { userRoutes } from "./routes/user.ts";
import { webhookRoutes } from "./routes/webhook.ts";

/** The base path of every route that is not `root`. */
export const BASE_PATH = "/api/v1";

export const routes: readonly Route[] = [
  ...authRoutes,
  ...userRoutes,
  ...tenantRoutes,
  ...sessionRoutes,
  ...pairingRoutes,
  ...eventRoutes,
  ...messageRoutes,
  ...messageMarkRoutes,
  getOrder,
  ...profileRoutes,
  ...callRoutes,
  ...chatRoutes,
  ...contactRoutes,
  ...groupRoutes,
  inviteToGroup,
  ...communityRoutes,
  ...statusRoutes,
  ...channelRoutes,
  ...labelRoutes,
  ...catalogRoutes,
  ...presenceRoutes,
  ...webhookRoutes,
  ...analyticsRoutes,
  ...backupRoutes,
  ...clusterRoutes,
  ...healthRoutes,
  ...sandboxRoutes,
];

/** The path from the root of the server. */
export function fullPathOf(route: Pick<Route, "path" | "root">): string {
  return route.root === true ? route.path : `${BASE_PATH}${route.path}`;
}
