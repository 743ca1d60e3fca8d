/** What `astro-scim fixture new` does. */

import type { AppSettings } from "../../directory/app-settings.ts";
import { AppError } from "../../ground/errors.ts";
import {
  domainProblem,
  organizationProblem,
  starterFixture,
  type StarterOptions,
} from "../../fixture/starter.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import type { Io } from "../../world/io.ts";
import { refuseExisting, writeNewFile } from "../../files/new-file.ts";
import { quoted } from "../output/next-line.ts";
import { askChoice, askText, askYesNo, canAsk } from "../prompt.ts";

export interface NewFlags {
  readonly idp?: AppSettings["idp"];
  readonly organization?: string;
  readonly integration?: AppSettings["integration"];
  readonly domain?: string;
  readonly withTimeline?: boolean;
  readonly assignedBefore?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** Asks for what the flags leave open, and writes the file; resolves to the exit status. */
export async function newFixture(io: Io, file: string | undefined, flags: NewFlags): Promise<number> {
  const force = flags.force === true;
  refuseProblems(flags);
  if (file !== undefined) await refuseExisting(io, file, { force });
  const asks = flags.yes !== true && canAsk(io);
  const options = asks ? await askForOptions(io, flags) : byDefault(flags);
  const name = file ?? (await fileName(io, options, { asks, force }));
  await writeNewFile(io, name, starterFixture(options), { force });
  io.stdout.write(
    `Wrote ${quoted(name)} with three example users; replace them with your own.\nNext: astro-scim simulate ${options.app.idp} ${quoted(name)}\n`,
  );
  return exitStatus.ok;
}

/** @throws AppError usage for what no answer to a question could be either */
function refuseProblems({ organization, domain, idp, integration, assignedBefore }: NewFlags): void {
  const problem =
    (organization === undefined ? undefined : organizationProblem(organization)) ??
    (domain === undefined ? undefined : domainProblem(domain));
  if (problem !== undefined) {
    throw new AppError("usage", problem, { hint: "Choose another one, or leave it out to use the default." });
  }
  const provider = idp ?? (integration === undefined ? undefined : providerOf[integration]);
  if (assignedBefore === true && provider === "entra") {
    throw new AppError("usage", "--assigned-before does not exist for --idp entra.", {
      hint: "Entra ID provisions everyone in scope in its first cycle, whenever they were assigned.",
    });
  }
  if (idp === undefined || integration === undefined || providerOf[integration] === idp) return;
  throw new AppError("usage", `--integration ${integration} does not exist for --idp ${idp}.`, {
    hint: `Choose ${integrations[idp].map(({ value }) => value).join(", ")}.`,
  });
}

function byDefault(flags: NewFlags): StarterOptions {
  const { integration, organization, domain = defaultDomain, withTimeline = true } = flags;
  const { assignedBefore = false } = flags;
  const idp = flags.idp ?? (integration === undefined ? undefined : providerOf[integration]);
  if (idp === undefined) {
    throw new AppError(
      "usage",
      "--idp is required when not on a terminal.",
      {
        hint: "Add --idp okta or --idp entra; all other options have defaults. Nothing was written.",
      },
    );
  }
  return { organization, domain, withTimeline, assignedBefore, app: appOf(idp, integration) };
}

async function askForOptions(io: Io, flags: NewFlags): Promise<StarterOptions> {
  const idp =
    flags.idp ??
    (flags.integration === undefined
      ? await askChoice<AppSettings["idp"]>(io, "Which identity provider?", [
          { value: "okta", name: "Okta" },
          { value: "entra", name: "Microsoft Entra ID" },
        ])
      : providerOf[flags.integration]);
  const integration =
    flags.integration ?? (await askChoice(io, "Which type of Astro app?", integrations[idp]));
  const organization =
    flags.organization ??
    (await askText(io, {
      message: "Astro organization ID (Enter for an example)",
      byDefault: "",
      problem: (answer) => (answer === "" ? undefined : organizationProblem(answer)),
    }));
  const domain =
    flags.domain ??
    (await askText(io, {
      message: "Domain of the e-mail addresses",
      byDefault: defaultDomain,
      problem: domainProblem,
    }));
  const assignedBefore =
    idp === "okta" &&
    (flags.assignedBefore ??
      (await askYesNo(io, "Were people assigned to the app before Provisioning was switched on?", {
        byDefault: false,
      })));
  const withTimeline =
    flags.withTimeline ?? (await askYesNo(io, "Include a timeline of changes?", { byDefault: true }));
  return {
    organization: organization === "" ? undefined : organization,
    domain,
    withTimeline,
    assignedBefore,
    app: appOf(idp, integration),
  };
}

async function fileName(
  io: Io,
  { app }: StarterOptions,
  { asks, force }: { readonly asks: boolean; readonly force: boolean },
): Promise<string> {
  const usual = `${app.idp}.yaml`;
  const problem = (name: string): string | undefined =>
    name.trim() === "" ? "Enter a file name." : undefined;
  const name = asks ? await askText(io, { message: "File to write", byDefault: usual, problem }) : usual;
  await refuseExisting(io, name, { force });
  return name;
}

const defaultDomain = "example.com";

const integrations = {
  okta: [
    { value: "manual", name: "manual: SCIM URL and token, as in Astro's documentation" },
    { value: "catalog", name: "catalog: Astro's app in the Okta Integration Network" },
    { value: "wizard", name: "wizard: a private app made with the Okta Integration Wizard" },
  ],
  entra: [
    { value: "non-gallery", name: "non-gallery: your own app, as in Astro's documentation" },
    { value: "gallery", name: "gallery: Astro's app in the Entra gallery" },
  ],
} as const;

const providerOf: Readonly<Record<AppSettings["integration"], AppSettings["idp"]>> = {
  manual: "okta",
  catalog: "okta",
  wizard: "okta",
  "non-gallery": "entra",
  gallery: "entra",
};

/** The first one where none is named. */
function appOf(
  idp: AppSettings["idp"],
  integration: AppSettings["integration"] = integrations[idp][0].value,
): StarterOptions["app"] {
  return { idp, integration };
}
