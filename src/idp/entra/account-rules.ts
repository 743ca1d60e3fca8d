/** Who is to have an account in Astro, and which groups are to be Teams, by Entra's assignments, scoping filters and mappings. */

import { externalIdPath } from "../../astro/compared-value.ts";
import type { ExpectedPresence } from "../../astro/state.ts";
import { appRoleIn, type AppRole } from "../../directory/app-role.ts";
import type { Directory, DirectoryUser } from "../../directory/directory.ts";
import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { AccountRules, MappedAccount } from "../accounts/accounts.ts";
import { unmappable, type Unmappable } from "../accounts/unmappable.ts";
import { ExpressionError } from "./expression/expression-error.ts";
import {
  compileGroupMapping,
  compileUserMapping,
  mapObject,
  type Evaluation,
  type EvaluationWorld,
  type Mapping,
} from "./mapping/mapping.ts";
import {
  attributesOf,
  managersOf,
  referencesOf,
  sentLater,
  type ManagerOf,
} from "./mapping/account-attributes.ts";
import { isDisabling } from "./jobs/disabling.ts";
import { valueText } from "./mapping/mapped-value.ts";
import { scopeOf, standingReasons, type StandingKind } from "./mapping/scope.ts";
import { readerOfGroup, readerOfUser } from "./mapping/source-attributes.ts";

/**
 * A user is `either` where the settings leave the account as it is: nothing disables it, or nothing creates it. Groups
 * whose members are not mapped are Teams all the same: what the directory says and Entra never sends is a difference.
 * @throws AppError invalid-file for a mapping or a scoping filter that is wrong
 */
export function entraAccountRules(directory: Directory, settings: EntraAppSettings): AccountRules {
  const mappings = {
    users: compileUserMapping(settings, directory),
    groups: compileGroupMapping(settings),
  };
  const scope = scopeOf(directory, settings, mappings);
  const managerOf = managersOf(directory);
  const { groups } = settings;
  const inScope = [...directory.groups.values()].filter((group) => scope.group(group) === "in-scope");
  const inScopeIds = new Set(inScope.map(({ objectId }) => objectId));
  return {
    account: (user) => accountOf(user, { settings, mapping: mappings.users, managerOf }),
    standing: (user) => {
      const standing = scope.user(user);
      const presence = presenceOf(user, standing, { settings, mapping: mappings.users });
      const isLeftOut = standing === "in-scope" && presence !== "active";
      return { presence, reason: isLeftOut ? whyNotCreated(settings) : standingReasons[standing] };
    },
    teams: (groups.enabled && groups.actions.create ? inScope : []).flatMap((group) => {
      const name = teamName(evaluationOf(readerOfGroup(group), settings), mappings.groups);
      return name === undefined ? [] : [{ group, name }];
    }),
    leavesTeam: (groupId) => !groups.enabled || !groups.actions.delete || inScopeIds.has(groupId),
  };
}

/** Of users in scope for whom the settings create no account. */
function whyNotCreated({ users }: EntraAppSettings): string {
  return users.enabled
    ? "in scope, but Create is switched off"
    : "in scope, but provisioning of users is switched off";
}

function presenceOf(user: DirectoryUser, standing: StandingKind, rules: Rules): ExpectedPresence {
  const { settings, mapping } = rules;
  const { users } = settings;
  if (!users.enabled) return "either";
  if (standing === "in-scope") return users.actions.create ? "active" : "either";
  return isDisabling(user, standing, { settings, mapping, world: stillWorld(settings) })
    ? "not-active"
    : "either";
}

interface Rules {
  readonly settings: EntraAppSettings;
  readonly mapping: Mapping;
}

/** The account of a user in scope, as a POST creates it. */
function accountOf(
  user: DirectoryUser,
  rules: Rules & { readonly managerOf: ManagerOf },
): MappedAccount | Unmappable {
  const { mapping, settings } = rules;
  try {
    const evaluation = evaluationOf(readerOfUser(user, false), settings);
    const made = mapObject(mapping, evaluation);
    const userName = made.find(({ target }) => target.path.text === "userName");
    if (userName === undefined)
      return unmappable(`has no userName: ${sourceOf(mapping, "userName")} is empty`);
    const externalId = made.find(({ target }) => target.path.text === externalIdPath);
    return {
      userName: valueText(userName.value),
      externalId: externalId === undefined ? undefined : valueText(externalId.value),
      ...attributesOf(made, {
        sentLater: sentLater(mapping, evaluation),
        isIdMadeUp: user.isIdMadeUp === true,
        mapping,
      }),
      ...referencesOf(user, rules),
      // Microsoft: Customize attribute mappings: a value that is empty, or mapped no more, is not cleared.
      otherAttributes: "kept",
    };
  } catch (error) {
    if (error instanceof ExpressionError) return unmappable(`has a mapping that fails: ${error.message}`);
    throw error;
  }
}

function sourceOf({ rows }: Mapping, target: string): string {
  const row = rows.find((one) => one.target.path.text === target);
  return row === undefined ? `no mapping of ${target}, which` : row.sources.join(", ");
}

function teamName(evaluation: Evaluation, mapping: Mapping): string | undefined {
  try {
    const name = mapObject(mapping, evaluation).find(({ target }) => target.path.text === "displayName");
    return name === undefined ? undefined : valueText(name.value);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

function evaluationOf(read: Evaluation["read"], settings: EntraAppSettings): Evaluation {
  return { read, world: stillWorld(settings), creating: true };
}

/** Time and chance stand still here: what depends on them is never twice the same. */
function stillWorld({ defaultDomain, appRoles }: EntraAppSettings): EvaluationWorld {
  const appRole = (value: string): AppRole => appRoleIn(appRoles, value);
  return { appRole, now: () => new Date(0), random: () => 0, defaultDomain };
}
