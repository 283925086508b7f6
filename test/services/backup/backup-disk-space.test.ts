/** Checks of free disk space, on the real disk and with media too large for any disk. */
import type { Backup, RestorePlan } from "../../../contracts/routes/backup.ts";
import { insertMedia } from "../../../db/statements/messages/media.ts";
import { makeBackup, settled, startWithAdmin, withDatabase } from "./backup-system.ts";
import { registerTenant, type Account } from "../../harness/accounts.ts";
import type { System } from "../../harness/system.ts";

/** Bytes; more than any disk has. */
const HUGE = 1e15;

let system: System;
let admin: Account;
let other: Account;

beforeEach(async () => {
  ({ system, admin } = await startWithAdmin());
  other = await registerTenant(system, "Beta");
});
afterEach(() => system.stop());

const storeHuge = () =>
  withDatabase(system, (sql) => {
    const row = {
      id: "med_1",
      tenant_id: admin.tenantId,
      path: "media/x",
      mimetype: "text/plain",
      filename: null,
      sha256: "x",
      created_at: 1,
    };
    return insertMedia(sql, { ...row, size: HUGE });
  });

test("media count if included: those of all tenants in a backup, the tenant's own in an export", async () => {
  await storeHuge();
  for (const path of ["/backups", "/exports"]) {
    const refused = await admin.owner.expect<object>(409, "POST", path, { media: true });
    expect(refused).toMatchObject({ facts: { neededMb: expect.any(Number) } });
  }
  await makeBackup(admin, { media: false, verify: false });
  const { id } = await other.owner.expect<Backup>(202, "POST", "/exports", { media: true });
  expect(await settled(other, id)).toMatchObject({ status: "finished" });
}, 60_000);

test("a restore needs space for media files that are not on the disk yet", async () => {
  const { id } = await makeBackup(admin, { verify: false });
  const plan = () => admin.owner.expect<RestorePlan>(200, "POST", `/backups/${id}/restore`, { dryRun: true });
  expect((await plan()).obstacles).toEqual([]);
  await withDatabase(system, async (sql) => {
    const [row] = await sql.all<{ manifest: string }>("SELECT manifest FROM backups WHERE id = $1", [id]);
    const manifest = { ...(JSON.parse(row!.manifest) as object), files: { count: 1, bytes: HUGE, missing: 0 } };
    await sql.run("UPDATE backups SET manifest = $2 WHERE id = $1", [id, JSON.stringify(manifest)]);
  });
  expect((await plan()).obstacles).toEqual([expect.stringContaining("MB are needed")]);
  await storeHuge();
  expect((await plan()).obstacles).toEqual([]);
}, 60_000);
