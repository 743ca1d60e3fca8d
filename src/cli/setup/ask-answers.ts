/** Asks for the answers that nothing else gives, and takes the documented ones where nobody is asked. */

import { scimBaseUrl } from "../../astro/address.ts";
import {
  documentedAnswers,
  organizationPlaceholder,
  type SetupAnswers,
  type SetupIntegration,
  type SetupProvider,
} from "../../setup/answers.ts";
import { organizationProblem } from "../../fixture/starter.ts";
import type { Io } from "../../world/io.ts";
import { askChoice, askText, askYesNo } from "../prompt.ts";
import type { LiveSetup } from "./read-live.ts";
import { attributeProblem, type Stated } from "./stated-answers.ts";

export interface Asking {
  readonly idp: SetupProvider;
  readonly stated: Stated;
  /** What the live app says of itself need not be asked. */
  readonly live: LiveSetup | undefined;
  /** Otherwise nobody is asked. */
  readonly asks: boolean;
}

/** @throws AppError interrupted, for Ctrl-C */
export async function completeAnswers(io: Io, asking: Asking): Promise<SetupAnswers> {
  const { idp, stated, live, asks } = asking;
  const usual = documentedAnswers[idp];
  const integration =
    stated.integration ??
    integrationOf(live) ??
    (asks ? await askChoice(io, "Which app do you set up?", integrationChoices[idp]) : usual.integration);
  const address = await organizationAnswers(io, asking);
  const mailAttribute =
    stated.mailAttribute ??
    (asks
      ? await askText(io, {
          message: "Attribute with the e-mail address of users",
          byDefault: usual.mailAttribute,
          problem: attributeProblem,
        })
      : usual.mailAttribute);
  const ssoAttribute =
    stated.ssoAttribute ?? (asks ? await askSsoAttribute(io, idp, mailAttribute) : mailAttribute);
  const usersOnly =
    stated.usersOnly ??
    (asks ? (await askChoice(io, "What do you provision?", scopeChoices)) === "users" : usual.usersOnly);
  return { idp, integration, ...address, mailAttribute, ssoAttribute, usersOnly };
}

/** The app itself says whether it is of the catalog. */
function integrationOf(live: LiveSetup | undefined): SetupIntegration | undefined {
  const shown = live?.shown.settings.get("integration");
  if (shown?.kind !== "shown") return undefined;
  return shown.value === "catalog" ? "catalog" : "manual";
}

async function organizationAnswers(
  io: Io,
  { stated, asks }: Asking,
): Promise<Pick<SetupAnswers, "scimUrl" | "organizationId">> {
  const { scimUrl, organizationId } = stated;
  if (scimUrl !== undefined) return { scimUrl, organizationId: organizationId ?? scimUrl };
  const answer = asks
    ? await askText(io, {
        message: "Astro organization ID (Enter for a placeholder)",
        byDefault: "",
        problem: (text) => (text === "" ? undefined : organizationProblem(text)),
      })
    : "";
  if (answer === "") return { scimUrl: scimBaseUrl(organizationPlaceholder), organizationId: undefined };
  return { scimUrl: scimBaseUrl(answer), organizationId: answer };
}

/** Somebody who says no is offered the other attribute that is usual. */
async function askSsoAttribute(io: Io, idp: SetupProvider, mailAttribute: string): Promise<string> {
  const message = `Does single sign-on to Astro use ${mailAttribute}, too?`;
  if (await askYesNo(io, message, { byDefault: true })) return mailAttribute;
  return askText(io, {
    message: "Attribute that single sign-on uses",
    byDefault: signInAttributes[idp].find((name) => name !== mailAttribute) ?? mailAttribute,
    problem: attributeProblem,
  });
}

const signInAttributes = { okta: ["email", "login"], entra: ["mail", "userPrincipalName"] } as const;

const integrationChoices = {
  okta: [
    { value: "manual", name: "an app of your own (manual)" },
    { value: "catalog", name: "Astro's app of the Okta catalog (catalog)" },
  ],
  entra: [
    { value: "manual", name: "an app of your own, as Astro documents it (manual)" },
    { value: "catalog", name: "Astro's app of the Entra gallery (catalog)" },
  ],
} as const;

const scopeChoices = [
  { value: "teams", name: "users and Teams" },
  { value: "users", name: "users only" },
] as const;
