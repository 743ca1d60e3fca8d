/** What the mapping of `active` will do wrong: whom it disables, and whom it does not (Microsoft: How provisioning works). */

import { appRoleIn } from "../../directory/app-role.ts";
import {
  documentedActiveExpression,
  type EntraAppSettings,
  type EntraMapping,
} from "../../directory/entra-app-settings.ts";
import { ExpressionError } from "./expression/expression-error.ts";
import { compileUserMapping, mapObject } from "./mapping/mapping.ts";
import { softDeletedAttribute } from "./mapping/source-attributes.ts";

/** One sentence about the first thing that is wrong. */
export function activeWarnings(settings: EntraAppSettings): readonly string[] {
  const row = settings.users.mappings.find(({ target }) => target === "active");
  const sentence = row === undefined ? unmapped : (sourceSentence(row) ?? valueSentence(row, settings));
  return sentence === undefined ? [] : [sentence];
}

const unmapped =
  "active is not mapped: users who leave the scope, are blocked or are deleted in Entra ID keep an active account.";

/** What the source alone tells. */
function sourceSentence({ source }: EntraMapping): string | undefined {
  if (source.kind === "direct" && source.attribute === "accountEnabled") {
    return (
      "active is mapped from accountEnabled: only blocked sign-in disables an account; users who are unassigned or leave " +
      "an assigned group keep an active one."
    );
  }
  if (source.kind === "direct" && source.attribute === softDeletedAttribute) {
    return (
      `active is mapped directly from ${softDeletedAttribute}, which is inverted: users in scope get an inactive ` +
      `account; write ${documentedActiveExpression}.`
    );
  }
  const small = source.kind === "expression" ? /"(?:true|false)"/.exec(source.text)?.[0] : undefined;
  return small === undefined
    ? undefined
    : `the expression of active has ${small} in lowercase: Entra ID does not read it as a boolean, so users are not disabled; ` +
        `write ${documentedActiveExpression}.`;
}

/** What the mapping makes of a user in scope, and of one who has left it. */
function valueSentence(row: EntraMapping, settings: EntraAppSettings): string | undefined {
  const inScope = activeOf(settings, false);
  if (inScope === false) return inactiveSentence(row, settings);
  const { source } = row;
  if (source.kind !== "expression" || !source.text.includes(`[${softDeletedAttribute}]`))
    return `active does not depend on ${softDeletedAttribute}: users who leave the scope are not disabled.`;
  if (inScope === unknown) return undefined;
  if (activeOf(settings, true) !== false) {
    return (
      'the expression of active does not yield "False" for users who leave the scope: they are not disabled; ' +
      `write ${documentedActiveExpression}.`
    );
  }
  return inScope === true
    ? undefined
    : 'the expression of active does not yield "True" for users in scope: disabled users stay disabled; ' +
        `write ${documentedActiveExpression}.`;
}

/** Users in scope get an inactive account. */
function inactiveSentence({ source }: EntraMapping, settings: EntraAppSettings): string {
  const reads = (name: string): boolean => source.kind === "expression" && source.text.includes(`[${name}]`);
  if (reads(softDeletedAttribute) && activeOf(settings, true) !== false) {
    return (
      "the expression of active is inverted: users in scope get an inactive account, and users who leave the " +
      `scope stay active; write ${documentedActiveExpression}.`
    );
  }
  const when = reads("accountEnabled") ? "false for users who can sign in" : "always false";
  return `active is ${when}: users in scope get an inactive account; write ${documentedActiveExpression}.`;
}

/** What cannot be determined without more of the user. */
const unknown = Symbol("unknown");
type ActiveValue = boolean | typeof unknown | undefined;

/** The attributes of which it is known what they are of a user who may sign in; all others may be anything. */
const knownSources: ReadonlySet<string> = new Set([softDeletedAttribute, "accountEnabled"]);

function activeOf(settings: EntraAppSettings, leaves: boolean): ActiveValue {
  const mapping = compileUserMapping(settings);
  const rows = mapping.rows.filter(({ target }) => target.path.text === "active");
  if (rows.some(({ sources }) => sources.some((name) => !knownSources.has(name)))) return unknown;
  const read = (name: string): boolean => (name === softDeletedAttribute ? leaves : true);
  const world = {
    appRole: (value: string) => appRoleIn(settings.appRoles, value),
    now: () => new Date(0),
    random: () => 0,
    defaultDomain: settings.defaultDomain,
  };
  try {
    const [active] = mapObject({ ...mapping, rows }, { read, world, creating: !leaves });
    return active?.value === true || active?.value === false ? active.value : undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return unknown;
    throw error;
  }
}
