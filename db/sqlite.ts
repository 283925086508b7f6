/** SQLite in a file: one handle writes, in turns; another reads what was committed, without waiting. */
import { chmodSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { Sequelize } from "sequelize";
import type { Database, Sql } from "./database.ts";
import * as sqliteDialect from "./sqlite-dialect.ts";
import { sqliteSql } from "./sqlite-statements.ts";

/** Opens the file, which is made when it is not there. */
export async function openSqlite(file: string): Promise<Database> {
  const writer = sqliteDialect.openHandle(file);
  const reader = sqliteDialect.openHandle(file);
  chmodSync(file, 0o600);
  const sequelize = new Sequelize({ dialect: "sqlite", storage: file, dialectModule: sqliteDialect, logging: false });
  const [write, read] = [sqliteSql(writer), sqliteSql(reader)];
  const lock = sqliteDialect.writeLockOf(file);
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
    transaction: (work) => locked(() => transact(writer, write, work)),
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

async function transact<T>(writer: DatabaseSync, sql: Sql, work: (sql: Sql) => Promise<T>): Promise<T> {
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
