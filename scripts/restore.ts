/**
 * `npm run restore -- <file>`: restores a downloaded backup into the configured database, which must be empty, while no
 * service is running. See docs/backup.md.
 */
import { ConfigError } from "../contracts/config.ts";
import { ArchiveError } from "../services/backup/archive/error.ts";
import { restoreOffline } from "../services/backup/restore-offline.ts";
import { explainAndExit, readConfigOrExit } from "./lifecycle.ts";

const [file, ...rest] = process.argv.slice(2);
if (file === undefined || rest.length > 0) explainAndExit(new ConfigError("Usage: npm run restore -- <file>"));
const config = readConfigOrExit(process.env);
const print = (text: string) => process.stdout.write(text);
let shown = -1;
try {
  const manifest = await restoreOffline(config, file, (fraction) => {
    const percent = Math.floor(fraction * 100);
    if (percent >= shown + 5) print(`\r${(shown = percent)} %`);
  });
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  print(
    `\rRestored the state of ${manifest.createdAt}: ${rows} rows, ${manifest.tables["tenants"]?.rows ?? 0} tenants.\n`,
  );
  print(
    "All users must sign in again, and all sessions are stopped. Review the queued messages before you start them. " +
      "Sessions without their profiles must be linked again by QR code.\n",
  );
} catch (error) {
  explainAndExit(error instanceof ArchiveError ? new ConfigError(`${file}: ${error.message}`) : error);
}
