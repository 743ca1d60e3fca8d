/** A user or group of the directory as an object that Entra exports. */

import type { DirectoryGroup, DirectoryUser } from "../../../directory/directory.ts";
import { appRoleAssignments } from "../../../directory/app-role.ts";
import type { Failure } from "../../run/failure.ts";
import { ExpressionError, SingleValueError } from "../expression/expression-error.ts";
import type { CycleContext } from "../cycle/cycle-context.ts";
import type { SourceObject } from "../jobs/export-object.ts";
import {
  mapObject,
  matchingAttributes,
  sourceValues,
  type Evaluation,
  type MappedAttribute,
  type Mapping,
} from "./mapping.ts";
import type { Seen } from "../memory.ts";
import { ownFailure } from "../requests/answers.ts";
import { newGroupBody, newUserBody } from "../jobs/operations.ts";
import type { StandingKind } from "./scope.ts";
import { readerOfGroup, readerOfUser, type AttributeReader } from "./source-attributes.ts";

/** An object that cannot be exported, and why, in the words of the provisioning logs. */
export interface NotMappable {
  readonly kind: "not-mappable";
  readonly why: string;
  /** Where that is a failure, which goes into escrow, and no skipping. */
  readonly failure?: Failure;
}

/** The user as the target is to have it; `standing` decides on IsSoftDeleted. */
export function sourceUser(
  context: CycleContext,
  user: DirectoryUser,
  standing: StandingKind,
): SourceObject | NotMappable {
  const { users } = context.mappings;
  const read = readerOfUser(user, standing !== "in-scope");
  const object = sourceObject(context, users, { read, objectId: user.objectId });
  if ("kind" in object) return object;
  return { ...object, endpoint: "/Users", newBody: (attributes) => newUserBody(attributes, context.shapes) };
}

export function sourceGroup(context: CycleContext, group: DirectoryGroup): SourceObject | NotMappable {
  const { groups } = context.mappings;
  const object = sourceObject(context, groups, { read: readerOfGroup(group), objectId: group.objectId });
  if ("kind" in object) return object;
  return {
    ...object,
    endpoint: "/Groups",
    newBody: (attributes) => newGroupBody(attributes, context.shapes),
  };
}

/** What the cycle sees of a user. */
export function seenUser({ mappings }: CycleContext, user: DirectoryUser, standing: StandingKind): Seen {
  return { standing, values: sourceValues(mappings.users, readerOfUser(user, standing !== "in-scope")) };
}

/** What the cycle sees of a group, its members apart. */
export function seenGroup({ mappings }: CycleContext, group: DirectoryGroup, standing: StandingKind): Seen {
  return { standing, values: sourceValues(mappings.groups, readerOfGroup(group)) };
}

export function isSameSeen(one: Seen | undefined, other: Seen): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

interface Source {
  readonly read: AttributeReader;
  readonly objectId: string;
}

function sourceObject(
  context: CycleContext,
  mapping: Mapping,
  { read, objectId }: Source,
): Pick<SourceObject, "matching" | "attributes" | "attributesAtCreation"> | NotMappable {
  const evaluation: Evaluation = {
    read,
    world: context.world,
    creating: false,
    fillsEmpty: context.shapes.fidelity.entraNoneDefault === "empty",
    unchanged: unchangedSince(context, objectId, read),
  };
  const creation: Evaluation = { read, world: context.world, creating: true };
  try {
    return {
      matching: matchingAttributes(mapping, creation),
      attributes: sentIn(context, mapObject(mapping, evaluation)),
      attributesAtCreation: sentIn(context, mapObject(mapping, creation)),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    if (error instanceof SingleValueError) {
      return { ...notMappable(error.message), failure: ownFailure(error.code, error.message) };
    }
    return notMappable(`EntrySynchronizationSkipped: ${error.message}`);
  }
}

/** Provisioning on demand knows no roles (Microsoft: On-demand provisioning, known limitations). */
function sentIn({ mode }: CycleContext, attributes: readonly MappedAttribute[]): readonly MappedAttribute[] {
  return mode === "cycle" ? attributes : attributes.filter((attribute) => !isOfRoles(attribute));
}

function isOfRoles({ target, row }: MappedAttribute): boolean {
  return target.type === "objects" || row.sources.includes(appRoleAssignments);
}

/** The trap of Switch: it is null where its source did not change since the last cycle (Microsoft: Switch). */
function unchangedSince(
  { ledger, shapes, isInitial }: CycleContext,
  objectId: string,
  read: AttributeReader,
): Evaluation["unchanged"] {
  const seen = ledger.seen(objectId);
  if (shapes.fidelity.entraSwitchNull === "off" || isInitial || seen === undefined) return undefined;
  return (name) => JSON.stringify(seen.values[name] ?? null) === JSON.stringify(read(name));
}

/**
 * An object without a link, which must have something to match it by. Inferred: one matching attribute with a value is
 * enough; and a linked user is known by the id, so that a leaver who loses the mail first is still disabled.
 */
export function matchable(object: SourceObject | NotMappable, mapping: Mapping): SourceObject | NotMappable {
  if ("kind" in object || object.matching.length > 0) return object;
  const sources = mapping.matching.flatMap((row) => row.sources);
  return notMappable(`ImportSkipped: the matching attribute has no value (${sources.join(", ")})`);
}

function notMappable(why: string): NotMappable {
  return { kind: "not-mappable", why };
}
