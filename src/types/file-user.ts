/**
 * The item `FILE#<fileId>` / `USER#<userId>`, of who came when the file was spread `FILE#<fileId>#<shard>` / `USER#<userId>`: that a user
 * asked for a file.
 */
export interface FileUserRecord {
  readonly fileId: string
  readonly userId: string
  readonly requestedAt: string
  /** Set once a user who came after the download was announced as such. */
  readonly announcedAt?: string
}
