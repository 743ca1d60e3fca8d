/** How the Astro app is set up in Entra: the enterprise application's provisioning page. */

import { attributeNames, documentedAttributes } from "../astro/attributes.ts";
import { resolveEntraFidelity } from "../fidelity/resolve.ts";
import type { EntraFidelity } from "../fidelity/table.ts";
import type { AppRole } from "./app-role.ts";
import type { ScopingFilter } from "./scoping-filter.ts";

/**
 * `non-gallery`: "Create your own application", set up with Tenant URL and Secret Token, as Astro documents it.
 * `gallery`: the app "Astro" of the Microsoft Entra gallery.
 */
export type EntraIntegration = (typeof entraIntegrations)[number];

export const entraIntegrations = ["non-gallery", "gallery"] as const;

/** When a mapping applies (Microsoft: Customize user provisioning attribute-mappings, "Apply this mapping"). */
export type EntraMappingApplies = "always" | "only-during-creation";

/** One row of the attribute mappings. */
export interface EntraMapping {
  /** The attribute of the SCIM resource: an attribute path, such as `emails[type eq "work"].value`. */
  readonly target: string;
  readonly source:
    | { readonly kind: "direct"; readonly attribute: string }
    | { readonly kind: "constant"; readonly value: string }
    | { readonly kind: "expression"; readonly text: string }
    /** Only the default value is ever sent (Microsoft: Customize user provisioning attribute-mappings, None). */
    | { readonly kind: "none" };
  /** "Default value if null (optional)"; it counts at creation only. */
  readonly defaultIfNull?: string;
  /** "Match objects using this attribute", with its precedence from 1. */
  readonly matching?: number;
  readonly applies: EntraMappingApplies;
}

/** "Target Object Actions" of a mapping. */
export interface EntraTargetActions {
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

/** The mappings of users or groups, with what they may do. */
export interface EntraObjectMapping {
  /** "Enabled": whether these objects are provisioned at all. */
  readonly enabled: boolean;
  readonly actions: EntraTargetActions;
  readonly mappings: readonly EntraMapping[];
  /** "Source Object Scope": filters are OR-ed, the clauses of one are AND-ed; none lets everybody in. */
  readonly scopingFilters: readonly ScopingFilter[];
}

export interface EntraAppSettings {
  readonly idp: "entra";
  readonly integration: EntraIntegration;
  /** Whether the Tenant URL ends with `?aadOptscim062020`. */
  readonly flag: boolean;
  /** Settings > Scope: "Sync only assigned users and groups" or "Sync all users and groups". */
  readonly scope: "assigned" | "all";
  /** The app roles of the app. */
  readonly appRoles: readonly AppRole[];
  readonly users: EntraObjectMapping;
  readonly groups: EntraObjectMapping;
  /** `SkipOutOfScopeDeletions`: who falls out of scope is left alone. */
  readonly skipOutOfScopeDeletions: boolean;
  /** "Prevent accidental deletion": the threshold; undefined while it is off. */
  readonly accidentalDeletionThreshold: number | undefined;
  /** The claim by which Astro knows a person at single sign-on. */
  readonly ssoAttribute: string;
  /** The tenant's default domain, for `DefaultDomain()`. */
  readonly defaultDomain: string;
  /** What is uncertain about Entra ID, and how it is simulated. */
  readonly fidelity: EntraFidelity;
}

/** The literal text of Astro's documentation; its capitalised literals are required. */
export const documentedActiveExpression = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")';

const everyAction: EntraTargetActions = { create: true, update: true, delete: true };

const direct = (target: string, attribute: string, matching?: number): EntraMapping => ({
  target,
  source: { kind: "direct", attribute },
  applies: "always",
  ...(matching === undefined ? {} : { matching }),
});

/** What the setup page asks for, the default of every Entra fixture (Astro docs: Set up SCIM provisioning, Microsoft Entra ID). */
export const documentedEntraSettings: EntraAppSettings = {
  idp: "entra",
  integration: "non-gallery",
  flag: true,
  scope: "assigned",
  appRoles: [],
  users: {
    enabled: true,
    actions: everyAction,
    mappings: [
      direct("userName", "mail", 1),
      {
        target: "active",
        source: { kind: "expression", text: documentedActiveExpression },
        applies: "always",
      },
      ...attributeNames.flatMap((name) => {
        const { path, entra } = documentedAttributes[name];
        return entra === undefined ? [] : [direct(path, entra.source)];
      }),
    ],
    scopingFilters: [],
  },
  groups: {
    enabled: true,
    actions: everyAction,
    mappings: [direct("displayName", "displayName", 1), direct("members", "members")],
    scopingFilters: [],
  },
  skipOutOfScopeDeletions: false,
  accidentalDeletionThreshold: undefined,
  ssoAttribute: "mail",
  defaultDomain: "example.com",
  fidelity: resolveEntraFidelity(),
};

/**
 * The app of the gallery: the same user mappings, and the group's object id as `externalId` (Microsoft: Configure Astro for
 * automatic user provisioning). The flag does not apply to it.
 */
export const gallerySettings: EntraAppSettings = {
  ...documentedEntraSettings,
  integration: "gallery",
  flag: false,
  groups: {
    ...documentedEntraSettings.groups,
    mappings: [...documentedEntraSettings.groups.mappings, direct("externalId", "objectId")],
  },
};
