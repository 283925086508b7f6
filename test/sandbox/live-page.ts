/** The simulated page in Chromium, with nothing of the driver's or a library's in it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { launch, type Browser, type Page } from "puppeteer";
import type { Sandbox } from "../../sandbox/sandbox.ts";

const CHROMIUM =
  process.env["WPP_CHROMIUM"] ??
  ["/usr/lib/chromium/chromium-headless-shell", "/usr/lib/chromium/chromium"].find((path) => existsSync(path)) ??
  "";

/** A browser that reaches nothing but the sandbox, with an empty page. */
export async function openBrowser({ endpoint }: Sandbox, dir: string): Promise<{ browser: Browser; page: Page }> {
  const { host, pagePort, spki } = endpoint;
  const browser = await launch({
    executablePath: CHROMIUM,
    headless: CHROMIUM.includes("headless-shell") ? "shell" : true,
    pipe: true,
    userDataDir: join(dir, "chromium"),
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      `--host-resolver-rules=MAP web.whatsapp.com ${host}:${pagePort}, MAP * ~NOTFOUND`,
      `--ignore-certificate-errors-spki-list=${spki}`,
    ],
  });
  return { browser, page: await browser.newPage() };
}
