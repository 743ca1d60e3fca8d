/** `--entra-cloud`: a cloud of Microsoft by its name, or an emulator by its URL. */

import { AppError } from "../../ground/errors.ts";
import { isLoopbackHost, requireSafeTransport } from "../../http/loopback.ts";
import type { ProviderSearch } from "./provider-search.ts";
import { cloudHosts, entraClouds, type CloudHosts } from "../../management/graph/clouds.ts";

/**
 * A cloud by its name; the URL of an emulator serves both.
 * @throws AppError usage; refused, for plain HTTP to another machine
 */
export function entraCloud(text: string, source: string): CloudHosts {
  const known = entraClouds.find((name) => name === text);
  if (known !== undefined) return cloudHosts[known];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUrl = url !== undefined && (url.protocol === "https:" || url.protocol === "http:");
  if (!isUrl || url.username !== "" || url.password !== "") {
    throw new AppError("usage", `The cloud in ${source} is not known.`, {
      hint: `Use ${entraClouds.join(", ")}, or the URL of an emulator.`,
    });
  }
  requireSafeTransport(url);
  return { login: url.origin, graph: url.origin };
}

/**
 * Microsoft's own clouds and this machine may have the credentials. Another host takes them only where somebody agrees: at the
 * question, or as a host that a profile names.
 * @throws AppError refused, where nobody can be asked; declined, for no
 */
export async function requireKnownCloud(
  { profile, confirm }: ProviderSearch,
  { cloud, source }: { readonly cloud: CloudHosts; readonly source: string },
): Promise<void> {
  if (entraClouds.some((name) => cloudHosts[name].login === cloud.login)) return;
  const { host, hostname } = new URL(cloud.login);
  const ofProfile = profile?.directory?.entra?.cloud;
  const isNamed =
    ofProfile !== undefined && entraCloud(ofProfile, profile?.label ?? "").login === cloud.login;
  if (isLoopbackHost(hostname) || isNamed) return;
  const what = `With --entra-cloud the credentials from ${source} go to ${host}, which is not a cloud of Microsoft.`;
  if (confirm === undefined) {
    throw new AppError("refused", what, {
      hint: "If that is right, name the host in a profile (directory: { entra: { cloud: URL } }) and use it with --profile.",
    });
  }
  if (!(await confirm(`${what} Send them?`))) {
    throw new AppError("declined", "Not confirmed; nothing was contacted.");
  }
}
