/** kill -9 of the whole process while it sends: after a restart every accepted message has reached the phone once. */
import type { Message } from "../../contracts/message.ts";
import { registerTenant, TestClient } from "../harness/client.ts";
import { cleanUp, makeDataDir, startProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { connected, inboxOf, makePhone, pairSession, type DriverName } from "./pairing.ts";

export interface KillPlan {
  readonly driver: DriverName;
  readonly messages: number;
  /** For each kill, the number of messages that the phone has at that moment. */
  readonly killAt: readonly number[];
}

/** Runs the plan in a describe block of its own. */
export function describeKill({ driver, messages, killAt }: KillPlan): void {
  describe(`kill -9 during ${messages} accepted sends, driver ${driver}`, () => {
    const dataDir = makeDataDir();
    afterAll(() => cleanUp(dataDir), 60_000);

    test("each accepted message reaches the phone exactly once", async () => {
      let system = await startProcess({ dataDir });
      let api = await registerTenant(system.origin);
      const key = (
        await api.expect<{ key: string }>(201, "POST", "/api-keys", {
          name: "kill",
          scopes: ["session:read", "message:read", "message:send", "sandbox:read"],
        })
      ).key;
      const own = await makePhone(api, "Own");
      const ana = await makePhone(api, "Ana");
      await pairSession(api, "main", driver, own);

      const accepted = new Map<string, string>();
      const sendAll = async (from: number, to: number) => {
        for (let index = from; index < to; index += 1) {
          const { id, waId } = await api.expect<Message>(202, "POST", "/sessions/main/messages", {
            to: ana,
            type: "text",
            text: `number ${index}`,
          });
          accepted.set(waId, id);
        }
      };
      await Promise.all(
        Array.from({ length: 10 }, (_, part) => sendAll((part * messages) / 10, ((part + 1) * messages) / 10)),
      );
      expect(accepted.size).toBe(messages);

      for (const count of killAt) {
        await until(async () => (await inboxOf(api, ana)).length >= count, 120_000);
        expect(await system.end("SIGKILL")).toBeNull();
        system = await startProcess({ dataDir });
        api = new TestClient(system.origin, { "x-api-key": key });
        await connected(api, "main");
      }

      await until(async () => (await inboxOf(api, ana)).length >= messages, 180_000);
      const items = await inboxOf(api, ana);
      expect(new Set(items.map(({ id }) => id))).toEqual(new Set(accepted.keys()));
      expect(items.length).toBe(messages);
      const open = async () =>
        (
          await Promise.all(
            ["queued", "sending"].map((status) =>
              api.expect<{ data: Message[] }>(200, "GET", `/messages?status=${status}`),
            ),
          )
        ).flatMap((page) => page.data);
      await until(async () => (await open()).length === 0, 60_000);
      expect(await system.end("SIGTERM")).toBe(0);
    }, 400_000);
  });
}
