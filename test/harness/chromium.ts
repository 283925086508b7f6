/** A real Chromium that looks at the system's own pages. */
import { launch, type Browser, type Page } from "puppeteer";
import { resolveSettings } from "../../drivers/browser/settings.ts";

const DEADLINE_MS = 20_000;

/** Starts Chromium; the caller must close it. */
export async function openChromium(): Promise<Browser> {
  const found = resolveSettings({ path: process.env["WPP_CHROMIUM"] ?? null });
  if ("failure" in found) throw new Error(found.failure.help);
  return launch({ executablePath: found.settings.path, headless: "shell", args: ["--no-sandbox", "--disable-gpu"] });
}

/** A visitor: a page with storage of its own, which records what a visitor must never see. */
export class Visitor {
  readonly page: Page;
  /** Errors of scripts, refusals by the content security policy, and requests to other servers. */
  readonly faults: string[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  static async enter(browser: Browser, origin: string, width = 1280): Promise<Visitor> {
    const page = await (await browser.createBrowserContext()).newPage();
    page.setDefaultTimeout(DEADLINE_MS);
    await page.setViewport({ width, height: 900 });
    const visitor = new Visitor(page);
    page.on("pageerror", (error) => visitor.faults.push(String(error)));
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) visitor.faults.push(message.text());
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !/^(?:data|blob):/.test(url)) visitor.faults.push(`request to ${url}`);
    });
    return visitor;
  }

  /** Resolves with the text of the element once it is visible and matches. */
  async reads(selector: string, pattern: RegExp): Promise<string> {
    const text = () =>
      this.page.$eval(selector, (found) => (found.checkVisibility() ? (found.textContent ?? "") : "")).catch(() => "");
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const seen = await text();
      if (pattern.test(seen)) return seen;
      if (Date.now() > deadline) {
        const all = await this.page.$eval("body", (body) => (body as unknown as { innerText: string }).innerText);
        throw new Error(`${selector} reads "${seen}" and not ${pattern}; the page:\n${all}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Moves the focus with the Tab key until it is on the element, and presses a key there. */
  async press(selector: string, key: "Enter" | "Space" = "Enter"): Promise<void> {
    await this.page.waitForSelector(selector, { visible: true });
    for (let tabs = 0; tabs < 60; tabs += 1) {
      if (await this.hasFocus(selector)) return this.page.keyboard.press(key);
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`${selector} cannot be reached with the Tab key`);
  }

  /** Types into the field, in place of what it holds. */
  async type(selector: string, text: string): Promise<void> {
    await this.page.locator(selector).fill(text);
  }

  hasFocus(selector: string): Promise<boolean> {
    return this.page.$eval(selector, (found) => found === found.ownerDocument.activeElement);
  }

  /** The width of the content in pixels; wider than the window means sideways scrolling. */
  contentWidth(): Promise<number> {
    return this.page.$eval("html", (root) => root.scrollWidth);
  }
}
