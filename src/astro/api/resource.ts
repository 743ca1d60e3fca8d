/** A server's users and Teams as values of ours: strict about what is needed, lenient about all the rest. */

import { z } from "zod";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { HeldUser, TeamAsRead } from "../held.ts";
import { comparedText } from "../compared-value.ts";
import type { MappedPath } from "../mapped-path.ts";
import { teamFingerprint } from "./fingerprint.ts";
import { withUsualNames } from "./attribute-names.ts";
import { idSchema, isTextId } from "./id.ts";
import { ReadAccount } from "./read-account.ts";
import { isNestedGroup, memberId, memberSchema } from "./member.ts";
import { notScim, numericIds, type Asked } from "./judge.ts";

/** A Team as a list shows it. */
export interface ListedTeam {
  readonly scimId: string;
  readonly version: string | undefined;
  readonly displayName: string;
  /** Undefined where the server said nothing of members: none, or left out of the list. */
  readonly memberIds: ReadonlySet<string> | undefined;
  /** Those of `memberIds` that are groups. */
  readonly nestedGroupIds: ReadonlySet<string>;
}

/** An entity tag that can go into a header as it is (RFC 9110 §8.8.3); anything else is no use. */
const entityTag = /^(W\/)?"[\x21\x23-\x7e]*"$/;

const metaSchema = z
  .object({ version: z.string().regex(entityTag) })
  .optional()
  .catch(undefined);

/**
 * Entra's habit of "True" and "False" comes back from servers that store what they are sent; absent is active. What is
 * neither yes nor no is an error: read as either, it would hide an account that should have gone or one that is missing.
 */
const activeSchema = z
  .union([
    z.boolean(),
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(["true", "false", "no", "0", ""]))
      .transform((word) => word === "true"),
    z.literal([0, null]).transform(() => false),
  ])
  .optional()
  .transform((active) => active ?? true);

const identifiedSchema = z.object({ id: idSchema });

const userSchema = z.object({
  id: idSchema,
  userName: z.string().min(1),
  externalId: idSchema.optional().catch(undefined),
  active: activeSchema,
  meta: metaSchema,
});

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
  const usual = named(resource, asked);
  const { id } = usual;
  if (isTextId(id)) return id;
  requireTextId(id, asked);
  return parsed(identifiedSchema, usual, asked).id;
}

/**
 * A user, with the values at the mapped paths.
 * @throws AppError not-scim where there is no id or no userName, or an id that is a number and must not be one.
 */
export function userFrom(given: JsonValue, paths: readonly MappedPath[], asked: Asked): HeldUser {
  const resource = named(given, asked);
  requireTextId(resource["id"], asked);
  const { id, userName, externalId, active, meta } =
    plainUser(resource) ?? parsed(userSchema, resource, asked);
  const attributes = attributesFrom(resource, paths);
  const addresses = emailsIn(resource);
  return new ReadAccount({
    key: foldCase(userName),
    userName,
    scimId: id,
    externalId,
    active,
    emails: addresses.map(foldCase),
    primaryEmail: primaryEmailIn(resource, addresses),
    roles: rolesIn(resource),
    attributes,
    version: meta?.version,
  });
}

/** What `userSchema` makes of a user as RFC 7643 has it, without its cost: of a hundred thousand, all are. */
function plainUser(resource: JsonObject): z.infer<typeof userSchema> | undefined {
  const { id, userName, externalId, active, meta } = resource;
  if (!isTextId(id) || typeof userName !== "string" || userName === "" || typeof active !== "boolean")
    return undefined;
  if (externalId !== undefined && !isTextId(externalId)) return undefined;
  return { id, userName, externalId, active, meta: versioned(meta) };
}

function versioned(meta: JsonValue | undefined): z.infer<typeof metaSchema> {
  const version = isJsonObject(meta) ? meta["version"] : undefined;
  return typeof version === "string" && entityTag.test(version) ? { version } : undefined;
}

/**
 * A Team as it stands in a list or alone.
 * @throws AppError not-scim where there is no id, no displayName, or a member without an id; as `userFrom` for numbers.
 */
export function teamFrom(given: JsonValue, asked: Asked): ListedTeam {
  const resource = named(given, asked);
  const plain = plainTeam(resource);
  if (plain !== undefined) return plain;
  requireTextId(resource["id"], asked);
  for (const member of membersIn(resource)) requireTextId(member["value"], asked);
  const { id, displayName, members, meta } = parsed(teamSchema, resource, asked);
  const groups = (members ?? []).filter(isNestedGroup);
  return {
    scimId: id,
    displayName,
    version: meta?.version,
    memberIds:
      members === undefined ? undefined : new Set((members ?? []).map((one) => memberId(one, asked))),
    nestedGroupIds: new Set(groups.map((one) => memberId(one, asked))),
  };
}

/** What `teamFrom` makes of a Team as RFC 7643 has it, and of members who all have an id. */
function plainTeam(resource: JsonObject): ListedTeam | undefined {
  const { id, displayName, members, meta } = resource;
  if (!isTextId(id) || typeof displayName !== "string" || displayName === "") return undefined;
  const plain = isJsonArray(members) ? plainMembers(members) : undefined;
  return plain && { scimId: id, displayName, version: versioned(meta)?.version, ...plain };
}

function plainMembers(
  members: readonly JsonValue[],
): Pick<TeamAsRead, "memberIds" | "nestedGroupIds"> | undefined {
  const memberIds = new Set<string>();
  const nestedGroupIds = new Set<string>();
  for (const member of members) {
    if (!isJsonObject(member)) return undefined;
    const { value, $ref, type } = member;
    if (!isTextId(value) || ($ref !== undefined && typeof $ref !== "string")) return undefined;
    memberIds.add(value);
    if (isNestedGroup({ $ref, type: typeof type === "string" ? type : undefined })) nestedGroupIds.add(value);
  }
  return { memberIds, nestedGroupIds };
}

/** A Team whose members are known; without any word of them there are none. */
export function completeTeam(team: ListedTeam): TeamAsRead {
  const memberIds = team.memberIds ?? new Set();
  return {
    ...team,
    key: foldCase(team.displayName),
    memberIds,
    showsMembers: team.memberIds !== undefined,
    get fingerprint() {
      return teamFingerprint(team.displayName, memberIds);
    },
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

/** Nothing but an object is a resource; one with two values of one name is not to be relied on. */
function named(resource: JsonValue, asked: Asked): JsonObject {
  const usual = isJsonObject(resource) ? withUsualNames(resource) : undefined;
  if (usual === undefined) throw notScim(asked, "a resource that RFC 7643 does not allow");
  return usual;
}

function requireTextId(id: JsonValue | undefined, asked: Asked): void {
  if (asked.textIdsOnly === true && typeof id === "number") throw numericIds(asked);
}

function membersIn({ members }: JsonObject): readonly JsonObject[] {
  return (isJsonArray(members) ? members : [members]).flatMap((member) =>
    isJsonObject(member) ? [member] : [],
  );
}

function attributesFrom(
  resource: JsonObject,
  paths: readonly MappedPath[],
): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (const path of paths) {
    const value = comparedText(resource, path);
    if (value !== undefined) attributes[path.text] = value;
  }
  return attributes;
}

function emailsIn({ emails }: JsonObject): readonly string[] {
  return valuesOf(emails).flatMap((email) => textIn(email, "value"));
}

/** RFC 7643 §2.4: `primary` is true for one value at most; several say nothing. */
function primaryEmailIn({ emails }: JsonObject, all: readonly string[]): string | undefined {
  const [only, ...more] = all;
  if (more.length === 0 && valuesOf(emails).length === 1)
    return only === undefined ? undefined : foldCase(only);
  const marked = valuesOf(emails).filter(isPrimary);
  const addresses = marked.length === 0 ? all : marked.flatMap((email) => textIn(email, "value"));
  const [address, ...others] = new Set(addresses.map(foldCase));
  return others.length === 0 ? address : undefined;
}

function isPrimary(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const { primary } = value;
  return primary === true || (typeof primary === "string" && primary.toLowerCase() === "true");
}

/** Whatever names a role: its `value` may be an id. A user has at least one, so none says nothing of roles. */
function rolesIn({ roles }: JsonObject): readonly string[] | undefined {
  const names = valuesOf(roles).flatMap((role) => [
    ...textIn(role, "value"),
    ...textIn(role, "display"),
    ...textIn(role, "type"),
  ]);
  return names.length === 0 ? undefined : [...new Set(names)];
}

/** A multi-valued attribute, in the forms that servers give it: a list, or the one value alone. */
function valuesOf(attribute: JsonValue | undefined): readonly JsonValue[] {
  if (attribute === undefined) return [];
  return isJsonArray(attribute) ? attribute : [attribute];
}

/** The text of one value, which is a text or an object with one as that part; none for anything else. */
function textIn(value: JsonValue, part: "value" | "display" | "type"): readonly string[] {
  const text = isJsonObject(value) ? value[part] : value;
  return typeof text === "string" && text !== "" ? [text] : [];
}
