/** The raw protocol, as far as code outside of the page uses it: a ping, which the server answers. */
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
async function sendSmaxStanza({ tag, attrs }: Stanza): Promise<Stanza> {
  if (tag !== "iq" || attrs["xmlns"] !== PING) throw new Error(`the simulated server has no <${tag}>`);
  await ask("ping", {});
  return smax("iq", { type: "result", from: "s.whatsapp.net", id: attrs["id"] ?? "" });
}

define("WAWap", { smax, wap: smax, generateId: () => `${Date.now()}-${++lastId}` });
define("WASendSmaxStanza", { sendSmaxStanza });
