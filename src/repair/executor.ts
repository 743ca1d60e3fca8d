/** The port that carries out operations: it reads what an operation is about, and writes. SCIM is `scimExecutor`. */

import type { Seen, SeenForWriting } from "../astro/held.ts";
import type { TeamRecord, UserRecord } from "../astro/records/record.ts";
import type { RoleWriter } from "../astro/role-writer.ts";
import type { CreateResult, Reader, WriteResult } from "../astro/writer.ts";
import type { ScimOperation } from "../drift/plan/operations/operation.ts";
import type { ProviderWays } from "./via/provider-ways.ts";

/** What an operation writes to, as it was read just now. */
export interface WriteTarget {
  /** Undefined for what is yet to be made. */
  readonly seen: (Seen & SeenForWriting) | undefined;
  /** Of an operation on members: their ids. */
  readonly memberIds: readonly string[];
  readonly signal: AbortSignal;
}

/** Reads one user or Team over IAM, right before it is deleted; undefined where there is no such id. */
export interface IamLook {
  /** @throws AppError where IAM cannot be read */
  user(id: string): Promise<UserRecord | undefined>;
  /** Of the user; undefined where there is no such id. @throws AppError where IAM cannot be read */
  teamsOf(id: string): Promise<readonly TeamRecord[] | undefined>;
  /** @throws AppError where IAM cannot be read */
  team(id: string): Promise<TeamRecord | undefined>;
}

/** Gives roles over IAM. */
export interface IamRoles {
  readonly writer: RoleWriter;
  /** For reading back what was given, which is never given up. */
  readonly readBack: IamLook;
}

export interface Executor {
  /** Undefined where there is no IAM API, or it is not to be read. */
  readonly iam?: IamLook | undefined;
  /** Undefined where there is no IAM API: no roles can be given. */
  readonly roles?: IamRoles | undefined;
  /** For the look right before a write, which may be given up at Ctrl-C. */
  readonly look: Reader;
  /** For reading back what was written, which is never given up. */
  readonly readBack: Reader;
  /** What carries out the operations that go through a provider; undefined where none was connected. */
  readonly provider?: ProviderWays | undefined;
  /** Writes once. A resource that is not there is `gone`; what a server answers is never thrown. */
  write(operation: ScimOperation, target: WriteTarget): Promise<CreateResult | WriteResult>;
}
