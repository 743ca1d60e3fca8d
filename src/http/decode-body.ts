/** From the bytes of an answer to its text as they arrive: content codings undone, within limits. */

import { formatBytes } from "../ground/text/quantities.ts";
import type { Readable } from "node:stream";

import { isKnownCoding, undoCoding } from "./content-coding.ts";
import { UndecodableBody } from "./undecodable-body.ts";

/** More than this is not an answer about users and groups; what a compressed one grows to, all codings together, may not be more either. */
export const maxBodyBytes = 64 * 1024 * 1024;

/**
 * What may be inflated in a run. Only Okta asks for compressed answers: 100,000 users that it finds, creates and
 * updates come to 0.5 GB.
 */
const maxInflatedBytes = 2048 * 1024 * 1024;

/** RFC 9110 §8.4 allows several codings; more than this is only sent to do harm. */
const maxCodings = 2;

/** So many pieces are put together at a time: one of a single byte takes a hundred as an object. */
const piecesPerBlock = 256;

const utf8 = new TextDecoder();

/** The clause for a body beyond `maxBodyBytes`, compressed or not. */
export const tooLarge = `answered with more than ${formatBytes(maxBodyBytes)}`;

/** Counts what is inflated over many answers. */
export interface InflationBudget {
  /** @throws UndecodableBody where more was inflated than may be */
  spend(bytes: number): void;
}

/** For all answers of a run together. */
export function createInflationBudget(limitBytes = maxInflatedBytes): InflationBudget {
  return budgetOf(
    limitBytes,
    `answered with more than ${formatBytes(limitBytes)} of compressed data in this run`,
  );
}

/**
 * The text of a body, decoded by its `Content-Encoding` and read as UTF-8, without a byte order mark. The body is
 * destroyed where it is not read to its end.
 * @throws UndecodableBody for an unknown coding, damaged data, or more than `maxBodyBytes` or the budget.
 */
export async function decodeBody(
  body: Readable,
  contentEncoding: string | undefined,
  budget: InflationBudget,
): Promise<string> {
  // The iterator reports the error to its reader; without a listener Node would take it for an unhandled one.
  body.on("error", () => {});
  try {
    return await textOf(undoAll(codingsOf(contentEncoding), body, budget));
  } catch (error) {
    body.destroy();
    throw error;
  }
}

function codingsOf(contentEncoding = ""): readonly string[] {
  const codings = contentEncoding
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > maxCodings) throw new UndecodableBody("answered with too many content codings");
  if (codings.every(isKnownCoding)) return codings;
  throw new UndecodableBody("answered in a content coding that is not supported");
}

function undoAll(
  codings: readonly string[],
  body: AsyncIterable<Uint8Array>,
  ofRun: InflationBudget,
): AsyncIterable<Uint8Array> {
  const ofAnswer = budgetOf(maxBodyBytes, tooLarge);
  let decoded = body;
  // RFC 9110 §8.4: listed in the order in which they were applied.
  for (const coding of codings.toReversed()) {
    decoded = counted(undoCoding(coding, decoded), [ofAnswer, ofRun]);
  }
  return decoded;
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  budgets: readonly InflationBudget[],
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (const budget of budgets) budget.spend(piece.byteLength);
    yield piece;
  }
}

async function textOf(decoded: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces = new TextPieces();
  for await (const piece of decoded) pieces.add(piece);
  return pieces.text();
}

/** The pieces of a body as they arrive, and their text at the end: UTF-8, without a byte order mark. */
export class TextPieces {
  readonly #blocks: Uint8Array[] = [];
  #waiting: Uint8Array[] = [];

  add(piece: Uint8Array): void {
    this.#waiting.push(piece);
    if (this.#waiting.length < piecesPerBlock) return;
    this.#blocks.push(Buffer.concat(this.#waiting));
    this.#waiting = [];
  }

  text(): string {
    const pieces = [...this.#blocks, ...this.#waiting];
    const [only] = pieces;
    // At once, and not block by block: a string put together of parts is copied again as soon as it is read.
    return utf8.decode(only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces));
  }
}

function budgetOf(limitBytes: number, clause: string): InflationBudget {
  let spentBytes = 0;
  return {
    spend: (bytes) => {
      spentBytes += bytes;
      if (spentBytes > limitBytes) throw new UndecodableBody(clause);
    },
  };
}
