/** Elements of the page, and forms whose errors belong to their fields. All content is set as text, never as HTML. */
import { problemOf, type Problem } from "./api.ts";

/** The element with this id. Throws when it is not one of `type`. */
export function element<T extends Element = HTMLElement>(id: string, type?: new () => T): T {
  const found = document.querySelector(`#${CSS.escape(id)}`);
  if (!(found instanceof (type ?? HTMLElement))) throw new Error(`the page has no such element: ${id}`);
  return found as T;
}

export function text(id: string, content: string): void {
  const target = element(id);
  // Setting the same text again would make screen readers repeat it.
  if (target.textContent !== content) target.textContent = content;
}

export function toggle(id: string, isShown: boolean): void {
  element(id).hidden = !isShown;
}

/** Shows one of the page's sections, and moves the focus to its heading when it has changed. */
export function show(id: string): void {
  const wasShown = !element(id).hidden;
  for (const section of document.querySelectorAll<HTMLElement>("main > section")) section.hidden = section.id !== id;
  if (wasShown) return;
  const heading = element(id).querySelector("h1");
  document.title = `${heading?.textContent ?? "Welcome"} · WPPConnect Agent System`;
  heading?.focus();
}

/** Replaces the children of an element. */
export function fill(id: string, children: readonly Node[]): void {
  element(id).replaceChildren(...children);
}

export function make(tag: string, content: string, className = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = content;
  made.className = className;
  return made;
}

function labelOf(field: HTMLInputElement): string {
  return field.labels?.[0]?.textContent?.trim() ?? field.name;
}

/** Shows each error at its field and the rest at the form's end; the focus moves to the first. */
export function showProblem(form: HTMLFormElement, problem: Problem): void {
  const failure = form.querySelector<HTMLElement>(".failure")!;
  let first: HTMLElement | undefined;
  for (const { pointer, detail } of problem.errors ?? []) {
    const field = form.elements.namedItem(pointer.slice(1));
    const shown = field instanceof HTMLInputElement ? document.querySelector(`#${CSS.escape(field.id)}-wrong`) : null;
    if (!(field instanceof HTMLInputElement) || shown === null || shown.textContent !== "") continue;
    shown.textContent = `${labelOf(field)} ${detail}.`;
    field.setAttribute("aria-invalid", "true");
    first ??= field;
  }
  if (first === undefined) failure.textContent = sentence(problem.detail);
  (first ?? failure).focus();
}

/** A detail of a problem, which starts in lower case, as a sentence. */
export function sentence(detail: string): string {
  const start = detail.charAt(0).toUpperCase() + detail.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

function clearProblems(form: HTMLFormElement): void {
  for (const shown of form.querySelectorAll(".wrong")) shown.textContent = "";
  for (const field of form.querySelectorAll("input")) field.removeAttribute("aria-invalid");
}

/** The values of a form's fields. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/** Runs `submit` when the form is sent; what it throws is shown in the form. */
export function onSubmit(id: string, submit: (values: Record<string, string>) => Promise<void>): void {
  const form = element(id, HTMLFormElement);
  const button = form.querySelector<HTMLButtonElement>("button:not([type=button])")!;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Not `disabled`: the focus would be lost. A second click meanwhile does nothing.
    if (button.ariaDisabled === "true") return;
    clearProblems(form);
    button.ariaDisabled = "true";
    submit(valuesOf(form))
      .catch((error: unknown) => showProblem(form, problemOf(error)))
      .finally(() => (button.ariaDisabled = "false"));
  });
}

/** Runs `work` when the button is pressed; what it throws is shown in the element `failure`. */
export function onPress(id: string, failure: string, work: () => Promise<void>): void {
  const button = element(id, HTMLButtonElement);
  button.addEventListener("click", () => {
    if (button.ariaDisabled === "true") return;
    text(failure, "");
    button.ariaDisabled = "true";
    work()
      .catch((error: unknown) => text(failure, sentence(problemOf(error).detail)))
      .finally(() => (button.ariaDisabled = "false"));
  });
}

/** Copies the text of the element `source` and confirms it on the button for a moment. */
export function onCopy(id: string, source: string): void {
  const button = element(id, HTMLButtonElement);
  const label = button.textContent;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(element(source).textContent ?? "").then(
      () => (button.textContent = "Copied"),
      () => (button.textContent = "Select the text and copy it"),
    );
    setTimeout(() => (button.textContent = label), 2_000);
  });
}

/** Repeats `work` with a pause of `interval` ms after each run until `stop` is called. Hidden tabs wait. */
export function repeat(interval: number, work: () => Promise<void>): { stop(): void } {
  let isStopped = false;
  const next = () => {
    if (isStopped) return;
    const run = document.hidden ? Promise.resolve() : work();
    void run.finally(() => setTimeout(next, interval));
  };
  next();
  return { stop: () => (isStopped = true) };
}
