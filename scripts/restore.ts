/** `npm run restore -- <file>`: puts a downloaded backup into the configured, empty database, with no service running. See docs/backup.md. */
import { ConfigError } from "../contracts/config.ts";
import { ArchiveError } from "../services/backup/archive/error.ts";
import { restoreOffline } from "../services/backup/restore-offline.ts";
import { explainAndExit, readConfigOrExit } from "./lifecycle.ts";

const [file, ...rest] = process.argv.slice(2);
if (file === undefined || rest.length > 0) explainAndExit(new ConfigError("Usage: npm run restore -- <file>"));
const config = readConfigOrExit(process.env);
const say = (text: string) => process.stdout.write(text);
let told = -1;
try {
  const manifest = await restoreOffline(config, file, (share) => {
    const percent = Math.floor(share * 100);
    if (percent >= told + 5) say(`\r${(told = percent)} %`);
  });
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  say(
    `\rRestored the state of ${manifest.createdAt}: ${rows} rows, ${manifest.tables["tenants"]?.rows ?? 0} tenants.\n`,
  );
  say(
    "Everyone has to sign in again. Sessions are stopped: look at what is queued, then start them; without their profiles they ask for a QR code.\n",
  );
} catch (error) {
  explainAndExit(error instanceof ArchiveError ? new ConfigError(`${file}: ${error.message}`) : error);
}
