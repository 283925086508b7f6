/** What each group of operations is about, in the order of the document. */
export const TAGS: Readonly<Record<string, string>> = {
  Auth: "Registering, signing in and out, and the caller's own account and logins.",
  Users: "The people of a tenant, and their roles: owner, admin, operator, viewer.",
  "API keys": "Credentials for programs, with scopes and limits of their own.",
  Audit: "Who changed what, and when.",
  Tenant: "The organization that the credentials belong to: its settings, its quotas and their usage.",
  Platform: "All tenants of the installation, for platform administrators.",
  Sessions:
    "A session links one WhatsApp account: create it, start it, scan its QR code, and send when it is connected.",
  Events:
    "The log of everything that happened, for programs that poll. Webhooks and Socket.io deliver the same events.",
  Messages: "Messages in both directions: sending, following their status, reading and changing them.",
  Profile: "The account of a session itself: its profile, privacy settings and devices.",
  Calls: "Calls to a session's account.",
  Chats: "The chats of a session's account.",
  Contacts: "The contacts of a session's account, numbers on WhatsApp, and blocked contacts.",
  Groups: "The groups of a session's account.",
  Labels: "Labels of a business account, and the chats that carry them.",
  Lists: "Lists of chats, which accounts that are no business have in place of labels.",
  Presence: "Typing and availability on WhatsApp, and which users of the tenant are online.",
  Webhooks: "Endpoints that events are delivered to, signed as the Standard Webhooks specification defines.",
  Analytics: "Counts of events by session and time.",
  Backups: "Backups of the installation, and exports of a tenant's own data.",
  Cluster: "Session nodes and where sessions run, for platform administrators.",
  Health: "Probes for orchestrators, and a report for people.",
  Sandbox: "The simulated WhatsApp network: phones that scan QR codes, send and receive, and faults on demand.",
  "Webhook events": "What webhooks deliver: the request that an endpoint receives for each type of event.",
};
