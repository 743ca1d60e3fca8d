/** An account as it was read. */

import type { HeldUser } from "../held.ts";
import { userFingerprint } from "./fingerprint.ts";

/**
 * A class, and not an object with a getter: of a hundred thousand accounts each such object would have a hash table of its own.
 * A copy by spreading has no fingerprint.
 */
export class ReadAccount implements HeldUser {
  readonly key: HeldUser["key"];
  readonly userName: string;
  readonly scimId: string;
  readonly externalId: string | undefined;
  readonly active: boolean;
  readonly emails: readonly string[];
  readonly primaryEmail: string | undefined;
  readonly roles: readonly string[] | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly version: string | undefined;

  constructor(account: Omit<HeldUser, "fingerprint">) {
    this.key = account.key;
    this.userName = account.userName;
    this.scimId = account.scimId;
    this.externalId = account.externalId;
    this.active = account.active;
    this.emails = account.emails;
    this.primaryEmail = account.primaryEmail;
    this.roles = account.roles;
    this.attributes = account.attributes;
    this.version = account.version;
  }

  /** Made when it is asked for: of thousands of accounts that are read, a plan names a few. */
  get fingerprint(): string {
    return userFingerprint(this);
  }
}
