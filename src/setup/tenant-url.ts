/** What is wrong with a SCIM URL as it is in a console: the Entra flag, a slash, another address. */

import { entraFlag } from "../astro/address.ts";
import type { SetupAnswers } from "./answers.ts";

/** Each is the name of a warning. */
export type UrlFault =
  | "flag-missing"
  | "flag-misspelt"
  | "flag-in-path"
  | "flag-encoded"
  | "flag-doubled"
  | "flag-in-okta"
  | "flag-in-gallery-app"
  | "slash-at-end"
  | "resource-in-path"
  | "other-address";

const like = /aad_?opt|optscim|062020/i;

/** Every fault of the URL; none for the one on the sheet. */
export function urlFaults(
  url: string,
  { idp, integration, scimUrl }: Pick<SetupAnswers, "idp" | "integration" | "scimUrl">,
): readonly UrlFault[] {
  const wantsFlag = idp === "entra" && integration === "manual";
  const [beforeQuery = "", ...queries] = url.trim().split("?");
  const query = queries.join("?");
  const address = beforeQuery.replace(/(?:%3F|&)(?=aad).*$/i, "");
  const path = withoutFlagPart(address);
  const faults: readonly (UrlFault | false)[] = [
    ...(wantsFlag ? flagFaults(beforeQuery, query) : [unwantedFlag(idp, url)]),
    address.endsWith("/") && "slash-at-end",
    /\/(?:Users|Groups|Schemas|ServiceProviderConfig)\/?$/i.test(path) && "resource-in-path",
    !isSameAddress(path, scimUrl) && "other-address",
  ];
  return faults.filter((fault) => fault !== false);
}

function unwantedFlag(idp: SetupAnswers["idp"], url: string): UrlFault | false {
  if (!like.test(url)) return false;
  return idp === "okta" ? "flag-in-okta" : "flag-in-gallery-app";
}

function flagFaults(beforeQuery: string, query: string): readonly UrlFault[] {
  if (/%3F/i.test(beforeQuery)) return ["flag-encoded"];
  if (like.test(beforeQuery)) return ["flag-in-path"];
  const parts = query.split(/[&?]/).filter((part) => part !== "");
  const right = parts.filter((part) => part.split("=")[0] === entraFlag);
  if (right.length > 1) return ["flag-doubled"];
  if (right.length === 1) return parts.length === 1 ? [] : ["flag-misspelt"];
  return parts.some((part) => like.test(part)) ? ["flag-misspelt"] : ["flag-missing"];
}

/** The address without a flag that was written into the path. */
function withoutFlagPart(address: string): string {
  return address
    .split("/")
    .filter((part) => !like.test(part))
    .join("/")
    .replace(/\/+$/, "");
}

/** A resource behind the address is a fault of its own. */
function isSameAddress(address: string, scimUrl: string): boolean {
  const bare = address.replace(/\/(?:Users|Groups|Schemas|ServiceProviderConfig)$/i, "");
  return bare.toLowerCase() === scimUrl.toLowerCase();
}
