/** How an emulated provider says where it listens, with which credentials, and what to do next. */

import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { shellWord } from "../../ground/text/shell-word.ts";
import { providers } from "../../idp/providers.ts";
import type { AstroServer } from "../../server/start.ts";
import { thisSystem } from "../../world/platform.ts";
import { line, option } from "../next/words.ts";
import type { StartedProvider } from "./start-provider.ts";

export interface AnnouncedProvider {
  readonly provider: StartedProvider;
  readonly astro: Pick<AstroServer, "url" | "tenantUrl" | "token">;
  /** The token of the local Astro was given on the command line: it is not repeated. */
  readonly isTokenGiven: boolean;
  /** What the directory is made of: a file. */
  readonly directory: string;
}

/** Label and value, in the words of the console. */
export function providerRows({
  provider,
}: Pick<AnnouncedProvider, "provider">): readonly { readonly label: string; readonly value: string }[] {
  const { url, appId, appName, credentials } = provider;
  const own =
    credentials.kind === "api-token"
      ? [{ label: "API token", value: credentials.token }]
      : [
          { label: "tenant", value: credentials.tenantId },
          { label: "client ID", value: credentials.clientId },
          { label: "client secret", value: credentials.secret },
        ];
  return [{ label: "URL", value: url }, { label: "app", value: `${printable(appName)} (${appId})` }, ...own];
}

/** The same for the list, where they stand among those of the local Astro, and the command to go on with. */
export function providerConnectionRows(
  announced: AnnouncedProvider,
): readonly { readonly label: string; readonly value: string }[] {
  const { name } = providers[announced.provider.idp].words;
  const heading = { label: `An emulated ${name}`, value: "" };
  return [
    heading,
    ...providerRows(announced),
    ...nextLines(announced).map((value, index) => {
      return { label: index === 0 ? "Next, in another terminal" : "", value };
    }),
  ];
}

/** The lines for people, after those of the local Astro. */
export function providerText(announced: AnnouncedProvider): string {
  const { provider, directory } = announced;
  const { name } = providers[provider.idp].words;
  const { users, groups } = provider.company.directory();
  const heading = `An emulated ${name} provisions ${printable(directory)}, ${plural(users.size, "user")} and ${plural(groups.size, "group")}.`;
  const rows = providerRows(announced).map(({ label, value }) => `  ${label.padEnd(14)} ${value}\n`);
  const next = nextLines(announced).map((text) => `  ${text}\n`);
  return `${heading}\n${rows.join("")}\nNext, in another terminal, once it has provisioned:\n${next.join("")}\n`;
}

/** What `--json` adds. */
export function providerJson({ provider }: Pick<AnnouncedProvider, "provider">): object {
  const { idp, url, appId, appName, credentials } = provider;
  const { kind: _, ...secrets } = credentials;
  return { idp, url, appId, appName, ...secrets };
}

/** Lines to paste: the variables, whose values are long, then what compares the app with the sheet, checks it, and compares the people. */
function nextLines(announced: AnnouncedProvider): readonly string[] {
  const { provider, astro } = announced;
  const { idp } = provider;
  const source = sourceOptions(provider);
  const url = option("--url", astro.url);
  const isOkta = idp === "okta";
  const tenantUrl = isOkta ? "" : option("--tenant-url", astro.tenantUrl);
  const set = thisSystem === "win32" ? "set" : "export";
  return [
    ...variablesOf(announced).map(([name, value]) => `${set} ${name}=${shellWord(value)}`),
    line("setup", idp, "--check", ...source, url, tenantUrl),
    line("check", ...source, isOkta ? url : option("--url", astro.tenantUrl)),
    line("diff", ...source, url),
  ];
}

function sourceOptions({ idp, url, appId, credentials }: StartedProvider): readonly string[] {
  if (credentials.kind === "api-token") {
    return [option("--from", idp), option("--okta-url", url), option("--okta-app", appId)];
  }
  return [
    option("--from", idp),
    option("--entra-cloud", url),
    option("--entra-tenant", credentials.tenantId),
    option("--entra-app", appId),
  ];
}

function variablesOf({
  provider: { credentials },
  astro,
  isTokenGiven,
}: AnnouncedProvider): readonly (readonly [name: string, value: string])[] {
  const own =
    credentials.kind === "api-token"
      ? ([["OKTA_CLIENT_TOKEN", credentials.token]] as const)
      : ([
          ["AZURE_CLIENT_ID", credentials.clientId],
          ["AZURE_CLIENT_SECRET", credentials.secret],
        ] as const);
  return [...own, ...(isTokenGiven ? [] : [["ASTRO_SCIM_TOKEN", astro.token] as const])];
}
