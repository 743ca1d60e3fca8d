/** The app that is meant, by its label or id; and whether Okta provisions it at all. */

import { AppError, oneLine } from "../../ground/errors.ts";
import {
  findApp,
  findConnection,
  findUserProvisioning,
  listApps,
  type OktaApp,
  type ProvisioningConnection,
  type UserProvisioning,
} from "../../management/okta/apps.ts";
import type { ManagementApi } from "../../management/management-api.ts";

/** An app with its provisioning, as far as Okta shows it for this kind of app. */
export interface ProvisionedApp {
  readonly app: OktaApp;
  readonly provisioning: UserProvisioning | undefined;
  readonly connection: ProvisioningConnection | undefined;
}

/** @throws AppError source-incomplete where no app, or more than one, is meant, or where Okta does not provision it */
export async function findProvisionedApp(api: ManagementApi, named: string): Promise<ProvisionedApp> {
  const app = await findNamed(api, named);
  if (app.status !== "ACTIVE") {
    throw new AppError(
      "source-incomplete",
      `The app ${nameOf(app)} is ${app.status} in Okta: nothing is provisioned.`,
      { hint: "Activate it in Okta: Applications > the app > Inactive > Activate." },
    );
  }
  if (app.features.length === 0) throw notProvisioned(app, "it has no provisioning features");
  const provisioning = await findUserProvisioning(api, app.id);
  if (provisioning?.status === "DISABLED") throw notProvisioned(app, "USER_PROVISIONING is disabled");
  const connection = await findConnection(api, app.id);
  if (connection?.status === "DISABLED") throw notProvisioned(app, "its connection is disabled");
  return { app, provisioning, connection };
}

/**
 * By label or id, whether or not it is provisioned. Ids of Okta are of letters and digits; a label may look like one, so both are
 * looked for.
 * @throws AppError source-incomplete where no app, or more than one, is meant
 */
export async function findNamed(api: ManagementApi, named: string): Promise<OktaApp> {
  const byId = /^[A-Za-z0-9]{8,}$/.test(named) ? await findApp(api, named) : undefined;
  if (byId !== undefined) return byId;
  const beginning = await listApps(api, named);
  const wanted = named.trim().toLowerCase();
  const [app, ...others] = beginning.filter(({ label }) => label.trim().toLowerCase() === wanted);
  if (app === undefined) throw notFound(named, beginning);
  if (others.length > 0) throw severalFound(named, [app, ...others]);
  return app;
}

function notFound(named: string, similar: readonly OktaApp[]): AppError {
  const message = `Okta shows no app with the label or ID "${oneLine(named)}" to these credentials.`;
  if (similar.length === 0) {
    return new AppError("source-incomplete", message, {
      hint: "Check the label (Applications > Applications), and that the credentials may see the app: okta.apps.read and an admin role that reaches it.",
    });
  }
  return new AppError("source-incomplete", message, {
    hint: ["Apps with a label that begins like this:", ...similar.slice(0, 10).map(line)].join("\n"),
    isList: true,
  });
}

function severalFound(named: string, found: readonly OktaApp[]): AppError {
  return new AppError("source-incomplete", `${found.length} apps in Okta are called "${oneLine(named)}".`, {
    hint: ["Choose one by its ID:", ...found.map(line)].join("\n"),
    isList: true,
  });
}

function line({ id, label, status }: OktaApp): string {
  return `  ${id}  ${oneLine(label)} (${status})`;
}

function notProvisioned(app: OktaApp, why: string): AppError {
  return new AppError(
    "source-incomplete",
    `The app ${nameOf(app)} has no provisioning in Okta: ${why}, so Okta sends nothing to Astro.`,
    {
      hint: "Set it up in Okta: the app > General > App Settings > Enable SCIM provisioning, then Provisioning > Integration.",
    },
  );
}

function nameOf({ label, id }: OktaApp): string {
  return `"${oneLine(label)}" (${id})`;
}
