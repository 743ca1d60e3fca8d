/** What was asked for by name: the person said so, and no budget counts it. */

import { foldCase } from "../../ground/fold-case.ts";
import { nameGiven, type Operation, type OperationMember } from "./operation.ts";
import { isNamed, namesOf, type Selection } from "./selection.ts";

/** Marks an operation, and its members, where the selection names them. */
export function markNamed(operation: Operation, selection: Selection): Operation {
  const marked = isNamedSubject(operation, selection) ? { ...operation, named: true as const } : operation;
  if (!("members" in marked)) return marked;
  const users = namesOf(selection.users);
  const members = marked.members.map((member): OperationMember =>
    isNamed(users, withId(member)) ? { ...member, named: true } : member,
  );
  return { ...marked, members };
}

/** By its name in Astro, by the one that it is given, or by its id. */
function isNamedSubject(operation: Operation, selection: Selection): boolean {
  const { subject } = operation;
  const names = namesOf(subject.kind === "user" ? selection.users : selection.teams);
  const given = nameGiven(operation);
  if (isNamed(names, withId(subject))) return true;
  return given !== undefined && names.some((name) => foldCase(name) === foldCase(given));
}

function withId({ key, scimId }: { readonly key: string; readonly scimId: string | null }): {
  readonly key: string;
  readonly scimId: string | undefined;
} {
  return { key, scimId: scimId ?? undefined };
}
