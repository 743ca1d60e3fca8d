/** Microsoft's clouds: where tokens come from, and where Microsoft Graph is (Microsoft Graph: National cloud deployments). */

export const entraClouds = ["global", "us-government", "us-government-dod", "china"] as const;

/** `us-government` is L4 (GCC High), `us-government-dod` is L5; `china` is operated by 21Vianet. GCC uses the global cloud. */
export type EntraCloud = (typeof entraClouds)[number];

export interface CloudHosts {
  /** Microsoft Entra ID: below it `/{tenant}/oauth2/v2.0/token`. */
  readonly login: string;
  /** Microsoft Graph, without the version. */
  readonly graph: string;
}

export const cloudHosts: Readonly<Record<EntraCloud, CloudHosts>> = {
  global: { login: "https://login.microsoftonline.com", graph: "https://graph.microsoft.com" },
  "us-government": { login: "https://login.microsoftonline.us", graph: "https://graph.microsoft.us" },
  "us-government-dod": { login: "https://login.microsoftonline.us", graph: "https://dod-graph.microsoft.us" },
  china: { login: "https://login.chinacloudapi.cn", graph: "https://microsoftgraph.chinacloudapi.cn" },
};

/** Every path is of this version, where nothing else is said. */
export const graphVersion = "v1.0";

/** What an object is linked to is only in this one. */
export const graphBetaVersion = "beta";

/** As `--entra-cloud` takes it: a name, or the URL of an emulator; undefined for the global one, which is the default. */
export function nameOfCloud({ login, graph }: CloudHosts): string | undefined {
  const name = entraClouds.find((one) => cloudHosts[one].graph === graph);
  return name === "global" ? undefined : (name ?? login);
}
