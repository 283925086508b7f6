/** The faults of bench/faults.ts: how each is injected into sessions with a browser, and what the system must show. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SessionReason, SessionState } from "../contracts/states.ts";
import type { TestClient } from "../test/harness/client.ts";

export interface Target {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly peer: string;
}

export interface Bed {
  readonly api: TestClient;
  readonly dataDir: string;
}

export interface Fault {
  readonly name: string;
  /** What the session must show: one of these. */
  readonly shows: readonly `${SessionState}/${SessionReason}`[];
  /** Injects the fault; the returned function ends what does not end without it. */
  readonly inject: (bed: Bed, target: Target) => Promise<() => Promise<void>>;
  /** ms after which the fault is ended; 0 ends it as soon as it was noticed. */
  readonly lasts: number;
  /** What brings the session back, where it must not come back without a person. */
  readonly mend?: (bed: Bed, target: Target) => Promise<void>;
}

interface Found {
  readonly pid: number;
  readonly command: string;
  readonly group: string;
}

function processes(): Found[] {
  const found: Found[] = [];
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [state = "", , group = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      if (state !== "Z") found.push({ pid: Number(name), command, group });
    } catch {
      // The process has ended meanwhile.
    }
  }
  return found;
}

/** The browser on the session's profile, and all processes of its group. */
export function browserOf({ dataDir }: Bed, { id }: Pick<Target, "id">): { browser: Found | undefined; all: Found[] } {
  const all = processes();
  const profile = join(dataDir, "profiles", id);
  const browser = all.find(
    ({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes("--type="),
  );
  return { browser, all: all.filter(({ group }) => group === String(browser?.pid)) };
}

/** Sends the signal to those processes of the session's browser that meet the condition. */
function signal(bed: Bed, target: Target, name: NodeJS.Signals, isMeant: (process: Found) => boolean): void {
  const meant = browserOf(bed, target).all.filter(isMeant);
  if (meant.length === 0) throw new Error(`the browser of ${target.name} has no such process`);
  for (const { pid } of meant) process.kill(pid, name);
}

const isAny = (): boolean => true;
const isRenderer = ({ command }: Found): boolean => command.includes("--type=renderer");
const isNetwork = ({ command }: Found): boolean => command.includes("network.mojom.NetworkService");
const nothing = async (): Promise<void> => undefined;

const kills =
  (isMeant: (process: Found) => boolean): Fault["inject"] =>
  async (bed, target) => {
    signal(bed, target, "SIGKILL", isMeant);
    return nothing;
  };

const stops =
  (isMeant: (process: Found) => boolean): Fault["inject"] =>
  async (bed, target) => {
    signal(bed, target, "SIGSTOP", isMeant);
    // Those that were replaced meanwhile are gone.
    return async () => {
      if (browserOf(bed, target).all.some(isMeant)) signal(bed, target, "SIGCONT", isMeant);
    };
  };

const sets =
  (faults: object): Fault["inject"] =>
  async ({ api }, { phone }) => {
    const path = `/sandbox/faults?phone=${encodeURIComponent(phone)}`;
    await api.expect(200, "PUT", path, faults);
    return async () => void (await api.expect(200, "PUT", path, {}));
  };

async function startAgain({ api }: Bed, { name }: Target): Promise<void> {
  await api.expect(202, "POST", `/sessions/${name}/start`);
}

async function linkAgain(bed: Bed, target: Target): Promise<void> {
  await startAgain(bed, target);
  const { qr } = await bed.api.expect<{ qr: string }>(200, "GET", `/sessions/${target.name}/qr?wait=60`);
  await bed.api.expect(200, "POST", `/sandbox/phones/${target.phone}/scan`, { qr });
}

/** While the session is stopped, what holds its login in the profile is deleted. */
async function damageProfile({ api, dataDir }: Bed, { id, name }: Target): Promise<() => Promise<void>> {
  await api.expect(202, "POST", `/sessions/${name}/stop`);
  await api.until<{ state: string }>(`/sessions/${name}`, ({ state }) => state === "stopped", 30_000);
  rmSync(join(dataDir, "profiles", id, "chromium/Default/IndexedDB"), { recursive: true });
  await api.expect(202, "POST", `/sessions/${name}/start`);
  return nothing;
}

export const FAULTS: readonly Fault[] = [
  { name: "browser killed", shows: ["reconnecting/browser_died"], inject: kills(isAny), lasts: 0 },
  { name: "page's process killed", shows: ["reconnecting/page_crashed"], inject: kills(isRenderer), lasts: 0 },
  {
    name: "network process killed",
    shows: ["reconnecting/network_lost"],
    inject: kills(isNetwork),
    lasts: 0,
  },
  { name: "browser stopped for 15 s", shows: ["degraded/page_frozen"], inject: stops(isAny), lasts: 15_000 },
  {
    name: "page's process stopped for good",
    shows: ["degraded/page_frozen"],
    inject: async (bed, target) => {
      await stops(isRenderer)(bed, target);
      return nothing;
    },
    lasts: 0,
  },
  {
    name: "network process stopped for 20 s",
    shows: ["reconnecting/network_lost"],
    inject: stops(isNetwork),
    lasts: 20_000,
  },
  {
    name: "connection cut for 10 s",
    shows: ["reconnecting/network_lost"],
    inject: sets({ disconnect: 10_000 }),
    lasts: 10_000,
  },
  {
    name: "nothing acknowledged for 20 s",
    shows: ["degraded/not_acknowledged"],
    inject: async (bed, target) => {
      // Receipts of a phone that is there would be acknowledgements too.
      await bed.api.expect(200, "PATCH", `/sandbox/phones/${target.peer}`, { online: false });
      const end = await sets({ dropAcks: true })(bed, target);
      const body = { to: target.peer, type: "text", text: "unacknowledged" };
      await bed.api.expect(202, "POST", `/sessions/${target.name}/messages`, body);
      return async () => {
        await end();
        await bed.api.expect(200, "PATCH", `/sandbox/phones/${target.peer}`, { online: true });
      };
    },
    lasts: 20_000,
  },
  {
    name: "profile lost its login",
    shows: ["reconnecting/profile_damaged"],
    inject: damageProfile,
    lasts: 0,
  },
  {
    name: "WhatsApp opened elsewhere",
    shows: ["failed/conflict"],
    inject: sets({ unlink: "conflict" }),
    lasts: 0,
    mend: startAgain,
  },
  { name: "account banned", shows: ["failed/banned"], inject: sets({ unlink: "banned" }), lasts: 0, mend: linkAgain },
  {
    name: "terms to be accepted",
    shows: ["failed/tos_block"],
    inject: sets({ unlink: "tos_block" }),
    lasts: 0,
    mend: startAgain,
  },
  {
    name: "device removed on the phone",
    shows: ["logged_out/logged_out_on_phone"],
    inject: async ({ api }, { phone }) => {
      await api.expect(204, "POST", `/sandbox/phones/${phone}/logout`, {});
      return nothing;
    },
    lasts: 0,
    mend: linkAgain,
  },
];
