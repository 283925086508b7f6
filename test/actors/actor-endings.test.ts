/** How a session's actor ends: one that was never linked has nobody to take leave of, one on its way up is waited for, and a driver that fails at its end ends nothing else. */
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
    settings: {},
  },
};

/** An actor with a driver that says what it is told to, and what became of both. */
async function startActor(leave = async () => {}, end = async () => {}) {
  const facts: ActorEvent[] = [];
  const asked: string[] = [];
  let sink: DriverSink = async () => {};
  const actor = new SessionActor(SPEC, {
    log: () => {},
    report: async (fact) => void facts.push(fact),
    driver: {
      capabilities: lightDriver.capabilities,
      create: (_options, given) => {
        sink = given;
        const note = (what: string) => async () => void asked.push(what);
        return {
          operations: {},
          start: note("start"),
          stop: () => note("stop")().then(end),
          logout: () => note("logout")().then(leave),
        } as Partial<Driver> as Driver;
      },
    },
  });
  await actor.start();
  const last = () => facts.findLast((fact) => fact.type === "state");
  const say = (state: ConnectionState, reason: SessionReason | null = null) =>
    sink({ type: "state", state, reason, evidence: {}, me: ME });
  return { actor, asked, say, state: () => last()?.state, reason: () => last()?.reason };
}

test.each(["qr", "pairing"] as const)(
  "a session that shows %s is logged out at once",
  async (shown) => {
    const { actor, asked, state, say } = await startActor();
    await say(shown);
    await actor.handle({ kind: "logout" });
    expect(state()).toBe("logged_out");
    expect(asked).toEqual(["start", "stop"]);
  },
  10_000,
);

test("one that turns out to have no link is logged out then", async () => {
  const { actor, asked, state, say } = await startActor();
  const leaving = actor.handle({ kind: "logout" });
  await say("qr");
  await leaving;
  expect(state()).toBe("logged_out");
  expect(asked).toEqual(["start", "stop"]);
}, 10_000);

test("one that is on its way up takes leave when it is connected", async () => {
  const { actor, asked, state, say } = await startActor();
  const leaving = actor.handle({ kind: "logout" });
  await say("connected");
  await leaving;
  await until(() => state() === "logged_out");
  expect(asked).toEqual(["start", "logout", "stop"]);
}, 10_000);

test.each(["connected", "degraded"] as const)(
  "a device that cannot be removed while %s is not called removed, and nothing of it runs on",
  async (shown) => {
    const { actor, asked, state, reason, say } = await startActor(async () => {
      throw new DriverError("unknown", "the page did not answer");
    });
    await say(shown);
    await expect(actor.handle({ kind: "logout" })).rejects.toMatchObject({ kind: "unknown" });
    expect([state(), reason()]).toEqual(["stopped", "logout_failed"]);
    expect(asked).toEqual(["start", "logout", "stop"]);
  },
);

test("a device that the phone removes at the same moment is removed", async () => {
  const { actor, asked, state, say } = await startActor(async () => {
    await say("logged_out", "logged_out_on_phone");
    throw new DriverError("unknown", "the page was loaded anew");
  });
  await say("connected");
  await actor.handle({ kind: "logout" });
  expect(state()).toBe("logged_out");
  expect(asked).toEqual(["start", "logout", "stop"]);
});

test("a banned account has no device that could be removed", async () => {
  const { actor, asked, state, say } = await startActor();
  await say("failed", "banned");
  await until(() => state() === "failed");
  await actor.handle({ kind: "logout" });
  expect(state()).toBe("logged_out");
  expect(asked).toEqual(["start", "stop"]);
}, 10_000);

test("a driver that cannot be stopped in order leaves no session that says it is connected", async () => {
  const { actor, say, state, reason } = await startActor(
    async () => {},
    async () => {
      throw new Error("the disk is full");
    },
  );
  await say("connected");
  await say("closed", "browser_died");
  await until(() => state() === "reconnecting");
  expect(reason()).toBe("browser_died");
  await actor.handle({ kind: "stop", reason: "requested" });
  expect(state()).toBe("stopped");
}, 10_000);
