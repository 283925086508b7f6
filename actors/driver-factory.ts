/** The drivers by name. The browser's is loaded when the first session asks for it: it brings Puppeteer and the library along. */
import type { DriverFactory } from "../drivers/driver.ts";

export async function loadDriver(name: "browser" | "light"): Promise<DriverFactory> {
  if (name === "light") return (await import("../drivers/light/light-driver.ts")).createLightDriver;
  return (await import("../drivers/browser/browser-driver.ts")).createBrowserDriver;
}
