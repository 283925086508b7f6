/** What a user sets in this client alone: theme, automatic downloads, beta. Kept in the browser, like the real ones. */
import { addCommands } from "../command.ts";
import { define } from "../loader.ts";
import { ownName } from "../me.ts";
import { privacyValues } from "./privacy.ts";

const PREFIX = "sandbox-preference-";

/** A preference with a value of its own per browser profile. */
function preference<T>(name: string, initial: T): { get: () => T; set: (value: T) => void } {
  const key = `${PREFIX}${name}`;
  return {
    get: () => {
      const stored = localStorage.getItem(key);
      return stored === null ? initial : (JSON.parse(stored) as T);
    },
    set: (value) => localStorage.setItem(key, JSON.stringify(value)),
  };
}

const theme = preference<"light" | "dark" | "system">("theme", "light");
const photos = preference("photos", true);
const audio = preference("audio", false);
const videos = preference("videos", false);
const documents = preference("documents", false);
const beta = preference("beta", false);

define("WAWebUserPrefsGeneral", {
  getPushname: ownName,
  setBrowserId: () => undefined,
  getUserPrivacySettings: privacyValues,
  getTheme: theme.get,
  setTheme: theme.set,
  getAutoDownloadPhotos: photos.get,
  setAutoDownloadPhotos: photos.set,
  getAutoDownloadAudio: audio.get,
  setAutoDownloadAudio: audio.set,
  getAutoDownloadVideos: videos.get,
  setAutoDownloadVideos: videos.set,
  getAutoDownloadDocuments: documents.get,
  setAutoDownloadDocuments: documents.set,
});

define("WAWebUserPrefsBeta", {
  getWhatsAppWebExternalBetaJoinedIdb: () => Promise.resolve(beta.get()),
  setWhatsAppWebExternalBetaJoinedIdb: (joined: boolean) => Promise.resolve(beta.set(joined)),
  setWhatsAppWebExternalBetaDirtyBitIdb: () => Promise.resolve(),
});
define("WAWebExternalBetaOptInAction", {
  changeOptInStatusForExternalWebBeta: (joined: boolean) => Promise.resolve(beta.set(joined)),
});

let locale = "en";
define("WAWebUserPrefsLocales", {
  getPhoneLangPref: () => locale,
  setPhoneLangPref: (chosen: string) => (locale = chosen),
});

/** Every account has several devices today: there is nothing to change. */
addCommands({ upgradeToMDProd: () => undefined, downgradeWebclient: () => undefined });

class HistorySyncProgressModel {
  readonly realProgress = 100;
  readonly remainingPausedSeconds = 0;
}
const progress = new HistorySyncProgressModel();
define("WAWebHistorySyncProgressModel", {
  HistorySyncProgressModel,
  getHistorySyncProgressModel: () => progress,
});
