/**
 * The API reference, drawn from /openapi.json: every route and event with its fields, examples and a form to try it.
 * An operation is drawn when it is opened.
 */
import { isSignedIn } from "./api.ts";
import { loadDocument, resolve, type Methods, type OpenApi, type Operation, type Parameter } from "./docs-document.ts";
import { describeField, describeSchema, exampleOfMedia, lazy, prose, typeOf } from "./docs-schema.ts";
import { createTrial } from "./docs-try.ts";
import { element, make, text } from "./dom.ts";

interface Entry {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly isEvent: boolean;
}

const EVENTS = "Webhook events";

function entriesOf(paths: Readonly<Record<string, Methods>>, isEvent: boolean): Entry[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method,
      path,
      operation,
      isEvent,
    })),
  );
}

function describeParameters({ parameters = [] }: Operation): Node[] {
  if (parameters.length === 0) return [];
  const list = make("dl", "", "fields");
  for (const given of parameters) {
    const { name, in: place, required = false, schema = {}, description } = resolve<Parameter>(given);
    const [term, words] = describeField(
      name,
      description === undefined ? schema : { ...schema, description },
      required,
      0,
    );
    term!.append(" ", make("span", `in the ${place}`, "place"));
    list.append(term!, words!);
  }
  return [make("h4", "Parameters"), list];
}

function describeContent(given: NonNullable<Operation["requestBody"]>): Node[] {
  return Object.entries(resolve(given).content ?? {}).flatMap(([type, media]) => {
    const isText = type.includes("json");
    const example = isText
      ? [lazy("Example", false, () => [make("pre", JSON.stringify(exampleOfMedia(media), null, 2))])]
      : [];
    const schema = media.schema ?? {};
    return [make("p", `${type}: ${typeOf(schema)}`, "type"), ...describeSchema(schema), ...example];
  });
}

function describeResponses({ responses }: Operation): Node[] {
  const described = Object.entries(responses).map(([status, given]) => {
    const { description = "", content } = resolve(given);
    const title = [make("b", status), " ", ...prose(description, "span")];
    if (content !== undefined) return lazy(title, false, () => describeContent(given));
    const line = make("p", "");
    line.append(...title);
    return line;
  });
  return [make("h4", "Responses"), ...described];
}

function describeOperation({ method, path, operation, isEvent }: Entry): Node[] {
  const { description = "", requestBody } = operation;
  const body =
    requestBody === undefined ? [] : [make("h4", isEvent ? "Delivered body" : "Body"), ...describeContent(requestBody)];
  const trial = lazy("Try it", false, () => [createTrial(method, path, operation)]);
  return [
    ...prose(description),
    ...describeParameters(operation),
    ...body,
    ...(isEvent ? [] : [make("h4", "Request"), trial]),
    ...describeResponses(operation),
  ];
}

function draw(entry: Entry): HTMLElement {
  const { id, method, path, operation, isEvent } = entry;
  const verb = isEvent ? "event" : method.toUpperCase();
  const title = [
    make("span", verb, `verb ${method}`),
    make("code", path),
    make("span", isEvent ? "" : operation.summary, "summary"),
  ];
  const details = lazy(title, false, () => describeOperation(entry));
  details.id = id;
  details.className = "operation";
  details.dataset["words"] = `${method} ${path} ${operation.summary} ${operation.description ?? ""}`.toLowerCase();
  return details;
}

function drawGroup(name: string, description: string | undefined, entries: readonly Entry[]): void {
  const section = document.createElement("section");
  section.className = "group";
  section.append(make("h2", name), ...prose(description ?? ""), ...entries.map(draw));
  element("reference").append(section);
  const links = entries.map(({ id, path, operation, isEvent }) => {
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = isEvent ? path : operation.summary;
    return link;
  });
  const group = lazy(name, false, () => links);
  group.className = "contents";
  element("contents").append(group);
}

/** Opens the operation that the address names. */
function openNamed(): void {
  const details = document.querySelector<HTMLDetailsElement>(
    `#${CSS.escape(decodeURIComponent(location.hash.slice(1)) || "-")}.operation`,
  );
  if (details === null) return;
  details.open = true;
  details.scrollIntoView();
  details.querySelector("summary")?.focus({ preventScroll: true });
}

/** Shows the operations that contain every word, and only the groups that have one. */
function search(): void {
  const words = element("search", HTMLInputElement).value.toLowerCase().split(/\s+/).filter(Boolean);
  const operations = [...document.querySelectorAll<HTMLElement>(".operation")];
  for (const operation of operations)
    operation.hidden = !words.every((word) => operation.dataset["words"]!.includes(word));
  for (const group of document.querySelectorAll<HTMLElement>(".group"))
    group.hidden = group.querySelector(".operation:not([hidden])") === null;
  const found = operations.filter(({ hidden }) => !hidden).length;
  text("found", words.length === 0 ? "" : `${found} of ${operations.length}`);
}

function drawDocument({ info, tags, paths, webhooks = {} }: OpenApi): void {
  text("title", `${info.title} ${info.version}`);
  element("introduction").append(...prose(info.description ?? ""));
  const entries = entriesOf(paths, false);
  for (const { name, description } of tags) {
    const own = entries.filter(({ operation }) => operation.tags?.includes(name) === true);
    if (own.length > 0) drawGroup(name, description, own);
  }
  drawGroup(EVENTS, undefined, entriesOf(webhooks, true));
}

async function start(): Promise<void> {
  const source = isSignedIn()
    ? "Without one, requests are sent as the user who is signed in in this tab."
    : "It stays in this page.";
  text("credential-hint", `${source} Sign in, or create a key, under Link a phone on the start page.`);
  drawDocument(await loadDocument());
  element("search").addEventListener("input", search);
  window.addEventListener("hashchange", openNamed);
  openNamed();
}

start().catch((error: unknown) => text("page-failure", `The reference could not be loaded: ${String(error)}`));
