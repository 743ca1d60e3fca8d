/** Operations of a plan as rows: one each in the order in which they are carried out, or one for many of a kind. */

import { isDeletion, membersNamed, type Operation } from "../../drift/plan/operations/operation.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { countedByKind, namesOf } from "../layout/counted.ts";
import type { Row, RowSign } from "../layout/rows.ts";
import type { Style } from "../style.ts";

export function operationRows(operations: readonly Operation[], style: Pick<Style, "all">): readonly Row[] {
  return countedByKind(operations, ({ kind }) => kind, style).map((shown): Row => {
    if (shown.kind === "one")
      return { sign: signOf(shown.item), name: "", text: printable(operationText(shown.item)) };
    const [first] = shown.items;
    const names = namesOf(shown.items.map(({ subject }) => subject.name));
    return {
      sign: first === undefined ? "~" : signOf(first),
      name: "",
      text: first === undefined ? "" : operationsInWords(first.kind, counted(shown.items)),
      details: [{ label: "", text: names }],
    };
  });
}

/** What is done and, where there was a choice, why it goes over SCIM; what goes through the provider says so itself. */
export function operationText({ summary, overScim }: Operation): string {
  return overScim === undefined ? summary : `${summary} (over SCIM: ${overScim})`;
}

/** Whatever deletes has the sign of a deletion. */
function signOf(operation: Operation): RowSign {
  return isDeletion(operation) ? "-" : signs[operation.kind];
}

const signs: Readonly<Record<Operation["kind"], "+" | "~" | "-">> = {
  "create-user": "+",
  "activate-user": "~",
  "update-user": "~",
  "rename-user": "~",
  "create-team": "+",
  "rename-team": "~",
  "add-members": "+",
  "restore-user-roles": "+",
  "restore-team-roles": "+",
  "remove-members": "~",
  "deactivate-user": "-",
  "delete-team": "-",
  "delete-user": "-",
  "assign-user": "+",
  "reassign-user": "~",
  "renew-assignment": "-",
  "provision-user": "~",
  "push-group": "~",
  "renew-push-mapping": "~",
  "provision-group": "~",
};

export interface CountedOperations {
  readonly count: number;
  /** Of a change of members. */
  readonly members?: number;
  /** Others were shown one by one. */
  readonly isRest?: boolean;
}

/** `add 5,120 members to 30 Teams`. */
export function operationsInWords(
  kind: Operation["kind"],
  { count, members, isRest = false }: CountedOperations,
): string {
  const more = isRest ? "more " : "";
  const noun = isOfTeam(kind) ? "Team" : "account";
  return templates[kind]
    .replace("{users}", plural(count, `${more}user`))
    .replace("{all}", plural(count, more + noun))
    .replace("{members}", members === undefined ? "members" : plural(members, "member"))
    .replace("{their}", count === 1 ? "its" : "their");
}

const templates: Readonly<Record<Operation["kind"], string>> = {
  "create-user": "create {all}",
  "activate-user": "activate {all}",
  "update-user": "set attributes of {all}",
  "rename-user": "rename {all}",
  "create-team": "create {all}",
  "rename-team": "rename {all}",
  "add-members": "add {members} to {all}",
  "restore-user-roles": "give {all} {their} roles back",
  "restore-team-roles": "give {all} {their} roles back",
  "deactivate-user": "deactivate {all}",
  "remove-members": "remove {members} from {all}",
  "delete-team": "delete {all} with {their} roles",
  "delete-user": "delete {all}",
  "assign-user": "assign {users} in the provider",
  "reassign-user": "remove {users} from the app in the provider and assign them again",
  "renew-assignment":
    "remove {users} from the app in the provider, which is linked to {their} accounts, and assign them again",
  "provision-user": "provision {users} on demand",
  "push-group": "push {all} now",
  "renew-push-mapping": "make the push mapping of {all} again",
  "provision-group": "provision {all} on demand",
};

function isOfTeam(kind: Operation["kind"]): boolean {
  return kind === "restore-team-roles" || /-(?:team|members|group|mapping)$/.test(kind);
}

/** How many there are, and how many memberships they change. */
export function counted(operations: readonly Operation[]): CountedOperations {
  const members = operations.reduce(
    (sum, operation) =>
      sum +
      membersNamed(operation).length +
      ("unknownMembers" in operation ? operation.unknownMembers.length : 0),
    0,
  );
  return { count: operations.length, members };
}
