/** "External name" and "External namespace" of an app attribute, as Okta's console writes them, as the path of a SCIM attribute. */

import { AppError } from "../../ground/errors.ts";
import { isNearly } from "../../ground/text/nearest-name.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { enterpriseUserSchemaUrn, userSchemaUrn } from "../../scim/urn.ts";
import { parseMappedPath, type MappedPath } from "../mapped-path.ts";
import { isServersOwn, isWholeList, targetAttribute } from "../target-attribute.ts";

/**
 * The place of an attribute. `name` is what messages call it.
 * @throws AppError invalid-file for a namespace that is not a URN or nearly one of the known ones, for a name in another form
 * than `title`, `name.middleName` and `roles.^[primary==true].value`, and for what a SCIM user does not have
 */
export function externalPath(name: string, externalName: string, externalNamespace: string): MappedPath {
  const namespace = knownNamespace(name, externalNamespace);
  const attribute = attributePath(name, externalName);
  if (reserved.has(attribute.split(/[.[]/, 1)[0] ?? "")) {
    throw new AppError(
      "invalid-file",
      `The attribute ${name} cannot be sent as ${attribute}: that belongs to the account itself.`,
      {
        hint: "The userName comes from applicationUsername; active, id and groups are not attributes of the app.",
      },
    );
  }
  if (namespace === userSchemaUrn) return ofSchema(name, attribute);
  const path = `${namespace}:${attribute}`;
  return namespace === enterpriseUserSchemaUrn ? ofSchema(name, path) : parseMappedPath(path);
}

/** What no attribute of the app can be, whatever its namespace. */
const reserved: ReadonlySet<string> = new Set([
  "id",
  "schemas",
  "meta",
  "userName",
  "externalId",
  "password",
  "active",
  "groups",
]);

/** An attribute of a schema that Astro has, in the schema's spelling. */
function ofSchema(name: string, path: string): MappedPath {
  if (isWholeList(path) || isServersOwn(path)) return parseMappedPath(path);
  const { path: place, type } = targetAttribute(path, userResourceType);
  if (type !== "reference") return place;
  throw new AppError(
    "invalid-file",
    `The attribute ${name} cannot be sent as ${place.attribute}, which has parts.`,
    {
      hint: `Name one of them: externalName: ${place.attribute}.value.`,
    },
  );
}

/** The URNs of two schemas differ in more letters. */
const mostSlips = 4;

const urn = /^urn:[a-z0-9][a-z0-9-]{0,31}:[^\s]+$/i;

function knownNamespace(name: string, namespace: string): string {
  const known = [userSchemaUrn, enterpriseUserSchemaUrn];
  const same = known.find((one) => one.toLowerCase() === namespace.toLowerCase());
  if (same !== undefined) return same;
  const nearest = known.find((one) => isNearly(namespace, one, mostSlips));
  const isOfCore = /^urn:ietf:params:scim:(?:schemas:core|api):/i.test(namespace);
  if (urn.test(namespace) && nearest === undefined && !isOfCore) return namespace;
  throw new AppError(
    "invalid-file",
    `The external namespace of ${name} is not a schema of a user: ${namespace}.`,
    {
      hint:
        nearest === undefined
          ? `Write ${userSchemaUrn}, ${enterpriseUserSchemaUrn}, or the URN of a schema of your own: urn:ietf:params:scim:schemas:extension:…:2.0:User.`
          : `Did you mean ${nearest}?`,
    },
  );
}

const attributeName = "[A-Za-z$][A-Za-z0-9_$-]*";
const plain = new RegExp(`^${attributeName}(?:\\.${attributeName})?$`);
const selecting = new RegExp(
  `^(${attributeName})\\.\\^\\[\\s*(${attributeName})\\s*==\\s*(true|false|'[^'"\\\\]*'|"[^'"\\\\]*")\\s*\\]\\.(${attributeName})$`,
);

/** `roles.^[type=='base'].value` as `roles[type eq "base"].value`. */
function attributePath(name: string, externalName: string): string {
  if (plain.test(externalName)) return externalName;
  const [, attribute, selector, value = "", part] = selecting.exec(externalName) ?? [];
  if (attribute === undefined) {
    throw new AppError("invalid-file", `The external name of ${name} cannot be read: ${externalName}`, {
      hint: externalName.startsWith("urn:")
        ? "Write the name of the attribute alone; its URN is the externalNamespace."
        : "Write an attribute (title), a part of one (name.middleName), or a part of one of several values (roles.^[primary==true].value, emails.^[type=='home'].value).",
    });
  }
  const wanted = /^['"]/.test(value) ? JSON.stringify(value.slice(1, -1)) : value;
  return `${attribute}[${selector} eq ${wanted}].${part}`;
}
