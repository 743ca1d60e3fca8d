/** The paths that a fault can name: a fault that no request can meet would be no fault, and nobody would notice. */

import { AppError } from "../../ground/errors.ts";
import { nearestName } from "../../ground/text/nearest-name.ts";
import { faultText } from "../../fault/fault-text.ts";
import type { Fault } from "../../fault/fault.ts";
import type { Api } from "../api/api.ts";
import { pathBelow } from "../api/paths.ts";

type FaultedApi = Pick<Api, "prefix" | "faultBase"> & {
  readonly routes: readonly { readonly path: string }[];
  readonly refusedRoutes: readonly { readonly path: string }[];
};

/** @throws AppError usage, naming the first fault below whose path there is no route of these APIs */
export type RequireRoutes = (faults: readonly Fault[]) => void;

export function routesForFaults(apis: readonly FaultedApi[]): RequireRoutes {
  const routes = [...new Set(apis.flatMap(pathsOf))].map((path) => path.split("/"));
  const isKnown = (path: string): boolean => routes.some((route) => leadsTo(path.split("/"), route));
  return (faults) => {
    const lost = faults.find(({ path }) => path !== undefined && !isKnown(path));
    if (lost?.path === undefined) return;
    throw new AppError(
      "usage",
      `Fault "${faultText(lost.settings)}": no request has a path that begins with ${lost.path}.`,
      { hint: `${nearest(lost.path, { apis, isKnown, routes })} ${form}` },
    );
  };
}

const form =
  "A path is below the SCIM URL (/Users), or below the organization of Astro's own API (/users); without one a fault is about all requests.";

/** As `pathsForFaults` knows a request: below the prefix of its API, and below the organization. */
function pathsOf({ prefix, faultBase, routes, refusedRoutes }: FaultedApi): readonly string[] {
  const base = faultBase?.slice(prefix.length);
  return [...routes, ...refusedRoutes].flatMap(({ path }) =>
    base !== undefined && path.startsWith(`${base}/`) ? [path, path.slice(base.length)] : [path],
  );
}

/** Whether the segments are those that the route begins with. */
function leadsTo(path: readonly string[], route: readonly string[]): boolean {
  return (
    path.length <= route.length &&
    path.every((segment, at) => segment === route[at] || route[at]?.startsWith(":") === true)
  );
}

interface Known {
  readonly apis: readonly FaultedApi[];
  readonly isKnown: (path: string) => boolean;
  readonly routes: readonly (readonly string[])[];
}

function nearest(path: string, { apis, isKnown, routes }: Known): string {
  const bases = apis.flatMap(({ prefix, faultBase }) => [faultBase ?? prefix, prefix]);
  const below = bases.map((base) => pathBelow(base, path)).find((rest) => rest !== undefined && rest !== "");
  if (below !== undefined && isKnown(below)) return `Write path=${below}.`;
  const first = [...new Set(routes.map((route) => `/${route[1] ?? ""}`))].filter((one) => /^\/\w/.test(one));
  const word = `/${path.split("/")[1] ?? ""}`;
  // /Users and /users are two: the case that was written is the one that is meant.
  const sameCase = first.filter((one) => one[1] === word[1]);
  const meant = nearestName(word, [...sameCase, ...first]);
  return meant === undefined ? `Known are ${first.toSorted().join(", ")}.` : `Did you mean ${meant}?`;
}
