/**
 * How an actor ends: one that was never paired skips the logout on the network, one that is still starting connects
 * first, and a driver that fails to log out or stop does not leave the session in a wrong state.
 */
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import type { ActorSpec, ActorEvent } from "../../actors/protocol.ts";
import { SessionActor } from "../../actors/session-actor.ts";
import type { SessionReason } from "../../contracts/states.ts";
import type { Driver, DriverSink, ConnectionState } from "../../drivers/driver.ts";
import { lightDriver } from "../../drivers/light/light-driver.ts";
import { DriverError } from "../../contracts/transport.ts";
import { until } from "../harness/system.ts";

const ME = { chatId: "15550100000@c.us", phone: "+15550100000", lid: null, name: null };
const SPEC: ActorSpec = {
  sessionId: "one",
  epoch: 1,
  driver: "light",
  options: {
    sessionId: "one",
    profileDir: tmpdir(),
    sandbox: null,
    deviceName: "test",
    pairingPhone: null,
    snapshotKey: randomBytes(32).toString("base64url"),
    stored: { isLinked: false, since: Date.now(), until: null },
    rejectMedia: false,
    language: null,
    proxy: null,
    settings: {},
    holder: "test",
  },
};

/** A started actor, the calls that its driver got, and a function that makes the driver report a state. */
async function startActor(onLogout = async () => {}, onStop = async () => {}) {
  const events: ActorEvent[] = [];
  const calls: string[] = [];
  let sink: DriverSink = async () => {};
  const actor = new SessionActor(SPEC, {
    log: () => {},
    mayRestart: async () => null,
    report: async (event) => void events.push(event),
    driver: {
      capabilities: lightDriver.capabilities,
      keptScreenshot: lightDriver.keptScreenshot,
      create: (_options, given) => {
        sink = given;
        const record = (call: string) => async () => void calls.push(call);
        return {
          operations: {},
          start: record("start"),
          stop: () => record("stop")().then(onStop),
          logout: () => record("logout")().then(onLogout),
        } as Partial<Driver> as Driver;
      },
    },
  });
  await actor.start();
  const last = () => events.findLast((event) => event.type === "state");
  const emitState = (state: ConnectionState, reason: SessionReason | null = null) =>
    sink({ type: "state", state, reason, evidence: {}, me: ME });
  return { actor, calls, emitState, state: () => last()?.state, reason: () => last()?.reason };
}

test.each(["qr", "pairing"] as const)(
  "a session in state %s is logged out immediately",
  async (shown) => {
    const { actor, calls, state, emitState } = await startActor();
    await emitState(shown);
    await actor.handle({ kind: "logout" });
    expect(state()).toBe("logged_out");
    expect(calls).toEqual(["start", "stop"]);
  },
  10_000,
);

test("a starting session that turns out to be unpaired is logged out without calling the driver's logout", async () => {
  const { actor, calls, state, emitState } = await startActor();
  const loggingOut = actor.handle({ kind: "logout" });
  await emitState("qr");
  await loggingOut;
  expect(state()).toBe("logged_out");
  expect(calls).toEqual(["start", "stop"]);
}, 10_000);

test("a starting session logs out once it is connected", async () => {
  const { actor, calls, state, emitState } = await startActor();
  const loggingOut = actor.handle({ kind: "logout" });
  await emitState("connected");
  await loggingOut;
  await until(() => state() === "logged_out");
  expect(calls).toEqual(["start", "logout", "stop"]);
}, 10_000);

test.each(["connected", "degraded"] as const)(
  "when the logout fails while %s, the session is stopped with the reason logout_failed",
  async (shown) => {
    const { actor, calls, state, reason, emitState } = await startActor(async () => {
      throw new DriverError("unknown", "the page did not answer");
    });
    await emitState(shown);
    await expect(actor.handle({ kind: "logout" })).rejects.toMatchObject({ kind: "unknown" });
    expect([state(), reason()]).toEqual(["stopped", "logout_failed"]);
    expect(calls).toEqual(["start", "logout", "stop"]);
  },
);

test("a logout that fails because the phone removed the device succeeds", async () => {
  const { actor, calls, state, emitState } = await startActor(async () => {
    await emitState("logged_out", "logged_out_on_phone");
    throw new DriverError("unknown", "the page was reloaded");
  });
  await emitState("connected");
  await actor.handle({ kind: "logout" });
  expect(state()).toBe("logged_out");
  expect(calls).toEqual(["start", "logout", "stop"]);
});

test("a banned session is logged out without calling the driver's logout", async () => {
  const { actor, calls, state, emitState } = await startActor();
  await emitState("failed", "banned");
  await until(() => state() === "failed");
  await actor.handle({ kind: "logout" });
  expect(state()).toBe("logged_out");
  expect(calls).toEqual(["start", "stop"]);
}, 10_000);

test("a driver that fails to stop does not leave the session connected", async () => {
  const { actor, emitState, state, reason } = await startActor(
    async () => {},
    async () => {
      throw new Error("the disk is full");
    },
  );
  await emitState("connected");
  await emitState("closed", "browser_died");
  await until(() => state() === "reconnecting");
  expect(reason()).toBe("browser_died");
  await actor.handle({ kind: "stop", reason: "requested" });
  expect(state()).toBe("stopped");
}, 10_000);
