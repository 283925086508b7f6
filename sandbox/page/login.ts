/** The login screen: the QR code in the DOM, the button to reload an expired one, and linking by pairing code. */
import { Cmd } from "./command.ts";
import { Conn, requests, Socket } from "./connection-models.ts";
import { EventEmitter } from "./events.ts";
import { define } from "./loader.ts";
import { ask, isConnected, RefusedError, sendFrame } from "./wire.ts";

const QR_SIZE = 264;

function showLanding(...children: Node[]): void {
  const wrapper = document.createElement("div");
  wrapper.className = "landing-wrapper";
  wrapper.append(...children);
  screen().replaceChildren(wrapper);
}

function screen(): HTMLElement {
  const found = document.querySelector<HTMLElement>("#app > div");
  if (found === null) throw new Error("the page has no #app element");
  return found;
}

/** The code that is shown: the server's reference, and the keys of this device. */
let shown = { ref: "", staticKey: "", identityKey: "", secretKey: "" };

/** Shows a QR code. It is painted before `ref` changes, because wppconnect reads the picture and the text then. */
export async function showQr(text: string): Promise<void> {
  const [ref = "", staticKey = "", identityKey = "", secretKey = ""] = text.split(",");
  shown = { ref, staticKey, identityKey, secretKey };
  const image = new Image();
  // It comes from the page's server, which has a QR library.
  image.src = `/qr.svg?text=${encodeURIComponent(text)}`;
  await image.decode().catch((error: unknown) => console.warn(error));
  const holder = document.createElement("div");
  holder.dataset["ref"] = text;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = QR_SIZE;
  if (image.complete) canvas.getContext("2d")?.drawImage(image, 0, 0, QR_SIZE, QR_SIZE);
  holder.append(canvas);
  showLanding(holder);
  Conn.set({ ref });
}

/** No more codes arrive: shows a button that requests new ones, as in the real client. */
export function showQrIdle(): void {
  const holder = document.querySelector<HTMLElement>("[data-ref]");
  const button = document.createElement("button");
  button.textContent = "Click to reload QR code";
  button.onclick = refreshQr;
  holder?.append(button);
  Conn.set({ ref: null });
}

function refreshQr(): void {
  document.querySelector("[data-ref]")?.setAttribute("data-ref", "");
  requests.trigger("connect");
}

/** The screen of a linked device: wppconnect recognizes it by an element of class `two` with a tab index. */
export function showMain(): void {
  const pane = document.createElement("div");
  pane.className = "two";
  pane.tabIndex = -1;
  pane.textContent = "Linked";
  screen().replaceChildren(pane);
}

export const DEVICE_NAME = "Chrome on Linux";

let readInfo = () => ({ os: DEVICE_NAME });

/**
 * The name under which the phone lists this device; wa-js replaces `info` when a device name is configured. On the real
 * network the name is sent when linking; here it follows the first connection.
 */
const browserInfo = {
  get info() {
    return readInfo;
  },
  set info(read) {
    readInfo = read;
    if (isConnected()) sendFrame({ type: "name", deviceName: configuredName() });
  },
  hardRefresh: () => location.reload(),
};
define("WAWebBrowserInfo", { default: browserInfo });
define("WAWebMiscBrowserUtils", browserInfo);

/** The device name that is configured by now. */
export function configuredName(): string {
  return readInfo().os;
}

/** Resolves when the server waits for this device to be linked. */
async function waitUntilUnpaired(): Promise<void> {
  while (Socket.state !== "UNPAIRED")
    await new Promise<void>((resolve) => Socket.once("change:state", () => resolve()));
}

/** A hello has no reply, so a request that follows it immediately may be refused for a moment. */
async function retryWhileUnauthorized<T>(request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt < 10; attempt++) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof RefusedError) || error.statusCode !== 401) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return request();
}

async function genLinkDeviceCodeForPhoneNumber(phone: string): Promise<string> {
  await waitUntilUnpaired();
  sendFrame({ type: "hello", token: null, deviceName: configuredName(), wantsQr: false });
  const { code } = await retryWhileUnauthorized(() => ask("pairingCode", { phone: phone.replace(/\D/g, "") }));
  return code;
}

Object.assign(Cmd, { refreshQR: refreshQr });
define("WAWebAltDeviceLinkingApi", {
  initializeAltDeviceLinking: () => Promise.resolve(),
  setPairingType: () => undefined,
  startAltLinkingFlow: genLinkDeviceCodeForPhoneNumber,
  genLinkDeviceCodeForPhoneNumber,
});

class LinkDeviceEvents extends EventEmitter {
  triggerRefreshAltLinkingCode(): void {
    this.trigger("link_device_events:refresh_alt_linking_code");
  }
}
define("WAWebLinkDeviceEvents", { WAWebLinkDeviceEvents: new LinkDeviceEvents() });

const encodeB64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const decodeB64 = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
const keyPair = (pubKey: string) => ({ pubKey: decodeB64(pubKey), privKey: new ArrayBuffer(32) });
const waSignalStore = {
  getRegistrationInfo: () => Promise.resolve({ identityKeyPair: keyPair(shown.identityKey) }),
};
const waNoiseInfo = { get: () => Promise.resolve({ staticKeyPair: keyPair(shown.staticKey) }) };
const getADVSecretKey = (): string => shown.secretKey;
define("WAWebSignalStore", { waSignalStore });
define("WAWebNoiseInfo", { waNoiseInfo });
define("WAWebAdvSecret", { getADVSecretKey, setADVSignedIdentity: () => undefined });
/** The same under the names of later versions. The platform is the last part of a QR code there. */
define("WAWebSignalStoreApi", { waSignalStore });
define("WAWebUserPrefsInfoStore", { waNoiseInfo });
define("WAWebUserPrefsMultiDevice", { getADVSecretKey });
define("WAWebCompanionRegClientUtils", { DEVICE_PLATFORM: "1" });
define("WAWebAdvSignatureApi", {});
define("WAWebOfflineHandler", { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } });
define("WABase64", { encodeB64, decodeB64 });
