/** What is missing outside makes no crash loop: the state keeps the reason, and the session goes on when it is back. */
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { jest } from "@jest/globals";
import type { ActorEvent } from "../../actors/protocol.ts";
import { SessionActor } from "../../actors/session-actor.ts";
import type { SessionReason } from "../../contracts/states.ts";
import type { Driver, DriverSink, SandboxEndpoint } from "../../drivers/driver.ts";
import { lightDriver } from "../../drivers/light/light-driver.ts";

type StateEvent = Extract<ActorEvent, { type: "state" }>;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** An actor whose driver fails with `reason` as soon as it starts, until `recovers`. */
async function failingActor(
  reason: SessionReason,
  mayRestart: () => Promise<SandboxEndpoint | null> = async () => null,
) {
  const states: StateEvent[] = [];
  const ports: (number | undefined)[] = [];
  let isFailing = true;
  const options = {
    sessionId: "one",
    profileDir: tmpdir(),
    sandbox: null,
    deviceName: "t",
    pairingPhone: null,
    snapshotKey: randomBytes(32).toString("base64url"),
    stored: { isLinked: false, since: Date.now(), until: null },
    rejectMedia: false,
    language: null,
    proxy: null,
    holder: "test",
  };
  const actor = new SessionActor(
    { sessionId: "one", epoch: 1, driver: "light", options: { ...options, settings: {} } },
    {
      log: () => {},
      mayRestart,
      report: async (event) => void (event.type === "state" && states.push(event)),
      driver: {
        capabilities: lightDriver.capabilities,
        keptScreenshot: lightDriver.keptScreenshot,
        create: ({ sandbox }, sink: DriverSink) => {
          ports.push(sandbox?.devicePort);
          return {
            operations: {},
            start: async () => {
              await sink({ type: "state", state: "starting", reason: null, evidence: {} });
              if (isFailing) await sink({ type: "state", state: "failed", reason, evidence: {} });
              else await sink({ type: "state", state: "connected", reason: "linked", evidence: {} });
            },
            stop: async () => {},
          } as Partial<Driver> as Driver;
        },
      },
    },
  );
  await actor.start();
  return { actor, states, ports, recover: () => (isFailing = false) };
}

const shown = (states: readonly StateEvent[]) => [...new Set(states.map(({ state, reason }) => `${state}/${reason}`))];

test.each(["network_lost", "sandbox_unreachable"] as const)(
  "ten minutes of %s are not a crash loop",
  async (reason) => {
    const { actor, states, recover } = await failingActor(reason);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(states.length).toBeGreaterThan(20);
    expect(shown(states)).toEqual(["starting/requested", `reconnecting/${reason}`]);
    recover();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(states.at(-1)).toMatchObject({ state: "connected" });
    await actor.handle({ kind: "stop", reason: "requested" });
  },
);

test("a sandbox that has moved is found at the next try", async () => {
  const place = (devicePort: number) => ({ host: "127.0.0.1", pagePort: 1, devicePort, spki: "" });
  let port = 4_000;
  const { actor, ports } = await failingActor("sandbox_unreachable", async () => place(++port));
  await jest.advanceTimersByTimeAsync(10_000);
  expect(ports.slice(0, 3)).toEqual([undefined, 4_001, 4_002]);
  await actor.handle({ kind: "stop", reason: "requested" });
});

test("a driver that keeps failing is a crash loop, which is still retried", async () => {
  const { actor, states } = await failingActor("driver_error");
  await jest.advanceTimersByTimeAsync(600_000);
  expect(shown(states)).toEqual(["starting/requested", "reconnecting/driver_error", "failed/crash_loop"]);
  expect(states.at(-1)!.evidence["retryInMs"]).toBeGreaterThan(0);
  await actor.handle({ kind: "stop", reason: "requested" });
});

test("a code that no one scans is shown again a few times, and then waits for a person", async () => {
  const { actor, states } = await failingActor("qr_expired");
  await jest.advanceTimersByTimeAsync(600_000);
  expect(shown(states)).toEqual(["starting/requested", "reconnecting/qr_expired", "failed/qr_expired"]);
  expect(states.filter(({ state }) => state === "reconnecting")).toHaveLength(4);
  expect(states.at(-1)!.evidence).not.toHaveProperty("retryInMs");
  await actor.handle({ kind: "stop", reason: "requested" });
});

test("a driver is started again only when the node allows it, and a stop does not wait for that", async () => {
  const { actor, states, recover } = await failingActor("network_lost", () => new Promise(() => {}));
  recover();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(shown(states)).toEqual(["starting/requested", "reconnecting/network_lost"]);
  await actor.handle({ kind: "stop", reason: "requested" });
  expect(states.at(-1)).toMatchObject({ state: "stopped", reason: "requested" });
});
