/** /welcome in a real Chromium: from the one-time link to the first message, and every way back in. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser } from "puppeteer";
import { createSecrets, readMasterKey } from "../../../mixins/secrets.ts";
import { createSetupToken } from "../../../services/auth/first-run.ts";
import { openChromium, Visitor } from "../../harness/chromium.ts";
import { startSystem, type System } from "../../harness/system.ts";

const run = promisify(execFile);
const LONG_MS = 90_000;
const DAY_MS = 86_400_000;
const HEADING = "main > h1, section:not([hidden]) > h1";
const OWNER = { tenantName: "Acme <b>", name: "Ada", email: "ada@acme.example", password: "seven green bicycles" };

let browser: Browser;
let system: System;
let link: string;
let visitors: Visitor[];

beforeAll(async () => {
  browser = await openChromium();
}, LONG_MS);
afterAll(() => browser?.close());

beforeEach(async () => {
  visitors = [];
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node", "message", "sandbox"],
    environment: { WPP_CHROMIUM: "/nowhere/chromium", WPP_THREADS: "0" },
  });
  const setup = await system.broker.call<{ url: string }, object>("auth.setupLink", { origin: system.url });
  link = setup.url;
}, LONG_MS);

afterEach(async () => {
  await Promise.all(visitors.map(({ page }) => page.browserContext().close()));
  await system?.stop();
  const faults = visitors.flatMap((visitor) => visitor.faults);
  if (faults.length > 0) throw new Error(faults.join("\n"));
}, LONG_MS);

async function enter(path: string, width?: number): Promise<Visitor> {
  const visitor = await Visitor.enter(browser, system.url, width);
  visitors.push(visitor);
  await visitor.page.goto(path.startsWith("http") ? path : `${system.url}${path}`);
  return visitor;
}

async function register(visitor: Visitor, phone: "whatsapp" | "sandbox"): Promise<void> {
  await visitor.reads(HEADING, /Create the first account/);
  for (const [field, value] of Object.entries(OWNER)) await visitor.type(`#${field}`, value);
  await visitor.page.click(`input[value=${phone}]`);
  await visitor.press("#create-account");
}

async function signIn(visitor: Visitor): Promise<void> {
  await visitor.type("#login-email", OWNER.email);
  await visitor.type("#login-password", OWNER.password);
  await visitor.press("#sign-in-form button");
}

test(
  "leads from the one-time link to a message that was read, through reloads, and back in with the used link",
  async () => {
    const visitor = await enter(link);
    await visitor.reads(HEADING, /Create the first account/);
    expect(visitor.page.url()).toBe(`${system.url}/welcome`);
    await visitor.page.reload();
    await register(visitor, "sandbox");

    await visitor.page.waitForSelector("#qr[src^='data:image/svg']", { visible: true });
    await visitor.reads("#countdown", /valid for \d+ s/);
    expect(await visitor.page.$$eval("#phases .done", (items) => items.length)).toBe(1);
    await visitor.page.reload();
    await visitor.page.waitForSelector("#qr[src^='data:image/svg']", { visible: true });
    await visitor.press("#scan");

    await visitor.reads("#message h1", /first message/);
    await visitor.page.reload();
    await visitor.reads("#account", /^\+\d+$/);
    await visitor.press("#send");
    await visitor.reads("#message-status", /is delivered/);
    expect(await visitor.page.$$eval("#ticks .done", (items) => items.length)).toBe(3);
    await visitor.press("#read-on-phone");
    await visitor.reads("#message-status", /is read/);
    await visitor.reads("#ticks .read.done", /after \d+ ms/);

    await visitor.press("#create-key");
    const command = await visitor.reads("#command", /X-Api-Key: wpp_/);
    const { stdout } = await run("sh", ["-c", command]);
    expect(JSON.parse(stdout)).toMatchObject({ status: "queued", text: "Hello from WPPConnect" });

    const later = await enter(link);
    await later.reads("#sign-in-reason", /already been used; sign in/);
    await signIn(later);
    await later.reads("#who", /^Ada · Acme <b>$/);
    await later.reads("#message h1", /first message/);
    await later.press("#sign-out");
    await later.reads("#sign-in-reason", /signed out/);
    await later.page.reload();
    await later.reads(HEADING, /Sign in/);
  },
  LONG_MS,
);

test(
  "shows each error at its field, where the focus goes",
  async () => {
    const visitor = await enter(link);
    await visitor.reads(HEADING, /Create the first account/);
    await visitor.type("#tenantName", "Acme");
    await visitor.type("#email", "nonsense");
    await visitor.press("#create-account");
    await visitor.reads("#email-wrong", /^E-mail must be an e-mail address\.$/);
    await visitor.reads("#name-wrong", /^Your name must not be empty\.$/);
    await visitor.reads("#password-wrong", /^Password must have at least 12 characters/);
    expect(await visitor.hasFocus("#name")).toBe(true);
    const fields = await visitor.page.$$eval("[aria-invalid=true]", (found) =>
      found.map((field) => [field.id, field.getAttribute("aria-describedby")?.split(" ").at(-1)]),
    );
    expect(fields).toEqual(["name", "email", "password"].map((id) => [id, `${id}-wrong`]));
  },
  LONG_MS,
);

test(
  "names what is missing for a real phone, and goes on with a simulated one",
  async () => {
    const visitor = await enter(link, 320);
    expect(await visitor.contentWidth()).toBe(320);
    await register(visitor, "whatsapp");
    await visitor.reads("#trouble-reason", /no Chromium: run `npm run setup`/);
    await visitor.reads("#trouble-detail", /\/nowhere\/chromium/);
    expect(await visitor.contentWidth()).toBe(320);
    await visitor.press("#use-sandbox");
    await visitor.page.waitForSelector("#qr[src^='data:image/svg']", { visible: true });
    expect(await visitor.contentWidth()).toBe(320);
    await visitor.page.click("#pairing summary");
    await visitor.type("#pairing-phone", "nonsense");
    await visitor.press("#pairing-form button");
    await visitor.reads("#pairing-phone-wrong", /Number of the phone .+/);
    await visitor.page.reload();
    await visitor.page.waitForSelector("#pairing", { visible: true });
    await visitor.page.click("#pairing summary");
    await visitor.page.waitForFunction("document.querySelector('#pairing-phone').value.startsWith('+')");
    await visitor.press("#pairing-form button");
    await visitor.reads("#account", /^\+\d+$/);
  },
  LONG_MS,
);

test(
  "explains an expired link, a foreign one, and none at all",
  async () => {
    const secrets = createSecrets(readMasterKey(system.config));
    const expired = createSetupToken(secrets, Date.now() - 8 * DAY_MS);
    const late = await enter(`/welcome#${expired}`);
    await late.reads("#sign-in-reason", /expired; restart the server/);
    const foreign = await enter(`${link}x`);
    await foreign.reads("#sign-in-reason", /incomplete or belongs to another installation/);
    const visitor = await enter("/welcome");
    await visitor.reads("#sign-in", /first-run\.txt/);
    await visitor.press("#to-register");
    for (const [field, value] of Object.entries(OWNER)) await visitor.type(`#${field}`, value);
    await visitor.press("#create-account");
    await visitor.reads("#register-form .failure", /Registration is closed: open the one-time link .+ WPP_SIGNUP=open/);
  },
  LONG_MS,
);

test(
  "an unknown address is a page with a way on for a browser, and JSON for programs",
  async () => {
    const visitor = await enter("/nowhere/<b>?x=1");
    await visitor.reads(HEADING, /^Route not found$/);
    await visitor.reads(".lead", /\/nowhere\//);
    await visitor.page.click('a[href="/welcome"]');
    await visitor.reads(HEADING, /Sign in/);
    const answer = await fetch(`${system.url}/nowhere`);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  },
  LONG_MS,
);
