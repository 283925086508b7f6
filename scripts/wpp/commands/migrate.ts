/** `wpp migrate wppconnect-server`: takes its linked sessions over, without a new scan, and gives them back. */
import { existsSync } from "node:fs";
import { chmod, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { WppError, type Schema, type WppClient } from "../../../clients/typescript/src/index.ts";
import { WPPCONNECT_EVENTS } from "../../../compat/wppconnect/events.ts";
import { NAME_METADATA, toSessionName } from "../../../compat/wppconnect/names.ts";
import { copyProfile, findProfiles, type FoundProfile } from "../../../compat/wppconnect/profiles.ts";
import { readConfig } from "../../../contracts/config.ts";
import { CommandError, EXIT, textOf, UsageError, type Command, type Run } from "../command.ts";

type Session = Schema<"Session">;

const MEGABYTE = 1024 * 1024;

interface Outcome {
  readonly session: string;
  readonly name: string;
  readonly megabytes: number;
  readonly webhook: string | null;
  readonly outcome: string;
  readonly ok: boolean;
}

async function existing(client: WppClient, name: string): Promise<Session | null> {
  try {
    return await client.request("GET", "/sessions/{session}", { path: { session: name } });
  } catch (error) {
    if (error instanceof WppError && error.code === "not_found") return null;
    throw error;
  }
}

/** Where a session's browser has its data. */
const placeOf = (dataDir: string, { id }: Pick<Session, "id">): string => join(dataDir, "profiles", id, "chromium");

async function setUp(client: WppClient, found: FoundProfile, network: Session["network"]): Promise<Session> {
  const { name, deviceName, proxy } = found;
  const own = toSessionName(name);
  return client.request("POST", "/sessions", {
    body: {
      name: own,
      network,
      driver: "browser",
      settings: {
        ...(deviceName === null ? {} : { deviceName }),
        ...(proxy === null || proxy.url === ""
          ? {}
          : {
              proxy: {
                url: proxy.url,
                username: proxy.username ?? null,
                ...(typeof proxy.password === "string" ? { password: proxy.password } : {}),
              },
            }),
      },
      metadata: own === name ? {} : { [NAME_METADATA]: name },
    },
  });
}

async function takeOver(
  client: WppClient,
  dataDir: string,
  found: FoundProfile,
  network: Session["network"],
): Promise<string> {
  const known = await existing(client, toSessionName(found.name));
  const session = known ?? (await setUp(client, found, network));
  const place = placeOf(dataDir, session);
  if (existsSync(place)) return "is here already";
  await mkdir(join(dataDir, "profiles", session.id), { recursive: true, mode: 0o700 });
  await copyProfile(found.path, place);
  await chmod(place, 0o700);
  if (found.webhook === null || found.webhook === "" || known !== null) return "taken over";
  const refusal = await setWebhook(client, found.webhook, session.id, found.name);
  return refusal === null ? "taken over" : `taken over, without its webhook: ${refusal}`;
}

/** Makes the session's webhook; the reason when it is refused. */
async function setWebhook(client: WppClient, url: string, sessionId: string, name: string): Promise<string | null> {
  try {
    await client.request("POST", "/webhooks", {
      body: {
        url,
        events: [...WPPCONNECT_EVENTS],
        sessions: [sessionId],
        format: "wppconnect",
        ordering: "session",
        description: `wppconnect-server: ${name}`,
      },
    });
    return null;
  } catch (error) {
    if (error instanceof WppError) return error.problem.detail;
    throw error;
  }
}

/** Copies a stopped session's profile into that server's folder; what is there is set aside. */
async function giveBack(client: WppClient, dataDir: string, found: FoundProfile): Promise<string> {
  const session = await existing(client, toSessionName(found.name));
  if (session === null) return "there is no such session here";
  if (session.state !== "stopped") return `it is ${session.state} here: stop it first (wpp session stop)`;
  const place = placeOf(dataDir, session);
  if (!existsSync(place)) return "it has no profile here";
  await rename(found.path, `${found.path}.before-${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}`);
  await copyProfile(place, found.path);
  return "given back";
}

const DONE = new Set(["taken over", "given back", "is here already"]);

async function migrate({ options, connect, output }: Run): Promise<number> {
  const profiles = textOf(options, "profiles");
  if (profiles === undefined)
    throw new UsageError("--profiles: the folder with that server's profiles, userDataDir by default");
  const tokens = textOf(options, "tokens") ?? null;
  for (const folder of [profiles, ...(tokens === null ? [] : [tokens])])
    if (!existsSync(folder)) throw new CommandError(`there is no folder ${folder}`);
  const { dataDir } = readConfig(process.env);
  const isDry = options["dry-run"] === true;
  if (!isDry && !existsSync(dataDir))
    throw new CommandError(
      `${dataDir} is not the data directory of the system: run this where it runs, with its WPP_DATA_DIR`,
    );
  const only = textOf(options, "session");
  const network = options["sandbox"] === true ? "sandbox" : "whatsapp";
  const client = connect();
  const outcomes: Outcome[] = [];
  for (const found of findProfiles(profiles, tokens)) {
    if (only !== undefined && found.name !== only) continue;
    const act = async (): Promise<string> => {
      if (found.obstacle !== null) return found.obstacle;
      if (isDry) return options["back"] === true ? "would be given back" : "would be taken over";
      return options["back"] === true ? giveBack(client, dataDir, found) : takeOver(client, dataDir, found, network);
    };
    const outcome = await act().catch((error: unknown) => {
      if (error instanceof WppError) return `${error.problem.detail} (${error.code})`;
      throw error;
    });
    outcomes.push({
      session: found.name,
      name: toSessionName(found.name),
      megabytes: Math.round(found.bytes / MEGABYTE),
      webhook: found.webhook,
      outcome,
      ok: DONE.has(outcome) || (isDry && found.obstacle === null),
    });
  }
  const rows = outcomes.map(({ session, name, megabytes, webhook, outcome }) => [
    session,
    name,
    `${megabytes} MB`,
    webhook,
    outcome,
  ]);
  output.table(
    outcomes,
    ["there", "here", "size", "webhook", "what became of it"],
    rows,
    `There is no profile in ${profiles}`,
  );
  const failed = outcomes.filter(({ ok }) => !ok).length;
  if (!isDry && failed === 0 && outcomes.length > 0 && options["back"] !== true)
    output.say(
      "Start them with wpp session start; the originals were not touched. Do not start the old server on them again.",
    );
  return failed === 0 ? EXIT.ok : EXIT.failed;
}

export const migrateCommand: Command = {
  name: ["migrate", "wppconnect-server"],
  args: [],
  summary: "Take wppconnect-server's linked sessions over, without a new scan",
  options: {
    profiles: { type: "string", help: "its folder of Chromium profiles: userDataDir" },
    tokens: { type: "string", help: "its folder of tokens, for webhooks and settings" },
    session: { type: "string", help: "only this session" },
    "dry-run": { type: "boolean", help: "only show what would happen" },
    back: { type: "boolean", help: "copy stopped sessions back to that server's folder" },
    sandbox: { type: "boolean", help: "the sessions are of the simulated network" },
  },
  run: migrate,
};
