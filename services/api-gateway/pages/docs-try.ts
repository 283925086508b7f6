/** Trying a request: a form with its parameters and body, the same as a command, and the answer. */
import { accessToken } from "./api.ts";
import { resolve, type Operation, type Parameter } from "./docs-document.ts";
import { exampleOfMedia } from "./docs-schema.ts";
import { make } from "./dom.ts";

/** ms. The longest wait of a route is a minute. */
const DEADLINE = 90_000;
const MAX_SHOWN = 100_000;
const FORM = "multipart/form-data";

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyInit | undefined;
}

/** What was typed into the page, or else the login of this tab. */
function credential(): string | undefined {
  const typed = document.querySelector<HTMLInputElement>("#credential")!.value.trim();
  return typed === "" ? accessToken() : typed;
}

function labelled(text: string, field: HTMLElement): HTMLElement {
  const label = make("label", "");
  label.append(text, field);
  return label;
}

function createField({ name, example, required, schema }: Parameter): HTMLElement {
  const input = document.createElement("input");
  input.name = name;
  input.autocomplete = "off";
  input.placeholder = String(example ?? schema?.default ?? "");
  return labelled(`${name}${required === true ? "" : " (optional)"}`, input);
}

function createBodyField(operation: Operation): HTMLElement | undefined {
  const content = operation.requestBody === undefined ? undefined : resolve(operation.requestBody).content;
  if (content === undefined) return undefined;
  if (content[FORM] !== undefined) {
    const input = document.createElement("input");
    input.type = "file";
    input.name = "body";
    return labelled("file", input);
  }
  const area = document.createElement("textarea");
  area.name = "body";
  area.spellcheck = false;
  area.value = JSON.stringify(exampleOfMedia(content["application/json"] ?? {}), null, 2);
  area.rows = Math.min(16, area.value.split("\n").length + 1);
  return labelled("Body (JSON)", area);
}

function fieldOf(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

function readBody(form: HTMLFormElement): BodyInit | undefined {
  const field = form.elements.namedItem("body");
  if (field instanceof HTMLTextAreaElement) return field.value.trim() === "" ? undefined : field.value;
  const file = field instanceof HTMLInputElement ? field.files?.[0] : undefined;
  if (file === undefined) return undefined;
  const data = new FormData();
  data.set("file", file);
  return data;
}

function requestOf(method: string, path: string, parameters: readonly Parameter[], form: HTMLFormElement): Request {
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let filled = path;
  for (const { name, in: place } of parameters) {
    const value = fieldOf(form, name).value;
    if (value === "") continue;
    if (place === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === "query") query.set(name, value);
    else headers[name] = value;
  }
  const body = readBody(form);
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  const secret = credential();
  if (secret !== undefined) headers["Authorization"] = `Bearer ${secret}`;
  return { method: method.toUpperCase(), path: query.size === 0 ? filled : `${filled}?${query}`, headers, body };
}

function quote(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** The request for a POSIX shell. The credential is a variable, so that the command can be shown to others. */
function commandOf({ method, path, headers, body }: Request): string {
  const lines = [`curl${method === "GET" ? "" : ` -X ${method}`} ${quote(location.origin + path)}`];
  for (const [name, value] of Object.entries(headers))
    lines.push(name === "Authorization" ? `-H "Authorization: Bearer $TOKEN"` : `-H ${quote(`${name}: ${value}`)}`);
  if (typeof body === "string") lines.push(`-d ${quote(body)}`);
  else if (body !== undefined) lines.push("-F 'file=@<your file>'");
  return lines.join(" \\\n  ");
}

async function contentOf(response: Response): Promise<Node> {
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("image/")) {
    const picture = document.createElement("img");
    picture.alt = "The image that was returned";
    picture.src = URL.createObjectURL(await response.blob());
    return picture;
  }
  if (!/json|text/.test(type)) return make("p", `${(await response.blob()).size} bytes of ${type || "no type"}`);
  const text = await response.text();
  const pretty = type.includes("json") ? JSON.stringify(JSON.parse(text), null, 2) : text;
  return make("pre", pretty.length > MAX_SHOWN ? `${pretty.slice(0, MAX_SHOWN)}\n…` : pretty);
}

async function send({ method, path, headers, body }: Request): Promise<readonly Node[]> {
  const start = performance.now();
  const options = { method, headers, signal: AbortSignal.timeout(DEADLINE) };
  const response = await fetch(path, body === undefined ? options : { ...options, body });
  const status = `${response.status} ${response.statusText}, ${Math.round(performance.now() - start)} ms`;
  return [make("p", status, response.ok ? "status" : "wrong"), await contentOf(response)];
}

/** The form for trying an operation. */
export function createTrial(method: string, path: string, operation: Operation): HTMLElement {
  const parameters = (operation.parameters ?? []).map((parameter) => resolve<Parameter>(parameter));
  const form = document.createElement("form");
  form.className = "trial";
  form.noValidate = true;
  const body = createBodyField(operation);
  const answer = make("div", "", "answer");
  answer.setAttribute("role", "status");
  const command = make("pre", "");
  const showCommand = () => (command.textContent = commandOf(requestOf(method, path, parameters, form)));
  form.append(
    ...parameters.map(createField),
    ...(body === undefined ? [] : [body]),
    make("button", "Send the request"),
    answer,
    make("p", "The same in a terminal:", "hint"),
    command,
  );
  form.addEventListener("input", showCommand);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = parameters.find(({ name, in: place }) => place === "path" && fieldOf(form, name).value === "");
    if (missing !== undefined) {
      answer.replaceChildren(make("p", `${missing.name} is part of the path and must not be empty.`, "wrong"));
      return fieldOf(form, missing.name).focus();
    }
    answer.replaceChildren(make("p", "Waiting for the answer", "hint"));
    send(requestOf(method, path, parameters, form)).then(
      (nodes) => answer.replaceChildren(...nodes),
      (error: unknown) => answer.replaceChildren(make("p", `No answer: ${String(error)}`, "wrong")),
    );
  });
  showCommand();
  return form;
}
