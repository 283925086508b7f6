/** `npm start`: starts the services that the configuration assigns to this process. */
import { printWelcome } from "./banner.ts";
import { checkPrerequisites } from "./preflight.ts";
import { explainAndExit, readConfigOrExit, stopOnSignals } from "./lifecycle.ts";

const config = readConfigOrExit(process.env);
try {
  await checkPrerequisites(config);
  // Imported late, so that a bad configuration is explained before anything else is loaded.
  const { startSystem } = await import("./system.ts");
  const system = await startSystem(config);
  stopOnSignals(system);
  await printWelcome(system, config);
} catch (error) {
  explainAndExit(error);
}
