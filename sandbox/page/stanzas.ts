/** The raw protocol, as far as code outside of the page uses it: pings, and answers to calls. */
import { answerCall } from "./calls.ts";
import { define } from "./loader.ts";
import { ask } from "./wire.ts";

interface Stanza {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly content: unknown;
}

const PING = "w:p";
let lastId = 0;

function smax(tag: string, attrs: Record<string, string> = {}, content: unknown = null): Stanza {
  return { tag, attrs, content };
}

/** Resolves with the server's answer. */
async function sendSmaxStanza(stanza: Stanza): Promise<Stanza> {
  const { tag, attrs } = stanza;
  if (tag === "call") return answerByStanza(stanza);
  if (tag !== "iq" || attrs["xmlns"] !== PING) throw new Error(`the simulated server has no <${tag}>`);
  await ask("ping", {});
  return smax("iq", { type: "result", from: "s.whatsapp.net", id: attrs["id"] ?? "" });
}

async function answerByStanza({ attrs, content }: Stanza): Promise<Stanza> {
  const [answer] = content as Stanza[];
  await answerCall(answer?.attrs["call-id"] ?? "", answer?.tag === "accept");
  return smax("ack", { class: "call", id: attrs["id"] ?? "" });
}

define("WAWap", { smax, wap: smax, generateId: () => `${Date.now()}-${++lastId}` });
define("WASendSmaxStanza", { sendSmaxStanza });
define("WAWebEnsureE2ESessions", { ensureE2ESessions: () => Promise.resolve() });
