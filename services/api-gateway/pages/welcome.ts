/**
 * From the one-time link to the first message: register or sign in, link a phone, send. Which step comes next follows
 * from what the server has, so the visit can be interrupted anywhere.
 */
import type { SignedIn } from "../../../contracts/routes/auth.ts";
import type { Session } from "../../../contracts/routes/session.ts";
import { ask, forgetTokens, isSignedIn, keepTokens, problemOf, Refusal, whenSignedOut } from "./api.ts";
import { element, onPress, onSubmit, sentence, show, text, toggle } from "./dom.ts";
import { prepareLinking, stopWatching, watchSession } from "./link.ts";
import { prepareMessages, showMessageStep } from "./message.ts";
import { chosenSession, startSession, type Network } from "./sessions.ts";

const SETUP = "wppconnect.setup";

/** The token is in the fragment, so it is in no server's log. It leaves the address bar and survives a reload. */
function takeSetupToken(): string | undefined {
  const given = decodeURIComponent(location.hash.slice(1));
  if (given !== "") {
    sessionStorage.setItem(SETUP, given);
    forgetTokens();
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(SETUP) ?? undefined;
}

function showStep(step: "account" | "phone" | "message"): void {
  for (const item of document.querySelectorAll<HTMLElement>("#steps li"))
    if (item.dataset["step"] === step) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
}

function showSignIn(reason = ""): void {
  stopWatching();
  toggle("account-bar", false);
  text("sign-in-reason", reason);
  showStep("account");
  show("sign-in");
}

/** Shows the form without a token too: on an installation with open sign-up it works, and the answer says if not. */
function showRegistration(token: string | undefined): void {
  toggle("setup-lead", token !== undefined);
  showStep("account");
  show("register");
}

async function openLink(token: string): Promise<void> {
  try {
    await ask("POST", "/auth/setup-token", { setupToken: token });
    showRegistration(token);
  } catch (error) {
    const problem = problemOf(error);
    // No verdict about the token: it may be good, and the form's answer will say.
    if (problem.code !== "forbidden") return showRegistration(token);
    sessionStorage.removeItem(SETUP);
    showSignIn(sentence(problem.detail));
  }
}

async function showMessages(session: Session): Promise<void> {
  showStep("message");
  show("message");
  await showMessageStep(session).catch((error: unknown) => text("message-failure", problemOf(error).detail));
}

function showLinking(session: Session): void {
  showStep("phone");
  watchSession(session);
  show("link");
}

/** Goes on where the visitor's organization is. */
async function resume(): Promise<void> {
  const { user, tenant } = await ask<{ user: SignedIn["user"] | null; tenant: SignedIn["tenant"] }>("GET", "/auth/me");
  text("who", `${user?.name ?? ""} · ${tenant.name}`);
  toggle("account-bar", true);
  const session = await chosenSession();
  if (session === undefined) {
    showStep("phone");
    show("choose");
  } else if (session.state === "connected") await showMessages(session);
  else showLinking(session);
}

async function register({ phone, ...fields }: Record<string, string>): Promise<void> {
  const setupToken = sessionStorage.getItem(SETUP);
  const body = setupToken === null ? fields : { ...fields, setupToken };
  keepTokens(await ask<SignedIn>("POST", "/auth/register", body));
  sessionStorage.removeItem(SETUP);
  try {
    await startSession(phone as Network);
  } catch (error) {
    // The account exists: the choice of the phone is repeated, with the reason.
    text("choose-failure", sentence(problemOf(error).detail));
  }
  await resume();
}

async function signIn(fields: Record<string, string>): Promise<void> {
  forgetTokens();
  keepTokens(await ask<SignedIn>("POST", "/auth/login", fields));
  await resume();
}

async function signOut(): Promise<void> {
  stopWatching();
  await ask("POST", "/auth/logout");
  forgetTokens();
  showSignIn("You are signed out.");
}

async function start(): Promise<void> {
  whenSignedOut(showSignIn);
  prepareLinking((session) => void showMessages(session));
  prepareMessages();
  onSubmit("register-form", register);
  onSubmit("sign-in-form", signIn);
  onPress("sign-out", "bar-failure", signOut);
  onPress("to-register", "sign-in-reason", async () => showRegistration(undefined));
  onPress("to-sign-in", "sign-in-reason", async () => showSignIn());
  for (const network of ["whatsapp", "sandbox"] as const)
    for (const step of ["choose", "message"])
      onPress(`${step}-${network}`, `${step}-failure`, async () => showLinking(await startSession(network)));
  const token = takeSetupToken();
  if (isSignedIn()) await resume();
  else if (token === undefined) showSignIn();
  else await openLink(token);
}

start().catch((error: unknown) => {
  if (!(error instanceof Refusal) || isSignedIn()) text("page-failure", sentence(problemOf(error).detail));
  toggle("reload", isSignedIn());
});
element("reload").addEventListener("click", () => location.reload());
