/** Which route a path belongs to. */

import type { EmulatedApi, EmulatedRoute } from "./emulated-api.ts";

/** A path below the origin, without the query. */
export interface RequestPath {
  /** Decoded; a segment may hold a slash of its own. */
  readonly segments: readonly string[];
  readonly text: string;
}

export type RouteMatch =
  | {
      readonly kind: "found";
      readonly route: EmulatedRoute;
      readonly params: Readonly<Record<string, string>>;
    }
  /** The path exists, with other methods. */
  | { readonly kind: "wrong-method"; readonly path: string; readonly allowed: readonly string[] }
  | { readonly kind: "not-found" };

/** Undefined where the path is not well encoded. */
export function readPath(path: string): RequestPath | undefined {
  try {
    const segments = path.split("/").slice(1).map(decodeURIComponent);
    if (segments.length > 1 && segments.at(-1) === "") segments.pop();
    return { segments, text: `/${segments.join("/")}` };
  } catch {
    return undefined;
  }
}

/**
 * Finds the route of a path. A segment of a route may be a word, a parameter (`:id`), or a parameter between other characters
 * (`servicePrincipals(appId=':appId')`). Where several routes match, the one with more fixed characters counts.
 */
export function routeFinder(
  routes: EmulatedApi["routes"],
): (method: string, path: RequestPath) => RouteMatch {
  const byLength = new Map<number, PatternedRoute[]>();
  for (const route of routes) {
    const segments = route.path.split("/").slice(1).map(patternOf);
    const fixed = segments.reduce((sum, segment) => sum + segment.fixed, 0);
    const others = byLength.get(segments.length) ?? [];
    byLength.set(segments.length, [...others, { route, segments, fixed }]);
  }
  for (const patterned of byLength.values()) patterned.sort((one, other) => other.fixed - one.fixed);
  return (method, { segments }) => {
    const fitting = (byLength.get(segments.length) ?? []).flatMap((patterned) => {
      const params = paramsOf(patterned.segments, segments);
      return params === undefined ? [] : [{ route: patterned.route, params }];
    });
    const [first] = fitting;
    if (first === undefined) return { kind: "not-found" };
    const found = fitting.find(({ route }) => route.method === method);
    if (found !== undefined) return { kind: "found", ...found };
    const { path } = first.route;
    const allowed = routes.filter((route) => route.path === path).map((route) => route.method);
    return { kind: "wrong-method", path, allowed };
  };
}

interface PatternedRoute {
  readonly route: EmulatedRoute;
  readonly segments: readonly SegmentPattern[];
  readonly fixed: number;
}

type SegmentPattern =
  | { readonly word: string; readonly fixed: number }
  | { readonly before: string; readonly name: string; readonly after: string; readonly fixed: number };

function patternOf(segment: string): SegmentPattern {
  const [before = "", name, after = ""] = segment.split(/:(\w+)/);
  if (name === undefined) return { word: segment, fixed: segment.length };
  return { before, name, after, fixed: before.length + after.length };
}

function paramsOf(
  patterns: readonly SegmentPattern[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const params: Record<string, string> = {};
  for (const [index, pattern] of patterns.entries()) {
    const segment = segments[index] ?? "";
    if ("word" in pattern) {
      if (pattern.word !== segment) return undefined;
      continue;
    }
    const { before, name, after } = pattern;
    const isLongEnough = segment.length > before.length + after.length;
    if (!isLongEnough || !segment.startsWith(before) || !segment.endsWith(after)) return undefined;
    params[name] = segment.slice(before.length, segment.length - after.length);
  }
  return params;
}
