/** The system emits every event type of the table, in agreement with its schema, example and definition. */
import { EVENT_TYPES, EVENTS, type EventEnvelope } from "../../contracts/events.ts";
import { faultOfEvent } from "../harness/events.ts";
import { closeSockets } from "../harness/listener.ts";
import { EventJourney } from "./event-journey.ts";

let journey: EventJourney;
const logged: EventEnvelope[] = [];

async function readLog(): Promise<void> {
  let after = "";
  for (;;) {
    const page: { data: EventEnvelope[]; nextCursor: string } = await journey.account.owner.expect(
      200,
      "GET",
      `/events?limit=200${after}`,
    );
    logged.push(...page.data);
    if (page.data.length < 200) return;
    after = `&after=${encodeURIComponent(page.nextCursor)}`;
  }
}

beforeAll(async () => {
  journey = await EventJourney.start();
  await journey.users();
  await journey.sessions();
  await journey.sends();
  await journey.receives();
  await journey.chatsAndGroups();
  await journey.communitiesChannelsAndStatuses();
  await journey.webhooks();
  await journey.backups();
  await journey.alert();
  await journey.cluster();
  await journey.endings();
  for (const type of EVENT_TYPES) await journey.arrival(type);
  await readLog();
}, 180_000);

afterAll(async () => {
  closeSockets();
  await journey?.stop();
});

const keysOf = (data: object) => Object.keys(data).toSorted();

test.each(EVENT_TYPES)("%s", (type) => {
  const { example, scope, published } = EVENTS[type];
  const emitted = journey.events.filter((event) => event.type === type);
  for (const event of emitted) expect(faultOfEvent(event)).toBeUndefined();
  expect(emitted.map(({ data }) => keysOf(data))).toContainEqual(keysOf(example));
  const streams = new Set(emitted.map(({ sessionId }) => (sessionId === undefined ? "tenant" : "session")));
  expect([...streams].filter((stream) => scope !== "either" && stream !== scope)).toEqual([]);
  if (scope === "either") expect(streams.size).toBe(2);
  const isLogged = logged.some((event) => event.type === type);
  const isNumbered = emitted.every(({ sequence }) => sequence > 0);
  expect([isLogged, isNumbered]).toEqual(published === "log" ? [true, true] : [false, false]);
});

test("nothing is emitted that is not in the table", () => {
  const types = new Set([...journey.events, ...logged].map(({ type }) => type));
  expect([...types].filter((type) => !(EVENT_TYPES as readonly string[]).includes(type))).toEqual([]);
});
