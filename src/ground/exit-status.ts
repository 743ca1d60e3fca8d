/** Exit statuses of every command, and which error ends with which: the one table. */

import type { AppErrorCode } from "./errors.ts";

export const exitStatus = {
  ok: 0,
  failed: 1,
  differencesFound: 2,
  couldNotTell: 3,
  credentialsRefused: 4,
  refused: 5,
  usage: 64,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

export const exitStatusOfError: Readonly<Record<AppErrorCode, ExitStatus>> = {
  usage: exitStatus.usage,
  "invalid-file": exitStatus.usage,
  unreachable: exitStatus.couldNotTell,
  "not-scim": exitStatus.couldNotTell,
  "not-astro": exitStatus.couldNotTell,
  "source-incomplete": exitStatus.couldNotTell,
  "permission-missing": exitStatus.couldNotTell,
  unauthorized: exitStatus.credentialsRefused,
  refused: exitStatus.refused,
  "stale-plan": exitStatus.refused,
  "not-found": exitStatus.failed,
  failed: exitStatus.failed,
  declined: exitStatus.failed,
  interrupted: exitStatus.interrupted,
};
