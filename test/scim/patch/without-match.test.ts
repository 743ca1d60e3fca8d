/** A path whose filter matches no value, read leniently and as RFC 7644 §3.5.2.3 and table 9 have it. */

import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/ground/json.ts";
import { resolveBehaviour } from "../../../src/astro/behaviour/resolve.ts";
import { lenient, type Leniency } from "../../../src/scim/leniency.ts";
import { applyEdits } from "../../../src/scim/patch/apply.ts";
import { parsePatch } from "../../../src/scim/patch/parse.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import { patchOpUrn, userSchemaUrn } from "../../../src/scim/urn.ts";

const strict = resolveBehaviour({ strict: true });

const home = { value: "ada@home.example", type: "home" };
const withHome: JsonObject = { schemas: [userSchemaUrn], userName: "ada", emails: [home] };
const without: JsonObject = { schemas: [userSchemaUrn], userName: "ada" };

/** The e-mail addresses afterwards, or why it fails. */
function emails(user: JsonObject, operation: object, leniency: Leniency): JsonValue | undefined {
  const edits = parsePatch(userResourceType, { schemas: [patchOpUrn], Operations: [operation] }, leniency);
  try {
    return applyEdits(userResourceType, user, edits).resource["emails"];
  } catch (error) {
    return (error as { scimType: string }).scimType;
  }
}

const work = 'emails[type eq "work"]';
const made = [home, { type: "work", value: "ada@work.example" }];

describe("no value matches", () => {
  test.each<readonly [rule: string, operation: object, lenient: JsonValue, strict: JsonValue]>([
    ["add", { op: "add", path: `${work}.value`, value: "ada@work.example" }, made, made],
    ["replace", { op: "replace", path: `${work}.value`, value: "ada@work.example" }, made, "noTarget"],
    ["replace by nothing", { op: "replace", path: `${work}.value`, value: null }, [home], "noTarget"],
    ["replace a whole value by nothing", { op: "replace", path: work, value: null }, [home], "noTarget"],
    ["remove", { op: "remove", path: work }, [home], "noTarget"],
    ["remove a part", { op: "remove", path: `${work}.display` }, [home], "noTarget"],
    [
      "a filter that describes no value: nothing can be made of it",
      { op: "add", path: 'emails[value co "work"].display', value: "x" },
      "noTarget",
      "noTarget",
    ],
  ])("%s", (_rule, operation, leniently, strictly) => {
    expect(emails(withHome, operation, lenient)).toEqual(leniently);
    expect(emails(withHome, operation, strict)).toEqual(strictly);
  });
});

describe("without a filter there is nothing to match: replace adds (RFC 7644 §3.5.2.3), remove is none", () => {
  test.each<readonly [rule: string, operation: object, emails: JsonValue | undefined]>([
    ["the attribute", { op: "replace", path: "emails", value: [home] }, [home]],
    ["a part of it", { op: "replace", path: "emails.value", value: "a@x.io" }, [{ value: "a@x.io" }]],
    ["remove the attribute", { op: "remove", path: "emails" }, undefined],
    ["remove a part of it", { op: "remove", path: "emails.display" }, undefined],
  ])("%s", (_rule, operation, expected) => {
    expect(emails(without, operation, lenient)).toEqual(expected);
    expect(emails(without, operation, strict)).toEqual(expected);
  });
});
