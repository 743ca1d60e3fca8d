/** A server's users and Teams as values of ours: strict about what is needed, lenient about all the rest. */

import { z } from "zod";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";
import { foldCase } from "../../scim/fold-case.ts";
import type { HeldUser, TeamAsRead } from "../held.ts";
import { readMappedValue, type MappedPath } from "../mapped-path.ts";
import { teamFingerprint, userFingerprint } from "./fingerprint.ts";
import { notScim, type Asked } from "./judge.ts";

/** A Team as a list shows it. */
export interface ListedTeam {
  readonly scimId: string;
  readonly version: string | undefined;
  readonly displayName: string;
  /** Undefined where the server said nothing of members: none, or left out of the list. */
  readonly memberIds: ReadonlySet<string> | undefined;
}

/** RFC 7643 §3.1 has a string; some servers answer their database's number. */
const idSchema = z.union([z.string().min(1), z.number().transform(String)]);

/** An entity tag that can go into a header as it is (RFC 9110 §8.8.3); anything else is no use. */
const metaSchema = z
  .object({ version: z.string().regex(/^(W\/)?"[\x21\x23-\x7e]*"$/) })
  .optional()
  .catch(undefined);

/** Entra's habit of "True" and "False" comes back from servers that store what they are sent; absent is active. */
const activeSchema = z
  .union([z.boolean(), z.string().transform((text) => text.toLowerCase() !== "false")])
  .catch(true);

const identifiedSchema = z.object({ id: idSchema });

const userSchema = z.object({
  id: idSchema,
  userName: z.string().min(1),
  externalId: idSchema.optional().catch(undefined),
  active: activeSchema,
  meta: metaSchema,
});

const memberSchema = z.object({ value: idSchema.optional(), $ref: z.string().optional() });

const teamSchema = z.object({
  id: idSchema,
  displayName: z.string().min(1),
  members: z
    .union([z.array(memberSchema), memberSchema.transform((member) => [member]), z.null()])
    .optional(),
  meta: metaSchema,
});

/**
 * The id of a resource.
 * @throws AppError not-scim where it has none.
 */
export function resourceId(resource: JsonObject, asked: Asked): string {
  return parsed(identifiedSchema, resource, asked).id;
}

/**
 * A user, with the values at the mapped paths.
 * @throws AppError not-scim where there is no id or no userName.
 */
export function userFrom(resource: JsonValue, paths: readonly MappedPath[], asked: Asked): HeldUser {
  const { id, userName, externalId, active, meta } = parsed(userSchema, resource, asked);
  const attributes = attributesFrom(resource, paths);
  return {
    key: foldCase(userName),
    userName,
    scimId: id,
    externalId,
    active,
    attributes,
    version: meta?.version,
    fingerprint: userFingerprint({ userName, externalId, active, attributes }),
  };
}

/**
 * A Team as it stands in a list or alone.
 * @throws AppError not-scim where there is no id, no displayName, or a member without an id.
 */
export function teamFrom(resource: JsonValue, asked: Asked): ListedTeam {
  const { id, displayName, members, meta } = parsed(teamSchema, resource, asked);
  return {
    scimId: id,
    displayName,
    version: meta?.version,
    memberIds:
      members === undefined ? undefined : new Set((members ?? []).map((one) => memberId(one, asked))),
  };
}

/** A Team whose members are known; without any word of them there are none. */
export function completeTeam(team: ListedTeam): TeamAsRead {
  const memberIds = team.memberIds ?? new Set();
  return {
    ...team,
    key: foldCase(team.displayName),
    memberIds,
    fingerprint: teamFingerprint(team.displayName, memberIds),
  };
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  resource: JsonValue,
  asked: Asked,
): z.infer<Schema> {
  const result = schema.safeParse(resource);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` (at ${issue.path.join(".")})`;
  throw notScim(asked, `a resource that RFC 7643 does not allow${where}`);
}

function attributesFrom(resource: JsonValue, paths: readonly MappedPath[]): Readonly<Record<string, string>> {
  if (!isJsonObject(resource)) return {};
  return Object.fromEntries(
    paths.flatMap((path): [string, string][] => {
      const value = readMappedValue(resource, path);
      return value === undefined ? [] : [[path.text, value]];
    }),
  );
}

/** `value`, or the end of `$ref` where a server gives only that. */
function memberId(member: z.infer<typeof memberSchema>, asked: Asked): string {
  const id = member.value ?? member.$ref?.slice(member.$ref.lastIndexOf("/") + 1);
  if (id === undefined || id === "") throw notScim(asked, "a member without an id");
  return id;
}
