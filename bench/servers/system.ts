/** The system, as `npm start` runs it, on a data directory and database given as arguments. */
import { readConfig } from "../../contracts/config.ts";
import { startSystem } from "../../scripts/system.ts";

const [dataDir, databaseUrl] = process.argv.slice(2);
const config = readConfig({
  WPP_DATA_DIR: dataDir,
  WPP_PORT: "0",
  WPP_SIGNUP: "open",
  WPP_LOG_LEVEL: "warn",
  WPP_RATE_LIMIT: "100000000",
  ...(databaseUrl === undefined ? {} : { WPP_DATABASE_URL: databaseUrl }),
});
const system = await startSystem(config);
process.stdout.write(`${system.origin}\n`);
process.once("SIGTERM", () => void system.stop().finally(() => process.exit(0)));
