/** Attributes for which no file has a column: nothing is known of them, so they are not compared. */

import { documentedAttributes, isAttributeName } from "../../astro/attributes.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { NotEvaluated } from "../../directory/provider-finding.ts";

export interface KnownAttributes {
  readonly app: AppSettings;
  readonly notEvaluated: readonly NotEvaluated[];
}

/** The settings without the mappings of attributes that are no key of any user. `file`: what has no such column. */
export function withKnownAttributes(
  app: AppSettings,
  keys: ReadonlySet<string>,
  file: string,
): KnownAttributes {
  return app.idp === "okta" ? oktaAttributes(app, keys, file) : entraAttributes(app, keys, file);
}

function oktaAttributes(
  app: Extract<AppSettings, { readonly idp: "okta" }>,
  keys: ReadonlySet<string>,
  file: string,
): KnownAttributes {
  const notEvaluated: NotEvaluated[] = [];
  const mappings = Object.entries(app.mappings).filter(([name, expression]) => {
    if (!isAttributeName(name)) return true;
    const { path, okta } = documentedAttributes[name];
    if (keys.has(okta.source)) return true;
    const text = typeof expression === "string" ? expression : `user.${okta.source}`;
    notEvaluated.push({ attribute: path, expression: text, why: whyNot(file, okta.source) });
    return false;
  });
  return { app: { ...app, mappings: Object.fromEntries(mappings) }, notEvaluated };
}

function entraAttributes(
  app: Extract<AppSettings, { readonly idp: "entra" }>,
  keys: ReadonlySet<string>,
  file: string,
): KnownAttributes {
  const notEvaluated: NotEvaluated[] = [];
  const mappings = app.users.mappings.filter(({ target, source }) => {
    if (source.kind !== "direct" || target === "userName" || keys.has(source.attribute)) return true;
    notEvaluated.push({
      attribute: target,
      expression: `[${source.attribute}]`,
      why: whyNot(file, source.attribute),
    });
    return false;
  });
  return { app: { ...app, users: { ...app.users, mappings } }, notEvaluated };
}

function whyNot(file: string, column: string): string {
  return `${file} has no column ${column}`;
}
