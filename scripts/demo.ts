/** `npm run demo`: the whole system in one process on temporary data, with two tenants, simulated phones and chats. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainAndExit, readConfigOrExit, stopOnSignals } from "./lifecycle.ts";
import { isPortFree } from "./demo/port.ts";
import { playDemo } from "./demo/play.ts";

const dataDir = mkdtempSync(join(tmpdir(), "wpp-demo-"));
process.on("exit", () => rmSync(dataDir, { recursive: true, force: true }));

const port = Number(process.env["WPP_PORT"] ?? 3000);
const isFree = await isPortFree(port);
if (!isFree) process.stdout.write(`Port ${port} is in use, perhaps by another demo: this one takes a free port.\n`);
const environment = {
  WPP_LOG_LEVEL: "warn",
  WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8",
  ...process.env,
  WPP_DATA_DIR: dataDir,
  WPP_SIGNUP: "open",
  WPP_SANDBOX: "on",
  WPP_PORT: String(isFree ? port : 0),
};
const config = readConfigOrExit(environment);
try {
  const { startSystem } = await import("./system.ts");
  const system = await startSystem(config);
  const receiver = await playDemo(system, config);
  stopOnSignals({
    stop: async () => {
      await receiver.close();
      await system.stop();
    },
  });
} catch (error) {
  explainAndExit(error);
}
