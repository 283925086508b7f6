// Everything comes from this server: no fonts, telemetry, proxy or assistant from elsewhere.
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
