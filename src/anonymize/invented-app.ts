/** How the app is set up, with invented names in its mappings, filters, roles and properties. */

import type { AppSettings, OktaAppSettings } from "../directory/app-settings.ts";
import type { EntraAppSettings, EntraObjectMapping } from "../directory/entra-app-settings.ts";
import { appRoleId } from "../fixture/build/object-id.ts";
import type { AttributeNames } from "./attribute-names.ts";
import { inventedExpression, inventedLiteral, inventedRegex } from "./expressions.ts";
import type { InventedTexts } from "./invented-texts.ts";
import { mapValues } from "./map-values.ts";

/** What all parts of a company are renamed with. */
export interface Inventions {
  readonly idp: AppSettings["idp"];
  readonly texts: InventedTexts;
  readonly names: AttributeNames;
  readonly seed: string;
}

/** The same settings, renamed: switches stay as they are. */
export function inventedApp(app: AppSettings, inventions: Inventions): AppSettings {
  return app.idp === "okta" ? oktaApp(app, inventions) : entraApp(app, inventions);
}

function oktaApp(app: OktaAppSettings, inventions: Inventions): OktaAppSettings {
  const { texts, names } = inventions;
  const expression = (text: string): string => inventedExpression(text, "okta", inventions);
  const mappings = Object.entries(app.mappings).map(([name, entry]) => {
    if (typeof entry === "string") return [names.target(name), expression(entry)] as const;
    const { externalName, externalNamespace, ...rest } = entry;
    const isStandard = externalNamespace !== undefined && names.urn(externalNamespace) === externalNamespace;
    return [
      names.target(name),
      {
        ...rest,
        from: expression(entry.from),
        ...(externalName === undefined
          ? {}
          : { externalName: isStandard ? externalName : names.target(externalName) }),
        ...(externalNamespace === undefined ? {} : { externalNamespace: names.urn(externalNamespace) }),
      },
    ] as const;
  });
  return {
    ...app,
    applicationUsername: expression(app.applicationUsername),
    mappings: Object.fromEntries(mappings),
    customAttributes: app.customAttributes.map(names.source),
    appProperties: mapValues(app.appProperties, names.property, (value) => texts.text(value)),
    orgProperties: mapValues(
      app.orgProperties,
      (name) => name,
      (value) => texts.text(value),
    ),
  };
}

function entraApp(app: EntraAppSettings, inventions: Inventions): EntraAppSettings {
  const { texts, names, seed } = inventions;
  return {
    ...app,
    appRoles: app.appRoles.map(({ id, value, displayName }) => ({
      id: appRoleId({ organization: seed }, id),
      value: texts.text(value),
      displayName: texts.text(displayName),
    })),
    users: objectMapping(app.users, inventions),
    groups: objectMapping(app.groups, inventions),
    ssoAttribute: names.source(app.ssoAttribute),
    defaultDomain: app.defaultDomain === "example.com" ? app.defaultDomain : texts.domain(app.defaultDomain),
  };
}

function objectMapping(object: EntraObjectMapping, inventions: Inventions): EntraObjectMapping {
  const { texts, names } = inventions;
  return {
    ...object,
    mappings: object.mappings.map((row) => ({
      ...row,
      target: names.target(row.target),
      source: sourceOf(row.source, inventions),
      ...(row.defaultIfNull === undefined
        ? {}
        : { defaultIfNull: inventedLiteral(row.defaultIfNull, texts) }),
    })),
    scopingFilters: object.scopingFilters.map(({ name, clauses }) => ({
      ...(name === undefined ? {} : { name: texts.text(name) }),
      clauses: clauses.map(({ attribute, operator, value }) => ({
        attribute: names.source(attribute),
        operator,
        ...(value === undefined
          ? {}
          : {
              value: operator.includes("REGEX") ? inventedRegex(value, texts) : inventedLiteral(value, texts),
            }),
      })),
    })),
  };
}

function sourceOf(
  source: EntraObjectMapping["mappings"][number]["source"],
  inventions: Inventions,
): EntraObjectMapping["mappings"][number]["source"] {
  const { texts, names } = inventions;
  switch (source.kind) {
    case "direct":
      return { kind: "direct", attribute: names.source(source.attribute) };
    case "constant":
      return { kind: "constant", value: inventedLiteral(source.value, texts) };
    case "expression":
      return { kind: "expression", text: inventedExpression(source.text, "entra", inventions) };
    case "none":
      return source;
  }
}
