/**
 * The tables of the library's events against the installed library: an update that adds or removes an event fails here.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  attachListeners,
  CLIENT_EVENTS,
  HANDLED_PAGE_EVENTS,
  PAGE_EVENTS,
  type EventTargets,
} from "../../drivers/browser/library-events.ts";

const DRIVER = fileURLToPath(new URL("../../drivers/browser/", import.meta.url));

/** The root folder of an installed package. */
function packageRoot(name: string): string {
  const entry = fileURLToPath(import.meta.resolve(name));
  return entry.slice(0, entry.indexOf(`/node_modules/${name}/`) + `/node_modules/${name}`.length);
}

/** The client's `on…` members, as its declarations list them. */
function readClientEvents(): string[] {
  const layers = join(packageRoot("@wppconnect-team/wppconnect"), "dist", "api", "layers");
  const declarations = readdirSync(layers).filter((name) => name.endsWith(".d.ts"));
  const found = declarations.flatMap((name) => [
    ...readFileSync(join(layers, name), "utf8").matchAll(/^ {4}(on[A-Z]\w*)[?]?[(<:]/gm),
  ]);
  return [...new Set(found.map((match) => match[1]!))].toSorted();
}

/** The events of wa-js, as its declarations list them. */
function readPageEvents(): string[] {
  const dist = dirname(fileURLToPath(import.meta.resolve("@wppconnect/wa-js")));
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith("eventTypes.d.ts"),
  );
  const found = files.flatMap((name) => [
    ...readFileSync(join(dist, name), "utf8").matchAll(/^ {4}'([a-z]+\.[a-z_]+)':/gm),
  ]);
  return [...new Set(found.map((match) => match[1]!))].toSorted();
}

test("every event of the library's client is in the table, and nothing else", () => {
  expect(readClientEvents().length).toBeGreaterThan(15);
  expect(Object.keys(CLIENT_EVENTS).toSorted()).toEqual(readClientEvents());
});

test("every event of wa-js is in the table, and nothing else", () => {
  expect(readPageEvents().length).toBeGreaterThan(30);
  expect(Object.keys(PAGE_EVENTS).toSorted()).toEqual(readPageEvents());
});

test("every handled event names an existing file, every ignored one a reason", () => {
  const files = readdirSync(DRIVER);
  for (const [name, entry] of [...Object.entries(CLIENT_EVENTS), ...Object.entries(PAGE_EVENTS)]) {
    if ("handledIn" in entry) expect({ name, isFile: files.includes(entry.handledIn) }).toEqual({ name, isFile: true });
    else expect(entry.ignored.length).toBeGreaterThan(10);
  }
});

test("exactly the handled events have a listener", () => {
  const attached: string[] = [];
  const library = Object.fromEntries(
    Object.keys(CLIENT_EVENTS).map((name) => [name, () => void attached.push(name)]),
  ) as unknown as Parameters<typeof attachListeners>[0];
  attachListeners(library, {} as EventTargets);
  const handled = Object.entries(CLIENT_EVENTS).flatMap(([name, entry]) => ("handle" in entry ? [name] : []));
  expect(attached.toSorted()).toEqual(handled.toSorted());
  expect(HANDLED_PAGE_EVENTS).toContain("conn.logout_reason");
});
