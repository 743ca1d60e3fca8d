/** Views that are text to scroll: a request, the help, the connection. */

import { keyHelp } from "../keys.ts";
import type { LiveState, View } from "../model/state.ts";
import { folded, lineWidth, span, type Line } from "./line.ts";
import { requestPage } from "./request-page.ts";

export type Page = Extract<View, { readonly top: number }>;

export function isPage(view: View): view is Page {
  return view.kind === "request" || view.kind === "help" || view.kind === "connection";
}

/** Lines of a page that are seen at once: all but the title and the status line. */
export function pageHeight({ rows }: LiveState["size"]): number {
  return Math.max(0, rows - 2);
}

/** All lines of the page, none wider than the screen. */
export function pageLines(page: Page, { size, connection }: LiveState): readonly Line[] {
  switch (page.kind) {
    case "request":
      return requestPage(page.request, size.columns);
    case "help":
      return helpLines(size.columns);
    case "connection":
      return connectionLines(connection, size.columns);
  }
}

/** The last line is seen at the bottom of the screen, not further up. */
export function withinPage(top: number, page: Page, state: LiveState): number {
  const last = pageLines(page, state).length - pageHeight(state.size);
  return Math.max(0, Math.min(top, last));
}

/** A value that does not fit beside its label stands below it, without an indent that would be copied with it. */
export function connectionLines(connection: LiveState["connection"], columns: number): readonly Line[] {
  return connection.flatMap(({ label, value }) => {
    const line: Line = [span(`  ${label.padEnd(14)} ${value}`.trimEnd())];
    if (lineWidth(line) <= columns) return [line];
    return [`  ${label}`, ...folded(value, columns)].map((text): Line => [span(text)]);
  });
}

function helpLines(columns: number): readonly Line[] {
  return keyHelp.flatMap(({ keys, does }) => {
    const [first = "", ...rest] = folded(`  ${keys.padEnd(16)} ${does}`, columns, {
      indent: 19,
      at: "spaces",
    });
    const isSplit = first.length > 18;
    const line: Line = isSplit ? [span(first.slice(0, 18), "bold"), span(first.slice(18))] : [span(first)];
    return [line, ...rest.map((text): Line => [span(text)])];
  });
}
