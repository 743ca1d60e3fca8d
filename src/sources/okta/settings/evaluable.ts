/** Which mappings of a live app our expression engine can evaluate; the others are named. */

import { expressionOf, type MappingEntry } from "../../../astro/okta-attributes/okta-app-attribute.ts";
import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import type { Directory } from "../../../directory/directory.ts";
import type { NotEvaluated } from "../../../directory/provider-finding.ts";
import { referencesIn } from "../../../idp/okta/expression/ast.ts";
import { ExpressionError } from "../../../idp/okta/expression/expression-error.ts";
import { parseExpression } from "../../../idp/okta/expression/parse.ts";
import { okta } from "../../../idp/okta/provider.ts";

export interface Evaluable {
  readonly mappings: OktaAppSettings["mappings"];
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * The mappings without those that cannot be evaluated. Where they are wrong together, as two that are sent to one place, they are
 * taken one after the other, and those that do not fit the ones before are left out.
 * @param pathOf the SCIM path that a mapping writes
 */
export function evaluableMappings(
  settings: OktaAppSettings,
  directory: Directory,
  pathOf: (name: string, entry: MappingEntry) => string,
): Evaluable {
  if (mistakeIn(settings, directory) === undefined) return { mappings: settings.mappings, notEvaluated: [] };
  let mappings: Readonly<Record<string, MappingEntry>> = {};
  let waiting = Object.entries(settings.mappings);
  const why = new Map<string, string>();
  // What reads another attribute through `appuser` fits once that one is there.
  for (let isProgress = true; isProgress;) {
    const left: typeof waiting = [];
    for (const [name, entry] of waiting) {
      const wider = { ...mappings, [name]: entry };
      const mistake = mistakeIn({ ...settings, mappings: wider }, directory);
      if (mistake === undefined) mappings = wider;
      else {
        why.set(name, mistake);
        left.push([name, entry]);
      }
    }
    isProgress = left.length > 0 && left.length < waiting.length;
    waiting = left;
  }
  return {
    mappings,
    notEvaluated: waiting.map(([name, entry]) => ({
      attribute: pathOf(name, entry),
      expression: expressionOf(entry),
      why: why.get(name) ?? "",
    })),
  };
}

/** Why the application username format cannot be evaluated, as a clause; undefined where it can. */
export function userNameMistake(settings: OktaAppSettings, directory: Directory): string | undefined {
  return mistakeIn({ ...settings, mappings: {} }, directory);
}

/** Attributes of the Okta profile that expressions read: Okta has checked that they exist, whether or not anyone has a value. */
export function attributesRead(expressions: readonly string[]): readonly string[] {
  const names = expressions.flatMap((text) => {
    try {
      return referencesIn(parseExpression(text)).flatMap(({ root, attribute }) =>
        root === "user" ? [attribute] : [],
      );
    } catch (error) {
      if (error instanceof ExpressionError) return [];
      throw error;
    }
  });
  return [...new Set(names)];
}

function mistakeIn(settings: OktaAppSettings, directory: Directory): string | undefined {
  const [mistake] = okta.setUp(settings).mistakes(directory, { namesAreKnown: true });
  if (mistake === undefined) return undefined;
  return mistake.message.replace(/^.* is not valid: /, "").replace(/\.$/, "");
}
