/** "Import Now" on the app's Import tab: everything that the target has is read, and compared with what Okta knows. */

import type { ConsoleAction } from "../../../directory/action.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { JobOutcome, Subject } from "../../run/events.ts";
import type { ImportResult } from "../../run/import-result.ts";
import type { Occasion } from "../../run/occasion.ts";
import type { Job } from "../../run/run.ts";
import { importGroups } from "./import-groups.ts";
import { readAll } from "./import-pages.ts";
import { importUsers, type RemovalLimitReached } from "./import-users.ts";
import { readAccount } from "../users/remote-account.ts";
import { failureOf, notSent } from "../requests/remote-error.ts";
import { failed, job, type RunContext } from "../run-context.ts";
import { appLabel, importFailed, importStopped } from "../requests/sentences.ts";

/** The jobs of an import; none where that is not what the administrator did. */
export function importJobs(context: RunContext, occasion: Occasion): readonly Job[] {
  if (occasion.kind !== "action" || occasion.action.kind !== "import") return [];
  const { action } = occasion;
  const users = job(context, subjectOf("users"), "import-users", () => usersJob(context, action));
  if (!(action.groups ?? context.settings.importGroups)) return [users];
  return [users, job(context, subjectOf("groups"), "import-groups", () => groupsJob(context))];
}

type ImportAction = Extract<ConsoleAction, { readonly kind: "import" }>;

function* usersJob(context: RunContext, { match, confirmsExact }: ImportAction): Conversation<JobOutcome> {
  const read = yield* readAll("/Users", context.settings.fidelity);
  if (read.kind === "remote-error") return failed(failureOf(importFailed("users"), read));
  const accounts = new Map(
    read.resources.flatMap((resource) => {
      const account = readAccount(resource, context.shapes.attributes);
      return account === undefined ? [] : [[account.scimId, account] as const];
    }),
  );
  const result = importUsers(context, [...accounts.values()], { match, confirmsExact });
  return "kind" in result ? stopped(result) : imported(result);
}

function* groupsJob(context: RunContext): Conversation<JobOutcome> {
  const read = yield* readAll("/Groups", context.settings.fidelity);
  if (read.kind === "remote-error") return failed(failureOf(importFailed("groups"), read));
  return imported(importGroups(context, read.resources));
}

function imported(result: ImportResult): JobOutcome {
  return { kind: "done", did: "imported", imported: result };
}

function stopped({ removed, of }: RemovalLimitReached): JobOutcome {
  const reason = `${removed} of ${of} users would lose the app, more than the import safeguard allows`;
  return failed(notSent(importStopped, reason));
}

function subjectOf(what: "users" | "groups"): Subject {
  return { kind: "app", objectId: `import ${what}`, key: appLabel, name: appLabel };
}
