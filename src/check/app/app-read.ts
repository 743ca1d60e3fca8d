/** The provider's app: whether it can be read, and whether it provisions this server. */

import type { AppSettings } from "../../directory/app-settings.ts";
import type { FindingKind, ProviderFinding } from "../../directory/provider-finding.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import { AppError } from "../../ground/errors.ts";
import { check, fail, notApplicable, pass, unknown } from "../check.ts";
import type { CheckContext, CheckedProvider } from "../context.ts";

/** Only where a provider was named. */
export function providerOf({ provider }: CheckContext): CheckedProvider {
  if (provider === undefined) throw new TypeError("a check of the app was made without a provider");
  return provider;
}

type ReadApp =
  | { readonly kind: "read"; readonly provided: ProvidedDirectory }
  | { readonly kind: "failed"; readonly error: AppError };

/** @throws AppError interrupted */
async function readApp(context: CheckContext): Promise<ReadApp> {
  try {
    return { kind: "read", provided: await providerOf(context).read() };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    return { kind: "failed", error };
  }
}

export const appRead = check({
  id: "app-read",
  group: "app",
  title: "App readable",
  needs: [],
  read: readApp,
  judge: (read) => {
    if (read.kind === "read") return pass("its settings, assignments and groups are readable");
    const { message, hint } = read.error;
    return fail(message.replace(/\.$/, ""), hint ?? "Check the credentials of the directory.");
  },
});

/** Of an app that was read. */
export async function provided(context: CheckContext): Promise<ProvidedDirectory> {
  return providerOf(context).read();
}

export type Finding<Kind extends FindingKind> = Extract<ProviderFinding, { readonly kind: Kind }>;

export async function findingsOf<Kind extends FindingKind>(
  context: CheckContext,
  kinds: readonly Kind[],
): Promise<readonly Finding<Kind>[]> {
  const wanted: ReadonlySet<string> = new Set(kinds);
  const { findings = [] } = await provided(context);
  return findings.filter((finding): finding is Finding<Kind> => wanted.has(finding.kind));
}

export const appTarget = check({
  id: "app-target",
  group: "app",
  title: "App provisions this server",
  needs: ["url-form", "app-read"],
  read: async (context) => {
    const { app, remembered } = await provided(context);
    return { app, isRemembered: remembered !== undefined, name: providerOf(context).name };
  },
  judge: ({ app, isRemembered, name }) => {
    if (isRemembered) return pass("yes, as far as its address is shown");
    return showsAddress(app)
      ? fail(
          `the app in ${name} provisions another server`,
          "Compare the base URL of the app with that of --url, or choose another app.",
        )
      : unknown(`${name} has no published way to read the Tenant URL`);
  },
});

/** Microsoft Graph has no published call for the Tenant URL (Graph API: synchronization secrets). */
function showsAddress({ idp }: AppSettings): boolean {
  return idp === "okta";
}

export const entraFlagCheck = check({
  id: "entra-flag",
  group: "app",
  title: "aadOptscim062020 in the Tenant URL",
  needs: ["url-form"],
  read: async (context) => {
    const { address } = context;
    const { idp } = providerOf(context);
    const read = idp === "entra" ? await readApp(context) : undefined;
    return { address, idp, app: read?.kind === "read" ? read.provided.app : undefined };
  },
  judge: ({ address, idp, app }) => {
    if (idp !== "entra") return notApplicable("only Entra ID needs it");
    if (app?.integration === "gallery") return notApplicable("the app of the gallery does not use it");
    if (address.kind !== "given") return unknown("there is no URL");
    if (new URL(address.baseUrl).search !== "") return pass("yes");
    return address.isByOrganization
      ? unknown("the Tenant URL in Entra ID is not known here; give it with --url, as it is in the console")
      : fail(
          "the URL does not end with ?aadOptscim062020",
          "Add ?aadOptscim062020 to the Tenant URL in Entra ID (Provisioning > Admin Credentials), and give the same URL here: without it Entra ID sends requests that do not comply with SCIM.",
        );
  },
});
