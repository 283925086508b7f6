/** Why an archive cannot be used; the messages are for its owner. */

const MESSAGES = {
  not_an_archive: "the file is not a backup of this system",
  damaged: "the file is damaged: it was changed or truncated",
  wrong_key: "the file was made with another master key; use the master key of the installation that made it",
  newer: "the file was made by a newer version of this system; update first",
  invalid: "the content does not match its manifest",
  missing: "the file does not exist",
} as const;

export type ArchiveFault = keyof typeof MESSAGES;

export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
  readonly fault: ArchiveFault;

  constructor(fault: ArchiveFault, options: { detail?: string; cause?: unknown } = {}) {
    super(options.detail === undefined ? MESSAGES[fault] : `${MESSAGES[fault]}: ${options.detail}`, {
      cause: options.cause,
    });
    this.fault = fault;
  }
}
