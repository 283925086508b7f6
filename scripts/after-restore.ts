/** `npm run after-restore`: makes a database that was put back by other means than ours fit to be started on. See docs/deployment.md. */
import { prepareAfterRestore } from "../services/backup/after-restore.ts";
import { explainAndExit, readConfigOrExit } from "./lifecycle.ts";

const config = readConfigOrExit(process.env);
const say = (text: string) => process.stdout.write(`${text}\n`);
try {
  const waiting = await prepareAfterRestore(config);
  say(
    "Everyone has to sign in again, and all sessions are stopped. API keys that were revoked after the copy was made are valid again: revoke them anew.",
  );
  if (waiting > 0) say(`${waiting} messages wait to be sent; they may have been sent after the copy was made.`);
  if (waiting > 0)
    say(
      "Look at them (GET /messages?status=queued, then ?status=scheduled) and cancel what is not to be sent again, before you start their sessions.",
    );
} catch (error) {
  explainAndExit(error);
}
