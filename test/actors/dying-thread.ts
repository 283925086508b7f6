/**
 * A worker thread for tests. Its driver answers `getAbout` immediately, never answers `screenshot`, is logged out by
 * `leaveGroup`, dies of an uncaught error on `typing`, and is blocked for ever by `setPresence`. The device name selects further behaviour: `slow` never
 * connects, `clinging` fails to log out.
 */
import { parentPort } from "node:worker_threads";
import { servePort } from "../../actors/thread-server.ts";
import type { Capabilities } from "../../drivers/capabilities.ts";
import type { Driver, DriverSink } from "../../drivers/driver.ts";
import { DriverError } from "../../contracts/transport.ts";

const CAPABILITIES: Capabilities = {
  operations: ["getAbout", "leaveGroup", "screenshot", "setPresence", "typing"],
  sends: ["text"],
  receives: [],
  pairingCode: true,
  parallelSends: false,
  ownProcess: false,
};

const me = { chatId: "15550100000@c.us", phone: "+15550100000", lid: null, name: null };

function createDriver(sink: DriverSink, behaviour: string): Driver {
  return {
    operations: {
      getAbout: async () => ({ about: "alive" }),
      leaveGroup: async () => {
        void sink({ type: "state", state: "logged_out", reason: null, evidence: { thread: "test" } });
      },
      screenshot: () => new Promise(() => {}),
      setPresence: async () => {
        for (;;);
      },
      typing: async () => {
        setImmediate(() => {
          throw new Error("a bug in the thread");
        });
        await new Promise(() => {});
      },
    },
    start: async () => {
      if (behaviour !== "slow")
        await sink({ type: "state", state: "connected", reason: null, evidence: { thread: "test" }, me });
    },
    stop: async () => {},
    logout: async () => {
      if (behaviour === "clinging") throw new DriverError("unknown", "the page did not answer");
    },
    send: async () => {
      throw new DriverError("not_sent", "this driver sends nothing");
    },
    find: async () => null,
  };
}

servePort(parentPort!, async () => ({
  keptScreenshot: async () => null,
  capabilities: CAPABILITIES,
  create: (options, sink) => createDriver(sink, options.deviceName),
}));
