/** Examples for webhooks, backups and the cluster. */
export const systemExamples = {
  "webhook.create": {
    "All messages of one session": {
      url: "https://files.example.com/whatsapp",
      events: ["message.*"],
      sessions: ["support"],
      description: "Support bot",
    },
  },
  "webhook.update": { "Other events": { events: ["message.received", "session.*"] } },
  "webhook.replay": {
    "Everything of a day": { since: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z", only: "all" },
  },
  "backup.create": { "Without media": { media: false } },
  "backup.export": { "With media": { media: true } },
  "backup.schedule.put": {
    "Every six hours": {
      enabled: true,
      everyHours: 6,
      keep: { hourly: 4, daily: 7, weekly: 4, monthly: 6 },
      media: false,
      verify: true,
    },
  },
  "backup.restore": { "What would change": { dryRun: true } },
  "cluster.drain": { "Only a preview": { dryRun: true } },
  "cluster.undrain": { "At once": {} },
  "cluster.rebalance": { "Only a preview": { dryRun: true } },
  "cluster.move": { "To one node": { node: "session-2", dryRun: true } },
};
