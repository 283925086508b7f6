/** The first steps of a journey: a session, a simulated phone, and the pairing of the two. */
import type { Session } from "../../contracts/routes/session.ts";
import type { SandboxItem, SandboxPhone } from "../../contracts/sandbox.ts";
import type { TestClient } from "../harness/client.ts";

export type DriverName = "light" | "browser";

/** Creates a phone of the caller's tenant. */
export async function makePhone(api: TestClient, name: string, options: { autoRead?: boolean } = {}): Promise<string> {
  return (await api.expect<SandboxPhone>(201, "POST", "/sandbox/phones", { name, ...options })).phone;
}

/** Creates and starts a session, and scans its QR code with the phone; resolves when it is connected. */
export async function pairSession(api: TestClient, name: string, driver: DriverName, phone: string): Promise<Session> {
  await api.expect(201, "POST", "/sessions", { name, network: "sandbox", driver });
  await api.expect(202, "POST", `/sessions/${name}/start`);
  const { qr } = await api.expect<{ qr: string }>(200, "GET", `/sessions/${name}/qr?wait=30`);
  await api.expect(200, "POST", `/sandbox/phones/${phone}/scan`, { qr });
  return connected(api, name);
}

/** Resolves when the session is connected. */
export function connected(api: TestClient, name: string): Promise<Session> {
  return api.until<Session>(`/sessions/${name}`, ({ state }) => state === "connected", 60_000);
}

/** Everything that a phone has received. */
export async function inboxOf(api: TestClient, phone: string): Promise<SandboxItem[]> {
  const items: SandboxItem[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: SandboxItem[]; nextCursor: string | null } = await api.expect(
      200,
      "GET",
      `/sandbox/phones/${phone}/inbox?limit=200${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    items.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Waits for a received item that meets the condition. */
export async function itemOf(
  api: TestClient,
  phone: string,
  isWanted: (item: SandboxItem) => boolean,
): Promise<SandboxItem> {
  const page = await api.until<{ data: SandboxItem[] }>(`/sandbox/phones/${phone}/inbox?limit=200`, ({ data }) =>
    data.some(isWanted),
  );
  return page.data.find(isWanted)!;
}
