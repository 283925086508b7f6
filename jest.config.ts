import type { Config } from "jest";

/** Tests that use no database of the system's own; they run once. */
const WITHOUT_DATABASE = [
  "/test/contracts/",
  "/test/deployment/",
  "/test/docs/",
  "/test/drivers/",
  "/test/sandbox/",
  "/test/scripts/",
  "/test/journeys/cluster",
  "/test/services/api-gateway/limit-counters",
];
/** Tests with Chromium are slow; their twins on the light driver cover PostgreSQL. */
const WITH_BROWSER = ["-browser\\.test", "/browser-"];

const common = {
  transform: {},
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
} satisfies Config;

export default {
  testTimeout: 60_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: "768MB",
  projects: [
    { ...common, displayName: "SQLite" },
    {
      ...common,
      displayName: "PostgreSQL",
      globals: { TEST_DATABASE: "postgres" },
      globalSetup: "<rootDir>/test/harness/global-setup.ts",
      globalTeardown: "<rootDir>/test/harness/global-teardown.ts",
      testPathIgnorePatterns: [...WITHOUT_DATABASE, ...WITH_BROWSER],
    },
  ],
} satisfies Config;
