// Everything is served from this server: no external fonts, telemetry, proxy or assistant.
globalThis.Scalar.createApiReference("#reference", {
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  persistAuth: false,
  metaData: { title: "API reference · WPPConnect Agent System" },
});
