/** Examples for the caller's account, users, API keys and tenants. */
const PASSWORD = "correct horse battery staple";

export const accountExamples = {
  "auth.register": {
    "An organization with its owner": {
      tenantName: "Acme",
      name: "Ada Silva",
      email: "ada@acme.example",
      password: PASSWORD,
    },
  },
  "auth.setupToken": { "The token of the link": { setupToken: "q83vEjRWeJCrze8.1767225600000.Zm9vYmFyYmF6" } },
  "auth.login": { "E-mail and password": { email: "ada@acme.example", password: PASSWORD } },
  "auth.refresh": { "The latest refresh token": { refreshToken: "wGk3XvQ0rT8yLz5nB1cD" } },
  "auth.password": { "A new password": { currentPassword: PASSWORD, newPassword: "another long passphrase" } },
  "auth.users.create": {
    "An operator": { email: "ben@acme.example", name: "Ben Costa", role: "operator", password: PASSWORD },
  },
  "auth.users.update": { "Another role": { role: "admin" } },
  "auth.keys.create": {
    "A key for a bot on one session": {
      name: "Support bot",
      scopes: ["session:read", "message:read", "message:send", "event:read"],
      sessions: ["support"],
    },
    "A key that a network may use": { name: "Reports", scopes: ["analytics:read"], ipAllow: ["203.0.113.0/24"] },
  },
  "tenant.update": {
    "Name and settings": { name: "Acme", settings: { country: "BR", timezone: "America/Sao_Paulo" } },
  },
  "tenant.all.create": {
    "A tenant with its first owner": {
      name: "Globex",
      plan: "pro",
      owner: { name: "Gil Souza", email: "gil@globex.example", password: PASSWORD },
    },
  },
  "tenant.all.update": {
    "Another plan, with a quota of its own": { plan: "pro", quotas: { messagesPerDay: 200_000 } },
  },
};
