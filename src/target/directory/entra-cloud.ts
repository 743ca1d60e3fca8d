/** `--entra-cloud`: a cloud of Microsoft by its name, or an emulator by its URL. */

import { AppError } from "../../ground/errors.ts";
import { requireSafeTransport } from "../../http/loopback.ts";
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
