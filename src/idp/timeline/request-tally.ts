/** Counts the requests of a step that its fixture speaks of; keeps counts and a few lines, and no bodies. */

import { decodedPath } from "../../ground/text/decoded-path.ts";
import type { RequestExpectation, RequestPath } from "../../directory/expectation.ts";
import type { JsonObject } from "../../ground/json.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { redactJsonObject } from "../../wire/redact-json.ts";
import type { Send, WireRequest } from "../../wire/exchange.ts";
import { bodyHolds, namedIn } from "./body-holds.ts";
import type { ResourceIds } from "../expected/find-account.ts";
import type { UnmetRequest } from "../run/unmet-expectation.ts";

/** A connection to the server that counts its requests. */
export interface RequestWatch {
  /** Sends as before; each request counts, repetitions included. */
  readonly send: Send;
  /** From now on what is sent counts for these expectations, and no longer for earlier ones. */
  readonly count: (expected: readonly RequestExpectation[]) => RequestTally;
  /** Nothing counts any more. */
  readonly stop: () => void;
}

export interface RequestTally {
  /** What was not sent so often as it should be; the ids are those before and after the step. */
  readonly unmet: (ids: ResourceIds) => readonly UnmetRequest[];
}

export function watchRequests(send: Send): RequestWatch {
  let tally: CountingTally | undefined;
  return {
    send: (request) => {
      tally?.add(request);
      return send(request);
    },
    count: (expected) => {
      tally = new CountingTally(expected);
      return tally;
    },
    stop: () => {
      tally = undefined;
    },
  };
}

/** As many requests as tell a person what was sent instead. */
const mostLines = 5;
/** As much of a body as stands in such a line. */
const longestBody = 300;

interface Line {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Requests of one kind to one resource. */
interface Counted {
  count: number;
  readonly lines: Line[];
}

interface Row {
  readonly expectation: RequestExpectation;
  /** By id in the path, which is empty where the path has none: whose it is, is known at the end only. */
  readonly counted: Map<string, Counted>;
  /** Of the same method and path, with another body. */
  readonly near: Line[];
}

class CountingTally implements RequestTally {
  readonly #rows: readonly Row[];
  readonly #all: Line[] = [];

  constructor(expected: readonly RequestExpectation[]) {
    this.#rows = expected.map((expectation) => ({ expectation, counted: new Map(), near: [] }));
  }

  add(request: WireRequest): void {
    note(this.#all, request, undefined);
    for (const row of this.#rows) addTo(row, request);
  }

  unmet(ids: ResourceIds): readonly UnmetRequest[] {
    return this.#rows.flatMap((row) => unmetOf(row, this.#all, ids));
  }
}

function addTo({ expectation, counted, near }: Row, request: WireRequest): void {
  const { method, path, body } = expectation;
  if (!isOfMethod(method, request.method)) return;
  const id = path === undefined ? "" : idIn(request.path, path);
  if (id === undefined) return;
  if (body !== undefined && !bodyHolds(request.body, body)) {
    note(near, request, body);
    return;
  }
  const before = counted.get(id) ?? { count: 0, lines: [] };
  before.count += 1;
  note(before.lines, request, body);
  counted.set(id, before);
}

function isOfMethod(expected: RequestExpectation["method"], method: string): boolean {
  return expected === undefined || (expected === "write" ? method !== "GET" : expected === method);
}

/** The id that the path names, empty where it names none; undefined where the path is another. */
function idIn(sent: string, { endpoint, resource, query }: RequestPath): string | undefined {
  const [path = "", ...rest] = sent.split("?");
  if (query !== undefined && !isLike(decodedPath(rest.join("?")), query)) return undefined;
  if (resource === undefined) return isLike(foldCase(path), foldCase(endpoint)) ? "" : undefined;
  const base = `${foldCase(endpoint)}/`;
  if (!foldCase(path).startsWith(base)) return undefined;
  return decodedPath(path.slice(base.length));
}

/** Whether a text is as a pattern has it, in which `*` stands for any text. */
function isLike(text: string, pattern: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  const end = rest.pop();
  if (end === undefined) return text === pattern;
  if (!text.startsWith(start) || text.length < start.length + end.length || !text.endsWith(end)) return false;
  let at = start.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - end.length;
}

function note(
  lines: Line[],
  { method, path, body }: WireRequest,
  expectedBody: JsonObject | undefined,
): void {
  if (lines.length >= mostLines) return;
  lines.push({ method, path, body: expectedBody === undefined ? "" : bodyText(body, expectedBody) });
}

/** Without secrets, and of the rest what the expectation is about. */
function bodyText(body: JsonObject | undefined, expected: JsonObject): string {
  if (body === undefined) return " without a body";
  const text = JSON.stringify(
    namedIn(
      redactJsonObject(body, (plain) => plain),
      expected,
    ),
  );
  return ` ${text.length <= longestBody ? text : `${text.slice(0, longestBody)}…`}`;
}

function unmetOf(row: Row, all: readonly Line[], ids: ResourceIds): readonly UnmetRequest[] {
  const { min, max } = row.expectation;
  const { counted, others } = ofResource(row, ids);
  const count = counted.reduce((sum, one) => sum + one.count, 0);
  if (count >= min && (max === undefined || count <= max)) return [];
  const lines = counted.flatMap((one) => one.lines);
  const near = [...row.near, ...others.flatMap((one) => one.lines)];
  const instead = near.length === 0 && lines.length === 0 ? all : [...lines, ...near];
  const shown = (count < min ? instead : lines).slice(0, mostLines);
  return [
    {
      kind: "request",
      name: nameOf(row.expectation),
      what: "count",
      expected: { min, max: max ?? null },
      got: { count, sent: shown.map((line) => lineText(line, ids)) },
    },
  ];
}

function ofResource(
  { expectation, counted }: Row,
  ids: ResourceIds,
): { readonly counted: readonly Counted[]; readonly others: readonly Counted[] } {
  const resource = expectation.path?.resource;
  if (resource === undefined || resource === "any") return { counted: [...counted.values()], others: [] };
  const wanted = ids.idsOf(resource);
  const of = (isWanted: boolean): readonly Counted[] =>
    [...counted].filter(([id]) => wanted.has(id) === isWanted).map(([, one]) => one);
  return { counted: of(true), others: of(false) };
}

function nameOf({ method, path, body }: RequestExpectation): string {
  const kind = method === undefined ? "any request" : method === "write" ? "any write" : method;
  const to = path === undefined ? "" : ` ${path.text}`;
  return `${kind}${to}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`;
}

/** With the names of people and Teams in place of their ids. */
function lineText({ method, path, body }: Line, { nameOf: find }: ResourceIds): string {
  const [, base = "", id = "", query = ""] = /^(\/[^/?]+)\/([^?]*)(.*)$/.exec(path) ?? [];
  const name = id === "" ? undefined : find(decodedPath(id));
  const shown = name === undefined ? path : `${base}/${name}${query}`;
  return `${method} ${decodedPath(shown)}${body}`;
}
