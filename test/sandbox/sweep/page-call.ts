/** Calls functions of wa-js in a page, and brings their results out of it in a plain form. */
import type { Page } from "puppeteer";
import type { Answer } from "./probe.ts";

type Namespaces = Record<string, Record<string, (...args: unknown[]) => unknown>>;
declare const WPP: Namespaces;

interface InPage {
  /** Calls the function, by name or by source, and describes what came of it. */
  wppProbe(call: { path: string; source: string | null; args: unknown[]; ms: number }): Promise<Answer>;
}
declare const window: InPage;

/** Defines `wppProbe` in the page; again after each load. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (typeof window.wppProbe === "function") return;
    /** The plain form: ids and keys as text, models as their attributes, bytes as their number. */
    const plain = (value: unknown, depth: number): unknown => {
      if (typeof value === "function") return "[function]";
      if (typeof value !== "object" || value === null) return value;
      if (depth > 5) return "[deep]";
      const { _serialized: id, toJSON } = value as { _serialized?: unknown; toJSON?: unknown };
      if (typeof id === "string") return id;
      if (value instanceof Blob) return { bytes: value.size, type: value.type };
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { bytes: value.byteLength };
      if (value instanceof Map) return [...value].slice(0, 50).map((entry) => plain(entry, depth + 1));
      if (Array.isArray(value)) return value.slice(0, 50).map((item) => plain(item, depth + 1));
      const source = typeof toJSON === "function" ? (Reflect.apply(toJSON, value, []) as object) : value;
      return Object.fromEntries(Object.entries(source).map(([key, item]) => [key, plain(item, depth + 1)]));
    };
    const revive = (value: unknown): unknown => {
      if (typeof value !== "object" || value === null || !("blob" in value)) return value;
      const { blob, type } = value as { blob: string; type: string };
      return new Blob([Uint8Array.from(atob(blob), (char) => char.charCodeAt(0))], { type });
    };
    const failure = (thrown: unknown): Answer => {
      const {
        name = typeof thrown,
        code = "",
        message = String(thrown),
      } = (thrown ?? {}) as Partial<Record<string, string>>;
      return { error: { name: String(name), code: String(code), message: String(message) } };
    };
    window.wppProbe = async ({ path, source, args, ms }) => {
      const [space = "", name = ""] = path.split(".");
      const call =
        source === null
          ? (...given: unknown[]) => WPP[space]![name]!(...given)
          : // The source comes from a probe in this folder.
            (new Function(`return (${source})`)() as (...given: unknown[]) => unknown);
      const answer = (async (): Promise<Answer> => ({ value: plain(await call(...args.map(revive)), 0) }))();
      const late = new Promise<Answer>((resolve) => setTimeout(() => resolve({ hangs: true }), ms));
      return Promise.race([answer.catch(failure), late]);
    };
  });
}

/** Calls `space.name` of wa-js, or the given function in its place. */
export async function callInPage(
  page: Page,
  call: {
    path: string;
    inPage: ((...args: never[]) => unknown) | undefined;
    args: readonly unknown[];
    ms: number;
  },
): Promise<Answer> {
  const { path, inPage, args, ms } = call;
  await prepare(page);
  return page.evaluate((given) => window.wppProbe(given), {
    path,
    source: inPage === undefined ? null : String(inPage),
    args: [...args],
    ms,
  });
}

/** The public functions of wa-js, by namespace: all but classes, and what only serves the library itself. */
export function listFunctions(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(() => {
    const internal = new Set(["whatsapp", "loader", "config", "ev"]);
    const found: Record<string, string[]> = {};
    for (const [space, members] of Object.entries(WPP)) {
      if (typeof members !== "object" || members === null || internal.has(space)) continue;
      found[space] = Object.keys(members).filter((name) => {
        const member: unknown = members[name];
        return typeof member === "function" && !String(member).startsWith("class");
      });
    }
    return found;
  });
}
