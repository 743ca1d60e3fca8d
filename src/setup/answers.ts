/** What a set-up depends on: the answers of the person who sets the provider up, by flag, question or profile. */

/** `catalog`: the app of the provider's catalog or gallery. `manual`: an app of one's own, as Astro documents it. */
export type SetupIntegration = (typeof setupIntegrations)[number];

export const setupIntegrations = ["catalog", "manual"] as const;

export type SetupProvider = "okta" | "entra";

export interface SetupAnswers {
  readonly idp: SetupProvider;
  readonly integration: SetupIntegration;
  /** "SCIM Integration URL" of the organization, without Entra's flag. */
  readonly scimUrl: string;
  /** Undefined where nobody has named it: the sheet then has a placeholder in its place. */
  readonly organizationId: string | undefined;
  /** The attribute of the directory that holds a user's e-mail address: `email` in Okta, `mail` in Entra ID. */
  readonly mailAttribute: string;
  /** The attribute by which single sign-on names a user to Astro. */
  readonly ssoAttribute: string;
  /** No groups: nothing becomes a Team. */
  readonly usersOnly: boolean;
}

/** What Astro's documentation says, and what is asked with this as the default (Astro docs: Set up SCIM provisioning). */
export const documentedAnswers = {
  okta: { integration: "manual", mailAttribute: "email", usersOnly: false },
  entra: { integration: "manual", mailAttribute: "mail", usersOnly: false },
} as const satisfies Readonly<
  Record<SetupProvider, Pick<SetupAnswers, "integration" | "mailAttribute" | "usersOnly">>
>;

/** Stands for an organization that nobody has named. */
export const organizationPlaceholder = "ORGANIZATION_ID";
