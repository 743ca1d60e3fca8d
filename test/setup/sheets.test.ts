/** The sheets: what is entered by them is what the simulated providers and the documentation go by. */

import { describe, expect, test } from "vitest";
import { documentedOktaSettings, type OktaAppSettings } from "../../src/directory/app-settings.ts";
import {
  documentedEntraSettings,
  gallerySettings,
  type EntraAppSettings,
  type EntraMapping,
} from "../../src/directory/entra-app-settings.ts";
import { documentedAnswers, setupIntegrations, type SetupAnswers } from "../../src/setup/answers.ts";
import { sheetFor } from "../../src/setup/sheet-for.ts";
import type { MappingLine, Sheet } from "../../src/setup/sheet.ts";

const scimUrl = "https://api.astronomer.io/scim/v2/cknaqyipv05731evsry6cj4n0";

function answers(idp: SetupAnswers["idp"], more: Partial<SetupAnswers> = {}): SetupAnswers {
  const usual = documentedAnswers[idp];
  return {
    idp,
    ...usual,
    ssoAttribute: usual.mailAttribute,
    scimUrl,
    organizationId: "cknaqyipv05731evsry6cj4n0",
    ...more,
  };
}

const every = (["okta", "entra"] as const).flatMap((idp) =>
  setupIntegrations.flatMap((integration) =>
    [true, false].map((usersOnly) => answers(idp, { integration, usersOnly })),
  ),
);

describe.each(every)("the sheet for $idp, $integration, users only: $usersOnly", (given) => {
  const sheet = sheetFor(given);
  const lines = sheet.sections.flatMap((section) => section.lines);

  test("names each line once", () => {
    const ids = lines.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has the URL, and never a token", () => {
    const text = JSON.stringify(sheet);
    expect(text).toContain(
      given.integration === "catalog" && given.idp === "okta" ? "cknaqyipv05731evsry6cj4n0" : scimUrl,
    );
    expect(lines.filter(({ kind }) => kind === "secret").map(({ id }) => id)).toEqual(["token"]);
  });

  test("speaks of groups only where there are Teams", () => {
    const isMapped = lines.some((line) => line.kind === "mapping" && line.of === "groups");
    const isPushed = lines.some(({ id }) => id === "push");
    expect(isMapped || isPushed).toBe(!given.usersOnly);
  });
});

describe("what is entered by the sheet is what is simulated", () => {
  test("for an Okta app of one's own", () => {
    const sheet = sheetFor(answers("okta"));
    const entered: Partial<OktaAppSettings> = {
      integration: "manual",
      applicationUsername: String(settingOf(sheet, "username-format")),
      createUsers: isTicked(sheet, "create-users"),
      updateUserAttributes: isTicked(sheet, "update-user-attributes"),
      deactivateUsers: isTicked(sheet, "deactivate-users"),
      importGroups: isTicked(sheet, "import-groups"),
      mappings: Object.fromEntries(mappingsOf(sheet, "users").map(({ target, source }) => [target, source])),
    };
    expect({ ...documentedOktaSettings, ...entered }).toEqual(documentedOktaSettings);
  });

  test.each([
    ["manual", documentedEntraSettings],
    ["catalog", gallerySettings],
  ] as const)("for an Entra app, %s", (integration, documented) => {
    const sheet = sheetFor(answers("entra", { integration }));
    const object = (of: "users" | "groups"): EntraAppSettings["users"] => ({
      enabled: settingOf(sheet, `${of}-enabled`) === true,
      actions: {
        create: isTicked(sheet, `${of}-create`),
        update: isTicked(sheet, `${of}-update`),
        delete: isTicked(sheet, `${of}-delete`),
      },
      scopingFilters: [],
      mappings: mappingsOf(sheet, of).map(entraMapping),
    });
    const inOrder = (one: EntraAppSettings["users"]): object => ({
      ...one,
      mappings: one.mappings.toSorted((left, right) => left.target.localeCompare(right.target)),
    });
    expect(inOrder(object("users"))).toEqual(inOrder(documented.users));
    expect(inOrder(object("groups"))).toEqual(inOrder(documented.groups));
    expect(String(settingOf(sheet, "tenant-url")).endsWith("?aadOptscim062020")).toBe(documented.flag);
  });
});

function lineOf(sheet: Sheet, id: string): Sheet["sections"][number]["lines"][number] {
  const line = sheet.sections.flatMap(({ lines }) => lines).find((one) => one.id === id);
  if (line === undefined) throw new Error(`no line ${id}`);
  return line;
}

function isTicked(sheet: Sheet, id: string): boolean {
  const line = lineOf(sheet, id);
  return line.kind === "tick" && line.isTicked;
}

function settingOf(sheet: Sheet, id: string): unknown {
  const line = lineOf(sheet, id);
  return "setting" in line ? line.setting?.value : undefined;
}

function mappingsOf(sheet: Sheet, of: "users" | "groups"): readonly MappingLine[] {
  return sheet.sections
    .flatMap(({ lines }) => lines)
    .filter((line) => line.kind === "mapping")
    .filter((line) => line.of === of);
}

function entraMapping({ target, source, isMatching }: MappingLine): EntraMapping {
  return {
    target,
    source: /^\w+$/.test(source)
      ? { kind: "direct", attribute: source }
      : { kind: "expression", text: source },
    applies: "always",
    ...(isMatching ? { matching: 1 } : {}),
  };
}
