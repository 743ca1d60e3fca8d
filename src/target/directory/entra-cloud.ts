/** The clouds of Microsoft, and where each issues tokens and answers Graph. */

import { AppError } from "../../ground/errors.ts";
import { requireSafeTransport } from "../../http/loopback.ts";

export interface EntraCloud {
  /** Origin that issues tokens. */
  readonly login: string;
  /** Origin of Microsoft Graph. */
  readonly graph: string;
}

/** Microsoft: Microsoft Graph national cloud deployments. */
const clouds: Readonly<Record<string, EntraCloud>> = {
  global: { login: "https://login.microsoftonline.com", graph: "https://graph.microsoft.com" },
  "us-government": { login: "https://login.microsoftonline.us", graph: "https://graph.microsoft.us" },
  "us-government-dod": { login: "https://login.microsoftonline.us", graph: "https://dod-graph.microsoft.us" },
  china: { login: "https://login.chinacloudapi.cn", graph: "https://microsoftgraph.chinacloudapi.cn" },
};

/**
 * A cloud by its name; the URL of an emulator serves both.
 * @throws AppError usage; refused, for plain HTTP to another machine
 */
export function entraCloud(text: string, source: string): EntraCloud {
  const known = Object.hasOwn(clouds, text) ? clouds[text] : undefined;
  if (known !== undefined) return known;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUrl = url !== undefined && (url.protocol === "https:" || url.protocol === "http:");
  if (!isUrl || url.username !== "" || url.password !== "") {
    throw new AppError("usage", `The cloud of ${source} is not known.`, {
      hint: `Use ${Object.keys(clouds).join(", ")}, or the URL of an emulator.`,
    });
  }
  requireSafeTransport(url);
  return { login: url.origin, graph: url.origin };
}
