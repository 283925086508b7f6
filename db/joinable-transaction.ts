/**
 * Lets Sequelize's models write in a transaction that this folder began. Sequelize runs a call with the option
 * `transaction` on that object's `connection` and does nothing else with it: BEGIN, COMMIT and ROLLBACK stay with the
 * code that opened it.
 */
import { Transaction as SequelizeTransaction, type Sequelize } from "sequelize";

/** Fields that Sequelize sets in its own transactions; its types leave them out. */
interface TransactionFields {
  connection: unknown;
  finished: "commit" | undefined;
}

export interface Joinable {
  forSequelize(): SequelizeTransaction;
  /** After this, Sequelize refuses calls that still name the transaction. */
  end(): void;
}

/** `connection` is one that Sequelize's dialect could have opened itself. */
export function createJoinable(sequelize: Sequelize, connection: unknown): Joinable {
  let joined: (SequelizeTransaction & TransactionFields) | undefined;
  return {
    forSequelize: () => {
      joined ??= Object.assign(new SequelizeTransaction(sequelize, {}), { connection, finished: undefined });
      return joined;
    },
    end: () => {
      if (joined !== undefined) joined.finished = "commit";
    },
  };
}
