/** The participants of groups, in the order in which they joined. */
import type { Store } from "./store.ts";

export interface Participant {
  readonly account: string;
  readonly admin: 0 | 1;
}

interface PastParticipant {
  readonly account: string;
  readonly at: number;
  /** 1 when an admin removed them, 0 when they left. */
  readonly removed: 0 | 1;
}

export class Participants {
  readonly #ofGroup;
  readonly #find;
  readonly #insert;
  readonly #delete;
  readonly #setAdmin;
  readonly #remember;
  readonly #past;

  constructor(store: Store) {
    this.#ofGroup = store.all<Participant>("SELECT account, admin FROM participants WHERE group_id = ? ORDER BY n");
    this.#find = store.one<Pick<Participant, "admin">>(
      "SELECT admin FROM participants WHERE group_id = ? AND account = ?",
    );
    this.#insert = store.run(
      `INSERT INTO participants SELECT ?1, ?2, ?3, coalesce(max(n), 0) + 1 FROM participants WHERE group_id = ?1
       ON CONFLICT DO NOTHING`,
    );
    this.#delete = store.run("DELETE FROM participants WHERE group_id = ? AND account = ?");
    this.#setAdmin = store.run(
      "UPDATE participants SET admin = ?1 WHERE group_id = ?2 AND account = ?3 AND admin <> ?1",
    );
    this.#remember = store.run(
      `INSERT INTO past_participants VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET at = excluded.at, removed = excluded.removed`,
    );
    this.#past = store.all<PastParticipant>(
      `SELECT account, at, removed FROM past_participants p WHERE group_id = ?1 AND NOT EXISTS
         (SELECT 1 FROM participants c WHERE c.group_id = ?1 AND c.account = p.account) ORDER BY at DESC LIMIT 1000`,
    );
  }

  of(groupId: string): Participant[] {
    return this.#ofGroup(groupId);
  }

  has(groupId: string, account: string): boolean {
    return this.#find(groupId, account) !== undefined;
  }

  isAdmin(groupId: string, account: string): boolean {
    return this.#find(groupId, account)?.admin === 1;
  }

  /** Does nothing when the account is a participant already. */
  add(groupId: string, account: string, admin: boolean): void {
    this.#insert(groupId, account, admin ? 1 : 0);
  }

  remove(groupId: string, account: string): void {
    this.#delete(groupId, account);
  }

  /** Records that someone is no longer in the group. */
  remember(groupId: string, account: string, at: number, removed: boolean): void {
    this.#remember(groupId, account, at, removed ? 1 : 0);
  }

  /** Those who were in the group and are not any more, latest first. */
  past(groupId: string): PastParticipant[] {
    return this.#past(groupId);
  }

  /** False when this changed nothing. */
  setAdmin(groupId: string, account: string, admin: boolean): boolean {
    return this.#setAdmin(admin ? 1 : 0, groupId, account) === 1;
  }
}
