/** Logging out: a session that was never linked has nobody to take leave of, and one on its way up is waited for. */
import { tmpdir } from "node:os";
import type { ActorSpec, Fact } from "../actors/protocol.ts";
import { SessionActor } from "../actors/session-actor.ts";
import type { Driver, DriverSink } from "../drivers/driver.ts";
import { until } from "./harness/system.ts";

const ME = { chatId: "15550100000@c.us", phone: "+15550100000", lid: null, name: null };
const SPEC: ActorSpec = {
  sessionId: "one",
  epoch: 1,
  driver: "light",
  options: { sessionId: "one", profileDir: tmpdir(), sandbox: null, deviceName: "test", pairingPhone: null, chromium: null },
};

/** An actor with a driver that says what it is told to, and what became of both. */
async function startActor() {
  const facts: Fact[] = [];
  const asked: string[] = [];
  let sink: DriverSink = async () => {};
  const actor = new SessionActor(SPEC, {
    log: () => {},
    report: async (fact) => void facts.push(fact),
    makeDriver: (_options, given) => {
      sink = given;
      const note = (what: string) => async () => void asked.push(what);
      return { operations: {}, start: note("start"), stop: note("stop"), logout: note("logout") } as Partial<Driver> as Driver;
    },
  });
  await actor.start();
  const state = () => facts.findLast((fact) => fact.type === "state")?.state;
  return { actor, asked, state, say: (state: "qr" | "pairing" | "connected") => sink({ type: "state", state, reason: null, evidence: {}, me: ME }) };
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
