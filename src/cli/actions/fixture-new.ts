/** What `astro-scim fixture new` does. */

import { resolve } from "node:path";
import type { AppSettings } from "../../directory/app-settings.ts";
import { AppError } from "../../ground/errors.ts";
import { domainProblem, organizationProblem, starterFixture } from "../../fixture/starter.ts";
import { domainOf, type StarterDirectory } from "../../fixture/starter/directory.ts";
import type { StarterOptions } from "../../fixture/starter/provider-text.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import type { Io } from "../../world/io.ts";
import { editorSchema } from "../../assembly/files/editor-schema.ts";
import { plural } from "../../ground/plural.ts";
import { refuseExisting, writeNewFiles } from "../../files/new-file.ts";
import { streamStyle } from "../output/stream-style.ts";
import { nextLines } from "../../report/next-step.ts";
import { askDirectory, directoryFrom } from "../new-fixture/typed-directory.ts";
import { rehearse } from "../next/next-steps.ts";
import { quoted } from "../next/words.ts";
import { askChoice, askText, askYesNo, canAsk } from "../prompt.ts";

export interface NewFlags {
  readonly idp?: AppSettings["idp"];
  readonly organization?: string;
  readonly integration?: AppSettings["integration"];
  readonly domain?: string;
  /** Each as `NAME <ADDRESS>` or `ADDRESS`. */
  readonly user?: readonly string[];
  /** Each as `NAME: ADDRESS, …`. */
  readonly group?: readonly string[];
  readonly withTimeline?: boolean;
  readonly assignedBefore?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** Asks for what the flags leave open, and writes the file; resolves to the exit status. */
export async function newFixture(io: Io, file: string | undefined, flags: NewFlags): Promise<number> {
  const force = flags.force === true;
  refuseProblems(flags);
  const given = directoryFrom(flags);
  if (file !== undefined) await refuseExisting(io, file, { force });
  const asks = flags.yes !== true && canAsk(io);
  const options = asks ? await askForOptions(io, flags, given) : byDefault(flags, given);
  const name = file ?? (await fileName(io, options, { asks, force }));
  const { reference, beside } = await editorSchema(io, name);
  const fixture = { file: name, text: starterFixture(options, reference) };
  await writeNewFiles(io, [fixture, ...(beside === undefined ? [] : [beside])], { force });
  io.stdout.write(
    [
      `Wrote ${quoted(name)} with ${contents(options)}.`,
      ...(beside === undefined
        ? []
        : [`  with ${quoted(beside.file)}, for completion and checks in your editor`]),
      ...nextLines(rehearse(options.app.idp, name), streamStyle(io, io.stdout, {})),
      "",
    ].join("\n"),
  );
  return exitStatus.ok;
}

function contents({ directory }: StarterOptions): string {
  if (directory === undefined) return "three example users; replace them with your own";
  return `${plural(directory.users.length, "user")} and ${plural(directory.groups.length, "group")}`;
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

function byDefault(flags: NewFlags, directory: StarterDirectory | undefined): StarterOptions {
  const { integration, organization, withTimeline = true } = flags;
  const domain = flags.domain ?? domainIn(directory) ?? defaultDomain;
  const { assignedBefore = false } = flags;
  const idp = flags.idp ?? (integration === undefined ? undefined : providerOf[integration]);
  if (idp === undefined) {
    throw new AppError(
      "usage",
      flags.yes === true ? "--idp is required with --yes." : "--idp is required when not on a terminal.",
      {
        hint: "Add --idp okta or --idp entra; all other options have defaults. Nothing was written.",
      },
    );
  }
  return { organization, domain, directory, withTimeline, assignedBefore, app: appOf(idp, integration) };
}

/** Undefined where there is none, or it cannot be written without quotes. */
function domainIn(directory: StarterDirectory | undefined): string | undefined {
  const domain = directory === undefined ? "" : domainOf(directory);
  return domainProblem(domain) === undefined ? domain : undefined;
}

async function askForOptions(
  io: Io,
  flags: NewFlags,
  given: StarterDirectory | undefined,
): Promise<StarterOptions> {
  const idp = await askProvider(io, flags);
  const integration =
    flags.integration ?? (await askChoice(io, "Which type of Astro app?", integrations[idp]));
  const organization =
    flags.organization ??
    (await askText(io, {
      message: "Astro organization ID (Enter for an example)",
      byDefault: "",
      problem: (answer) => (answer === "" ? undefined : organizationProblem(answer)),
    }));
  const directory =
    given ?? (flags.domain === undefined ? await askDirectory(io, groupVerbs[idp]) : undefined);
  const domain =
    flags.domain ??
    domainIn(directory) ??
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
    directory,
    withTimeline,
    assignedBefore,
    app: appOf(idp, integration),
  };
}

async function askProvider(io: Io, { idp, integration }: NewFlags): Promise<AppSettings["idp"]> {
  if (idp !== undefined) return idp;
  if (integration !== undefined) return providerOf[integration];
  return askChoice<AppSettings["idp"]>(io, "Which identity provider?", [
    { value: "okta", name: "Okta" },
    { value: "entra", name: "Microsoft Entra ID" },
  ]);
}

async function fileName(
  io: Io,
  { app }: StarterOptions,
  { asks, force }: { readonly asks: boolean; readonly force: boolean },
): Promise<string> {
  const usual = `${app.idp}.yaml`;
  const problem = async (name: string): Promise<string | undefined> => {
    if (name.trim() === "") return "Enter a file name.";
    // Another name is asked for: the answers until here are kept.
    const isTaken = !force && (await io.disk.exists(resolve(io.cwd, name)));
    return isTaken ? `${quoted(name)} exists already. Enter another name.` : undefined;
  };
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

/** What makes a group a Team. */
const groupVerbs = { okta: "push", entra: "assign" } as const;

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
