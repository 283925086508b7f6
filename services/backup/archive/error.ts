/** Why an archive cannot be used, in words for whoever holds it. */

const WORDS = {
  not_an_archive: "the file is not a backup of this system",
  damaged: "the file is damaged: it was changed, or cut short",
  wrong_key: "the file was made with another master key; give the master key of the installation that made it",
  newer: "the file was made by a newer version of this system; update first",
  invalid: "what is inside does not agree with its manifest",
  missing: "the file is not there",
} as const;

export type ArchiveFault = keyof typeof WORDS;

export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
  readonly fault: ArchiveFault;

  constructor(fault: ArchiveFault, options: { detail?: string; cause?: unknown } = {}) {
    super(options.detail === undefined ? WORDS[fault] : `${WORDS[fault]}: ${options.detail}`, { cause: options.cause });
    this.fault = fault;
  }
}
