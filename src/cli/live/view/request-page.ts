/** One request with its headers and bodies, as lines that can be scrolled. */

import { Chalk } from "chalk";
import { printable } from "../../../ground/text/printable.ts";
import { exchangeBodyLines } from "../../../report/exchange-text.ts";
import type { ReceivedExchange } from "../../../server/log/received.ts";
import { resentHeader } from "../resent-header.ts";
import type { LiveRequest } from "../model/live-request.ts";
import { folded, span, type Line, type SpanStyle } from "./line.ts";

/** More is not read on a screen: `--record` keeps it. */
const maxLines = 5_000;

interface PageLine {
  readonly text: string;
  readonly style: SpanStyle;
  /** Of the lines in which its rest goes on. */
  readonly indent: number;
}

/** The words of a request take a while where its answer is long, and nothing in them changes. */
const pages = new WeakMap<LiveRequest, { readonly columns: number; readonly lines: readonly Line[] }>();

export function requestPage(request: LiveRequest, columns: number): readonly Line[] {
  const known = pages.get(request);
  if (known?.columns === columns) return known.lines;
  const lines = pageLines(request).flatMap(({ text, style, indent }) =>
    folded(text, columns, { indent }).map((line): Line => [span(line, style)]),
  );
  pages.set(request, { columns, lines });
  return lines;
}

function pageLines(request: LiveRequest): readonly PageLine[] {
  const exchange = request.logged.exchange();
  const { time, method, path, status, duration, client, fault, detail } = request.words();
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    ["answered", `${time}, after ${duration}`],
    ["client", client],
    ["fault", fault],
    ["detail", detail],
  ];
  return [
    { text: `${method} ${path}  ${status}`, style: "bold", indent: 2 },
    ...facts.flatMap(([label, value]) =>
      value === undefined ? [] : [plain(`  ${label.padEnd(9)} ${value}`, 12)],
    ),
    plain(""),
    ...messageLines(request, exchange),
  ];
}

function messageLines({ hide, logged }: LiveRequest, exchange: ReceivedExchange): readonly PageLine[] {
  const { request, answer } = exchange;
  const bodies = exchangeBodyLines(exchange, withoutColours);
  // The same lines without what was answered are what was sent.
  const sent = exchangeBodyLines({ ...exchange, answer: noAnswer }, withoutColours).slice(0, -1);
  const shown = (lines: readonly string[]): readonly PageLine[] =>
    lines.length === 0
      ? []
      : hide(cut(lines).join("\n"))
          .split("\n")
          .map((line) => plain(line, 6));
  const headers = (mark: string, list: Readonly<Record<string, string>>): readonly PageLine[] =>
    Object.entries(list)
      .filter(([name]) => name !== resentHeader)
      .map(([name, value]) => ({
        text: printable(hide(`    ${mark} ${name}: ${value}`)),
        style: "dim",
        indent: 6,
      }));
  const answerLine =
    answer.kind === "response"
      ? heading(`  Answer ${answer.status}`, answer.status < 400 ? "good" : "bad")
      : heading("  No answer", "bad");
  return [
    heading(printable(hide(`  Request ${request.method} ${exchange.url}`)), "bold"),
    ...headers(">", request.headers),
    ...(request.body === undefined && hasBody(request.headers)
      ? [plain(`    > [not shown: ${whyNotShown(logged, exchange.url)}]`, 6)]
      : []),
    ...shown(sent),
    plain(""),
    answerLine,
    ...(answer.kind === "response" ? headers("<", answer.headers) : []),
    ...shown(bodies.slice(sent.length)),
  ];
}

function whyNotShown({ isWithoutBodies }: LiveRequest["logged"], url: string): string {
  if (!isWithoutBodies) return "cannot be read as a JSON object";
  return url.startsWith("/_control") ? "not kept for the control endpoint" : "too long";
}

function hasBody(headers: Readonly<Record<string, string>>): boolean {
  return headers["transfer-encoding"] !== undefined || !["0", undefined].includes(headers["content-length"]);
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= maxLines) return lines;
  return [
    ...lines.slice(0, maxLines),
    `    [${lines.length - maxLines} more lines; --record keeps all of them]`,
  ];
}

function plain(text: string, indent = 0): PageLine {
  return { text, style: "plain", indent };
}

function heading(text: string, style: SpanStyle): PageLine {
  return { text, style, indent: 4 };
}

const withoutColours = new Chalk({ level: 0 });

/** One line of a body is added for it. */
const noAnswer = { kind: "no-response", reason: "reset", message: "-" } as const;
