/** Every route of wppconnect-server 2.10: those that are offered here, and those that are not, with the reason. */
import type { DoorRoute } from "./call.ts";
import { catalogRoutes } from "./routes/catalog.ts";
import { chatRoutes } from "./routes/chats.ts";
import { chatChangeRoutes } from "./routes/chat-changes.ts";
import { communityRoutes } from "./routes/communities.ts";
import { contactRoutes } from "./routes/contacts.ts";
import { groupRoutes } from "./routes/groups.ts";
import { labelRoutes, newsletterRoutes, statusRoutes } from "./routes/labels-and-channels.ts";
import { messageRoutes } from "./routes/messages.ts";
import { profileRoutes } from "./routes/profile.ts";
import { richSendingRoutes } from "./routes/rich-sending.ts";
import { sendingRoutes } from "./routes/sending.ts";
import { sessionRoutes } from "./routes/sessions.ts";

export const doorRoutes: readonly DoorRoute[] = [
  ...sessionRoutes,
  ...sendingRoutes,
  ...richSendingRoutes,
  ...messageRoutes,
  ...chatRoutes,
  ...chatChangeRoutes,
  ...contactRoutes,
  ...profileRoutes,
  ...groupRoutes,
  ...communityRoutes,
  ...labelRoutes,
  ...statusRoutes,
  ...newsletterRoutes,
  ...catalogRoutes,
];

interface AbsentRoute {
  readonly method: DoorRoute["method"];
  readonly path: string;
  /** Why, and what to use in its place. */
  readonly why: string;
}

const IMAGES = "WhatsApp Web's library cannot be relied on for it; products are made with one picture";

export const absentRoutes: readonly AbsentRoute[] = [
  {
    method: "GET",
    path: "/api/:secretkey/backup-sessions",
    why: "backups are of the whole system, encrypted and restored by its operator: POST /api/v1/backups",
  },
  {
    method: "POST",
    path: "/api/:secretkey/restore-sessions",
    why: "an upload could bring any session: a backup is restored by the system's operator",
  },
  { method: "GET", path: "/unhealthy", why: "anyone could end the process with it" },
  { method: "GET", path: "/metrics", why: "metrics have a port of their own (WPP_METRICS_PORT)" },
  { method: "POST", path: "/api/:session/set-limit", why: "it raises limits that WhatsApp enforces" },
  { method: "POST", path: "/api/:session/chatwoot", why: "there is no Chatwoot bridge; use a webhook" },
  {
    method: "GET",
    path: "/api/:session/get-platform-from-message/:messageId",
    why: "the platform of who wrote a message is not kept",
  },
  { method: "GET", path: "/api/:session/get-battery-level", why: "phones no longer report their battery" },
  { method: "GET", path: "/api/:session/all-broadcast-list", why: "broadcast lists are not read" },
  { method: "POST", path: "/api/:session/change-product-image", why: IMAGES },
  { method: "POST", path: "/api/:session/add-product-image", why: IMAGES },
  { method: "POST", path: "/api/:session/remove-product-image", why: IMAGES },
  { method: "POST", path: "/api/:session/set-cart-enabled", why: "whether there is a cart is set on the phone" },
];
