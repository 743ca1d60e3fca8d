/** The disk: the operations on files that commands use, named as Node names them. Errors are Node's, with their `code`. */

export interface Disk {
  readonly exists: (path: string) => Promise<boolean>;
  /** Follows symbolic links. */
  readonly stat: (path: string) => Promise<FileStatus>;
  /** Of a symbolic link itself. */
  readonly lstat: (path: string) => Promise<FileStatus>;
  /** Follows symbolic links. */
  readonly identify: (path: string) => Promise<FileIdentity>;
  /** Of what this process has open already. */
  readonly identifyDescriptor: (descriptor: number) => FileIdentity;
  readonly realpath: (path: string) => Promise<string>;
  readonly readlink: (path: string) => Promise<string>;
  readonly open: (path: string, how: Opening) => Promise<FileHandle>;
  /** A pipe, to read from beside everything else: a read of a file would hold a thread, and the end of the process. */
  readonly openPipe: (path: string) => PipeReader;
  /** Replaces what has the new name. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Fails where something has the new name. */
  readonly link: (from: string, to: string) => Promise<void>;
  /** `force`: also if nothing is there. */
  readonly rm: (path: string, options?: { readonly force: boolean }) => Promise<void>;
  /** Names of what is in a folder, in no order. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** With the folders above it, for its owner only; nothing happens if it is there. */
  readonly mkdir: (path: string) => Promise<void>;
}

/**
 * `read`, `write` (creates the file if it does not exist), `create` (fails if it exists): opening does not wait, neither for
 * the other end of a pipe nor for a serial line. `write-pipe`: at the pace of the pipe's reader. New files are readable by
 * their owner only.
 */
export type Opening = "read" | "write" | "write-pipe" | "create";

export interface FileStatus {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  isCharacterDevice(): boolean;
  isBlockDevice(): boolean;
  isSymbolicLink(): boolean;
  readonly size: number;
  /** When the content was changed last. */
  readonly mtimeMs: number;
}

export interface FileIdentity {
  /** The same for two names of one file. */
  readonly number: string;
  readonly isFile: boolean;
}

export interface FileHandle {
  stat(): Promise<FileStatus>;
  /** Without a position from where the last read ended; 0 bytes at the end. */
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ readonly bytesRead: number }>;
  /** Without a position where the last write ended. */
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ readonly bytesWritten: number }>;
  writeFile(text: string): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Readable by its owner only; where a system has no modes, it counts for nothing. */
  chmod(mode: 0o600): Promise<void>;
  /** Resolves once the content is on the disk itself. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface PipeReader extends AsyncIterable<Uint8Array> {
  setTimeout(silenceMs: number, onSilence: () => void): unknown;
  destroy(error: Error): unknown;
}
