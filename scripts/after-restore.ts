/**
 * `npm run after-restore`: prepares a database that was restored with other tools, so that the system can start on it.
 * See docs/deployment.md.
 */
import { prepareAfterRestore } from "../services/backup/after-restore.ts";
import { explainAndExit, readConfigOrExit } from "./lifecycle.ts";

const config = readConfigOrExit(process.env);
const print = (text: string) => process.stdout.write(`${text}\n`);
try {
  const queued = await prepareAfterRestore(config);
  print(
    "All users must sign in again, and all sessions are stopped. " +
      "API keys that were revoked after the backup was made are valid again: revoke them once more.",
  );
  if (queued > 0) print(`${queued} messages are queued; they may already have been sent after the backup was made.`);
  if (queued > 0)
    print(
      "Before you start their sessions, review them (GET /messages?status=queued, then ?status=scheduled) " +
        "and cancel those that must not be sent again.",
    );
} catch (error) {
  explainAndExit(error);
}
