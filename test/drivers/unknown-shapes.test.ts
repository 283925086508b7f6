/** Shapes that a driver does not understand: counted, reported without their contents, and bounded. */
import { UnknownShapeLog } from "../../actors/unknown-shapes.ts";
import type { NodeEvent } from "../../actors/node-events.ts";
import type { DriverEvent, DriverLog } from "../../drivers/driver.ts";
import { handleGroupNotice, handleParticipants } from "../../drivers/browser/group-events.ts";
import { handleAck } from "../../drivers/browser/message-changes.ts";
import { EventReporter } from "../../drivers/browser/event-reporter.ts";
import { shapeOf, UnknownShapes } from "../../drivers/unknown-shapes.ts";

type UnknownShape = Extract<DriverEvent, { type: "unknown_shape" }>;

function record() {
  const events: UnknownShape[] = [];
  const unknown = new UnknownShapes((event) => events.push(event));
  return { events, unknown };
}

test("a shape holds field names and types, and never contents or ids", () => {
  expect(shapeOf({ body: "a secret", t: 1, "15550100000@c.us": {} })).toBe("{?:object,body:string,t:number}");
  expect([shapeOf("a secret"), shapeOf(null), shapeOf([1])]).toEqual(["string", "null", "array"]);
});

test("the same shape is counted and reported once", () => {
  const { events, unknown } = record();
  for (let index = 0; index < 3; index++) unknown.noteName("message type", "hologram");
  unknown.notePayload("message", { odd: true });
  unknown.flush();
  expect(events).toEqual([
    { type: "unknown_shape", source: "message type", shape: "hologram", count: 3 },
    { type: "unknown_shape", source: "message", shape: "{odd:boolean}", count: 1 },
  ]);
});

test("a flood of different shapes stays bounded", () => {
  const { events, unknown } = record();
  for (let index = 0; index < 10_000; index++) unknown.noteName("message type", `type ${index}`);
  unknown.flush();
  expect(events.length).toBeLessThan(100);
  expect(events.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
});

test("payloads, actions and notices that are not known are noted, known ones are not", async () => {
  const { events, unknown } = record();
  const silent: DriverLog = () => undefined;
  const reporter = new EventReporter(async () => undefined, silent);
  const parts = { reporter, unknown } as unknown as Parameters<typeof handleParticipants>[0];
  handleParticipants(parts, { groupId: "1@g.us", who: [], action: "levitate" });
  handleParticipants(parts, "no object");
  handleGroupNotice(parts, { id: "false_1@g.us_A", type: "gp2", subtype: "new_notice" });
  handleGroupNotice(parts, { id: "false_1@g.us_A", type: "gp2", subtype: "invite" });
  handleAck({ reporter, unknown } as unknown as Parameters<typeof handleAck>[0], 7);
  unknown.flush();
  expect(events.map(({ source, shape }) => `${source}: ${shape}`)).toEqual([
    "participants action: levitate",
    "onParticipantsChanged: string",
    "group notice: new_notice",
    "onAck: number",
  ]);
});

test("a node counts every occurrence and logs each shape once", () => {
  const logged: string[] = [];
  const counted: NodeEvent[] = [];
  const log = new UnknownShapeLog(
    (level, message, { source, shape }) => void logged.push(`${level} ${message} ${String(source)} ${String(shape)}`),
    (event) => void counted.push(event),
  );
  const event = { type: "unknown_shape", source: "message type", shape: "hologram", count: 2 } as const;
  log.record("ses_one", event);
  log.record("ses_two", event);
  expect(logged).toEqual(["warn unknown shape message type hologram"]);
  expect(counted).toEqual([
    { type: "unknown_shape", source: "message type", count: 2 },
    { type: "unknown_shape", source: "message type", count: 2 },
  ]);
});
