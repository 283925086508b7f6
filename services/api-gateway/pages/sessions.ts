/** The visitor's sessions, and the simulated phones for them. */
import type { Session } from "../../../contracts/routes/session.ts";
import type { SandboxPhone } from "../../../contracts/sandbox.ts";
import { ask, Refusal } from "./api.ts";

export type Network = Session["network"];
interface List<T> {
  readonly data: readonly T[];
}

const CHOSEN = "wppconnect.session";
const NAMES: Readonly<Record<Network, string>> = { whatsapp: "main", sandbox: "trial" };
/** Names that are tried when the first is taken by a session on the other network. */
const ATTEMPTS = 9;

/** The session that this tab works with: the one it worked with before, otherwise the latest. */
export async function chosenSession(): Promise<Session | undefined> {
  const { data } = await ask<List<Session>>("GET", "/sessions?limit=100");
  return data.find(({ name }) => name === sessionStorage.getItem(CHOSEN)) ?? data[0];
}

export function choose({ name }: Session): void {
  sessionStorage.setItem(CHOSEN, name);
}

/** Creates a session on the network, or takes the one that was created before, and starts it. */
export async function startSession(network: Network): Promise<Session> {
  const session = await createSession(network);
  choose(session);
  if (session.desired === "running" && session.state !== "failed") return session;
  return ask<Session>("POST", `/sessions/${session.name}/start`);
}

async function createSession(network: Network): Promise<Session> {
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? NAMES[network] : `${NAMES[network]}-${attempt}`;
    try {
      return await ask<Session>("POST", "/sessions", { name, network });
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.code !== "name_taken" || attempt === ATTEMPTS) throw error;
    }
    const existing = await ask<Session>("GET", `/sessions/${name}`);
    if (existing.network === network) return existing;
  }
}

/** The simulated phone with this name, created when there is none. */
export async function simulatedPhone(name: string): Promise<SandboxPhone> {
  const { data } = await ask<List<SandboxPhone>>("GET", "/sandbox/phones?limit=100");
  return data.find((phone) => phone.name === name) ?? ask<SandboxPhone>("POST", "/sandbox/phones", { name });
}
