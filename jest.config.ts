import type { Config } from "jest";

/** Tests that touch no database of the system run once. */
const WITHOUT_DATABASE = [
  "/test/driver-",
  "/test/sandbox",
  "/test/page-contract",
  "/test/routes",
  "/test/limit-counters",
  "/test/demo",
  "/test/readme",
  "/test/deployment",
  "/test/cluster",
  "/test/start-obstacles",
];
/** Tests with Chromium are long; the light driver's twins stand for them on PostgreSQL. */
const WITH_BROWSER = ["/test/.*-browser\\.test", "/test/browser-"];

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
