/**
 * Events to a thousand connected sockets of one tenant, compared with Socket.io alone, with the same clients and the
 * same envelope.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io, type Socket } from "socket.io-client";
import { registerTenant } from "../test/harness/client.ts";
import { ratio, round, type Section } from "./figures.ts";
import { startSubject, startSystemSubject, type Subject } from "./subject.ts";

const CLIENTS = 1_000;
const EVENTS = 200;

interface Audience {
  readonly sockets: readonly Socket[];
  /** Resolves with the seconds until every client has received this many events. */
  receive(events: number): Promise<number>;
}

async function connectClients(origin: string, auth: Record<string, string>): Promise<Audience> {
  let received = 0;
  let wake = () => {};
  const sockets: Socket[] = [];
  for (let index = 0; index < CLIENTS; index += 50) {
    const some = Array.from({ length: 50 }, () =>
      io(origin, { transports: ["websocket"], auth, reconnection: false, forceNew: true }),
    );
    await Promise.all(
      some.map(
        (socket) =>
          new Promise((resolve, reject) =>
            socket.once("connect", () => resolve(undefined)).once("connect_error", reject),
          ),
      ),
    );
    for (const socket of some) {
      socket.on("message:queued", () => {
        received += 1;
        wake();
      });
    }
    sockets.push(...some);
  }
  return {
    sockets,
    receive: async (events) => {
      const begin = performance.now();
      const target = received + events * CLIENTS;
      await new Promise<void>((resolve) => {
        wake = () => {
          if (received >= target) resolve();
        };
      });
      return (performance.now() - begin) / 1_000;
    },
  };
}

async function measure(subject: Subject, auth: Record<string, string>, cause: () => Promise<unknown>): Promise<number> {
  const audience = await connectClients(subject.origin, auth);
  const rates: number[] = [];
  for (let round_ = 0; round_ < 3; round_ += 1) {
    const received = audience.receive(EVENTS);
    await cause();
    rates.push((EVENTS * CLIENTS) / (await received));
  }
  for (const socket of audience.sockets) socket.close();
  return Math.max(...rates);
}

/** Deliveries per second, the best of three bursts each. */
export async function benchFanout(): Promise<Section> {
  const bare = await startSubject("bench/servers/bare-sockets.ts");
  const baseline = await measure(bare, {}, () =>
    fetch(`${bare.origin}/burst?count=${EVENTS}`, { method: "POST" }),
  ).finally(() => bare.stop());
  const dataDir = mkdtempSync(join(tmpdir(), "wpp-bench-"));
  const subject = await startSystemSubject({ WPP_DATA_DIR: dataDir });
  try {
    const api = await registerTenant(subject.origin);
    await api.expect(201, "POST", "/sessions", { name: "idle", network: "sandbox" });
    const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", {
      name: "bench",
      scopes: ["event:read", "message:send"],
    });
    const recipients = Array.from({ length: EVENTS }, (_, index) => `+1555010${String(1_000 + index)}`);
    const send = () =>
      api.expect(202, "POST", "/sessions/idle/messages/bulk", { recipients, message: { type: "text", text: "x" } });
    const rate = await measure(subject, { apiKey: key }, send);
    return {
      title: `Socket fan-out to ${round(CLIENTS)} clients, bursts of ${EVENTS} events`,
      figures: [
        { what: "bare Socket.io", value: `${round(baseline)} deliveries/s` },
        {
          what: "the system, from the accept of a batch over the event log",
          value: `${round(rate)} deliveries/s`,
          comparison: `${ratio(rate, baseline)} bare`,
        },
      ],
    };
  } finally {
    await subject.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
