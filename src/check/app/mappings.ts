/** The attribute mappings, held against those that Astro documents (Astro docs: Set up SCIM provisioning). */

import { expressionOf } from "../../astro/okta-attributes/okta-app-attribute.ts";
import { documentedOktaSettings, type OktaAppSettings } from "../../directory/app-settings.ts";
import {
  documentedActiveExpression,
  documentedEntraSettings,
  gallerySettings,
  type EntraAppSettings,
  type EntraMapping,
  type EntraObjectMapping,
} from "../../directory/entra-app-settings.ts";
import type { NotEvaluated } from "../../directory/provider-finding.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import { plural } from "../../ground/text/plural.ts";
import { check, fail, pass, warning, type Verdict } from "../check.ts";
import { provided } from "./app-read.ts";

export const appMappings = check({
  id: "app-mappings",
  group: "app",
  title: "Attribute mappings",
  needs: ["app-read"],
  read: provided,
  judge: judgeMappings,
});

/** What keeps users or groups from being provisioned as documented, and what is only unlike the documentation. */
interface Remarks {
  readonly wrong: readonly string[];
  readonly unlike: readonly string[];
}

const advice: Readonly<Record<ProvidedDirectory["app"]["idp"], string>> = {
  okta: "Compare with the table in Astro's documentation: Provisioning > To App > Attribute Mappings in Okta; the user name is set under Sign On.",
  entra:
    "Compare with the table in Astro's documentation: Provisioning > Edit attribute mappings in Entra ID. Exactly three rows of users and two of groups remain.",
};

function judgeMappings({ app, notEvaluated = [] }: ProvidedDirectory): Verdict {
  const { wrong, unlike } =
    app.idp === "okta" ? oktaRemarks(app, notEvaluated) : entraRemarks(app, notEvaluated);
  const all = [
    ...wrong,
    ...unlike,
    ...notEvaluated.map(({ attribute, why }) => `${attribute} cannot be evaluated: ${why}`),
  ];
  if (wrong.length > 0) return fail(all.join("; "), advice[app.idp]);
  return all.length > 0 ? warning(all.join("; "), advice[app.idp]) : pass("as documented");
}

function oktaRemarks(app: OktaAppSettings, notEvaluated: readonly NotEvaluated[]): Remarks {
  const documented = documentedOktaSettings.mappings;
  const unread = new Set(notEvaluated.map(({ attribute }) => attribute));
  const missing = Object.keys(documented).filter((name) => !(name in app.mappings) && !unread.has(name));
  const other = Object.entries(documented).flatMap(([name, expected]) => {
    const entry = app.mappings[name];
    if (entry === undefined || expressionOf(entry) === expressionOf(expected)) return [];
    return [`${name} is ${expressionOf(entry)} in place of ${expressionOf(expected)}`];
  });
  const extra = Object.keys(app.mappings).filter((name) => !(name in documented));
  const { email = "user.email" } = app.mappings;
  return {
    wrong: app.integration === "manual" ? missing.map((name) => `${name} is not mapped`) : [],
    unlike: [
      ...other,
      ...(app.applicationUsername === expressionOf(email)
        ? []
        : [`the user name is ${app.applicationUsername}, and the e-mail address ${expressionOf(email)}`]),
      ...(extra.length === 0 ? [] : [`${extra.join(", ")} beyond the documented ones`]),
    ],
  };
}

function entraRemarks(app: EntraAppSettings, notEvaluated: readonly NotEvaluated[]): Remarks {
  const documented = app.integration === "gallery" ? gallerySettings : documentedEntraSettings;
  const unread = new Set(notEvaluated.map(({ attribute }) => attribute));
  const users = rowsUnlike(app.users, documented.users, unread);
  const groups = app.groups.enabled
    ? rowsUnlike(app.groups, documented.groups, unread)
    : { missing: [], extra: [], other: [] };
  const active = app.users.mappings.find(({ target }) => target === "active");
  const isActiveWrong = active !== undefined && rowText(active) !== documentedActiveExpression;
  return {
    wrong: [
      ...users.missing.map((target) => `${target} of users is not mapped`),
      ...groups.missing.map((target) => `${target} of groups is not mapped`),
      ...(isActiveWrong ? [`active is ${rowText(active)} in place of ${documentedActiveExpression}`] : []),
      ...notMatched(app.users, "userName").map((name) => `users are not matched by ${name}`),
      ...(app.groups.enabled ? notMatched(app.groups, "displayName") : []).map(
        (name) => `groups are not matched by ${name}`,
      ),
    ],
    unlike: [
      ...[...users.other, ...groups.other].filter((text) => !text.startsWith("active ")),
      ...[...users.extra, ...groups.extra].map((target) => `${target} beyond the documented ones`),
      ...filtered(app.users, "users"),
      ...(app.groups.enabled ? filtered(app.groups, "groups") : []),
    ],
  };
}

/** The name, where it is mapped and the provider looks objects up by something else. */
function notMatched({ mappings }: EntraObjectMapping, name: string): readonly string[] {
  const row = mappings.find(({ target }) => target === name);
  return row !== undefined && row.matching === undefined ? [name] : [];
}

function filtered({ scopingFilters }: EntraObjectMapping, of: "users" | "groups"): readonly string[] {
  const count = scopingFilters.length;
  return count === 0
    ? []
    : [`${plural(count, "scoping filter")} of ${of}, which keeps those outside it away`];
}

interface Unlike {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly other: readonly string[];
}

function rowsUnlike(
  { mappings }: EntraObjectMapping,
  { mappings: documented }: EntraObjectMapping,
  unread: ReadonlySet<string>,
): Unlike {
  const byTarget = new Map(mappings.map((mapping) => [mapping.target, mapping]));
  const expected = new Set(documented.map(({ target }) => target));
  return {
    missing: [...expected].filter((target) => !byTarget.has(target) && !unread.has(target)),
    extra: mappings.map(({ target }) => target).filter((target) => !expected.has(target)),
    other: documented.flatMap((row) => {
      const mapping = byTarget.get(row.target);
      if (mapping === undefined || rowText(mapping) === rowText(row)) return [];
      return [`${row.target} is ${rowText(mapping)} in place of ${rowText(row)}`];
    }),
  };
}

/** Its source, and what limits when that is sent. */
function rowText(row: EntraMapping): string {
  return [
    sourceText(row),
    ...(row.defaultIfNull === undefined ? [] : [`default ${JSON.stringify(row.defaultIfNull)}`]),
    ...(row.applies === "always" ? [] : ["only when the account is created"]),
  ].join(", ");
}

function sourceText({ source }: EntraMapping): string {
  switch (source.kind) {
    case "direct":
      return source.attribute;
    case "constant":
      return JSON.stringify(source.value);
    case "expression":
      return source.text.trim();
    case "none":
      return "nothing";
  }
}
