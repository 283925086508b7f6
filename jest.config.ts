import type { Config } from "jest";

/** Tests that start Chromium. They are slow and run on SQLite only; the light driver's tests cover PostgreSQL. */
const BROWSER_TESTS = ["**/test/**/*browser*.test.ts", "**/test/sandbox/page-contract.test.ts"];
const OTHER_TESTS = ["**/test/**/*.test.ts", ...BROWSER_TESTS.map((pattern) => `!${pattern}`)];
/** Tests that use no database of the system's own, or one whose kind does not matter; they run once. */
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

const common = {
  transform: {},
  extensionsToTreatAsEsm: [".ts"],
} satisfies Config;

export default {
  testTimeout: 60_000,
  // The fast tests run in three workers (`npm run test:fast`): they wait for a quarter of their time.
  maxWorkers: 2,
  workerIdleMemoryLimit: "768MB",
  projects: [
    { ...common, displayName: "SQLite", testMatch: OTHER_TESTS },
    {
      ...common,
      displayName: "PostgreSQL",
      testMatch: OTHER_TESTS,
      globals: { TEST_DATABASE: "postgres" },
      globalSetup: "<rootDir>/test/harness/global-setup.ts",
      globalTeardown: "<rootDir>/test/harness/global-teardown.ts",
      testPathIgnorePatterns: WITHOUT_DATABASE,
    },
    { ...common, displayName: "Browser", testMatch: BROWSER_TESTS },
  ],
} satisfies Config;
