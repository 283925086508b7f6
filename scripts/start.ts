/** `npm start`: the services of this process, as the configuration says. */
import { printWelcome } from "./banner.ts";
import { checkPrerequisites } from "./preflight.ts";
import { explainAndExit, readConfigOrExit, stopOnSignals } from "./lifecycle.ts";

const config = readConfigOrExit(process.env);
try {
  await checkPrerequisites(config);
  // Imported late: a bad configuration is then explained before anything else is loaded.
  const { startSystem } = await import("./system.ts");
  const system = await startSystem(config);
  stopOnSignals(system);
  await printWelcome(system, config);
} catch (error) {
  explainAndExit(error);
}
