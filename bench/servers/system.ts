/** The system, as `npm start` runs it, with the settings given as JSON in its argument. */
import { readConfig } from "../../contracts/config.ts";
import { startSystem } from "../../scripts/system.ts";

const config = readConfig({
  WPP_PORT: "0",
  WPP_SIGNUP: "open",
  WPP_LOG_LEVEL: "warn",
  WPP_RATE_LIMIT: "100000000",
  ...(JSON.parse(process.argv[2] ?? "{}") as Record<string, string>),
});
const system = await startSystem(config);
process.stdout.write(`${system.origin ?? "http://without.a.gateway"}\n`);
process.once("SIGTERM", () => void system.stop().finally(() => process.exit(0)));
// Garbage that is not yet collected would distort the memory per session.
process.on("SIGUSR2", () => void system.broker.call("health.collect"));
