import type { Config } from "jest";

export default {
  transform: {},
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["**/test/**/*.test.ts"],
  testTimeout: 60_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: "768MB",
} satisfies Config;
