/** SQLite in a file: one handle writes, one transaction at a time; another reads committed rows without waiting. */
import { chmodSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { Sequelize } from "sequelize";
import type { Database, Transaction } from "./database.ts";
import { createJoinable } from "./joinable-transaction.ts";
import * as sqliteDialect from "./sqlite-dialect.ts";
import { sqliteSql } from "./sqlite-statements.ts";

/** Opens the file; creates it when it does not exist. */
export async function openSqlite(file: string): Promise<Database> {
  const writer = sqliteDialect.openHandle(file);
  const reader = sqliteDialect.openHandle(file);
  chmodSync(file, 0o600);
  const sequelize = new Sequelize({ dialect: "sqlite", storage: file, dialectModule: sqliteDialect, logging: false });
  const [write, read] = [sqliteSql(writer), sqliteSql(reader)];
  const lock = sqliteDialect.writeLockOf(file);
  // The caller of `transaction` has the lock already.
  const writerForSequelize = new sqliteDialect.Connection(writer, null);
  const locked = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await lock.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  };
  return {
    dialect: "sqlite",
    sequelize,
    file,
    all: <R>(text: string, parameters?: readonly unknown[]) =>
      isRead(text) ? read.all<R>(text, parameters) : locked(() => write.all<R>(text, parameters)),
    run: (text, parameters) => locked(() => write.run(text, parameters)),
    transaction: (work) =>
      locked(async () => {
        const joinable = createJoinable(sequelize, writerForSequelize);
        try {
          return await transact(writer, { ...write, forSequelize: joinable.forSequelize }, work);
        } finally {
          joinable.end();
        }
      }),
    // There is no other server.
    onFailover: () => () => undefined,
    close: async () => {
      await sequelize.close();
      reader.close();
      writer.close();
    },
  };
}

function isRead(text: string): boolean {
  return /^\s*SELECT/i.test(text);
}

async function transact<T>(writer: DatabaseSync, sql: Transaction, work: (sql: Transaction) => Promise<T>): Promise<T> {
  writer.exec("BEGIN IMMEDIATE");
  try {
    const result = await work(sql);
    writer.exec("COMMIT");
    return result;
  } catch (error) {
    if (writer.isTransaction) writer.exec("ROLLBACK");
    throw error;
  }
}
