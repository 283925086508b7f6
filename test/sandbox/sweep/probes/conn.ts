/** `WPP.conn`: first what only a page that is not linked can do, then the rest. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { connected } from "../sessions.ts";
import { chatId, nothing, yes } from "../shapes.ts";
import type { World } from "../world.ts";

export const CODE = z.string().regex(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);

const base64 = z.base64().min(44);
const authCode = z.object({
  type: z.literal("multidevice"),
  ref: z.string().regex(/^2@[^,]+$/),
  staticKeyPair: base64,
  identityKeyPair: base64,
  secretKey: base64,
  fullCode: z.string().regex(/^2@[^,]+(?:,[A-Za-z0-9+/]{43}=){3}$/),
});

export const unlinkedConn: Probes = {
  getAuthCode: { result: authCode },
  refreshQR: { result: authCode.nullable() },
  isAuthenticated: { result: z.literal(false), note: "before the link" },
  isRegistered: { result: z.literal(false), note: "before the link" },
  genLinkDeviceCodeForPhoneNumber: { args: ({ personal }) => [personal.phone.phone], result: CODE },
  startLinkDeviceCodeForPhoneNumber: { args: ({ personal }) => [personal.phone.phone], result: CODE },
  refreshLinkDeviceCode: { result: CODE },
};

export const lastOfUnlinkedConn: Probes = {
  cancelLinkDeviceCode: { result: nothing },
};

const settings = z.object({ photos: z.boolean(), audio: z.boolean(), videos: z.boolean(), documents: z.boolean() });

export const conn: Probes = {
  getBuildConstants: {
    result: z.object({
      VERSION_STR: z.string().regex(/^2\.3000\.\d+$/),
      PARSED: z.object({ PRIMARY: z.literal(2), SECONDARY: z.literal(3000), TERTIARY: z.int().min(1) }),
    }),
  },
  isWhatsAppVersionGTE: { args: () => ["2.3000.0"], result: yes },
  getABProps: { result: z.array(z.object({ configCode: z.number(), name: z.string().nullable() })).min(1) },
  getABPropsMap: { result: z.array(z.tuple([z.string(), z.object({ configCode: z.number() })])).min(1) },
  getABPropName: { args: () => ["1097"], result: z.string().min(1) },
  getHistorySyncProgress: {
    result: z.object({ progress: z.number(), paused: z.literal(false), inProgress: z.boolean() }),
  },
  getMigrationState: { result: z.object({ isLidMigrated: z.boolean(), currentLid: chatId, currentPn: chatId }) },
  getMyDeviceId: { result: chatId },
  getMyUserId: { result: chatId },
  getMyUserLid: { result: z.string().endsWith("@lid") },
  getMyUserWid: { result: z.string().endsWith("@c.us") },
  getPlatform: { result: z.enum(["android", "iphone", "smba", "smbi"]) },
  getStreamData: { result: z.object({ mode: z.literal("MAIN"), info: z.literal("NORMAL") }) },
  getTheme: { result: z.enum(["light", "dark"]) },
  getAutoDownloadSettings: { result: settings },
  isIdle: { result: z.literal(false) },
  isMainInit: { result: yes },
  isMainLoaded: { result: yes },
  isMainReady: { result: yes },
  isMultiDevice: { result: yes },
  isOnline: { result: yes },
  joinWebBeta: { args: () => [true], result: yes },
  markAvailable: {
    args: () => [true],
    result: yes,
    shown: async (world) => (await world.phone(world.personal.phone)).available,
  },
  markUnavailable: {
    result: yes,
    shown: async (world) => !(await world.phone(world.personal.phone)).available,
  },
  needsUpdate: { result: z.literal(false) },
  setKeepAlive: { args: () => [true], result: yes },
  setLimit: { args: () => ["unlimitedPin", true], result: yes },
  setMultiDevice: { args: () => [true], result: yes },
  changeEnviromentDevice: { result: nothing },
};

/** The page has been loaded again, and the function returns what was set. */
function isKept(name: "getTheme" | "getAutoDownloadSettings", expected: unknown) {
  return async (world: World): Promise<boolean> => {
    const kept = await world.personal.client[name]();
    await connected(world.personal);
    return JSON.stringify(kept) === JSON.stringify(expected);
  };
}

const SETTINGS = { photos: false, audio: true, videos: false, documents: true };

/** Those that load the page again, and the one that ends the link. */
export const lastOfConn: Probes = {
  setTheme: { args: () => ["dark"], result: nothing, shown: isKept("getTheme", "dark"), seconds: 15 },
  setAutoDownloadSettings: {
    args: () => [SETTINGS],
    shown: isKept("getAutoDownloadSettings", SETTINGS),
    seconds: 15,
  },
  logout: {
    args: ({ personal }) => [connected(personal)],
    // The page loads again before the call returns.
    inPage: () => {
      const { WPP } = globalThis as unknown as { WPP: { conn: { logout(): Promise<boolean> } } };
      setTimeout(() => void WPP.conn.logout(), 100);
      return true;
    },
    result: yes,
    shown: async (world) => (await world.phone(world.personal.phone)).devices.length === 0,
  },
};
