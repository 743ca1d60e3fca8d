/** Content codings (RFC 9110 §8.4.1), undone piece by piece: what was inflated is handed on before more is. */

import { pipeline, Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

import { UndecodableBody } from "./undecodable-body.ts";

/** `head` holds the first two bytes, or one where there are no more. */
type NewDecoder = (head: Uint8Array) => Transform;

const decoders: ReadonlyMap<string, NewDecoder> = new Map<string, NewDecoder>([
  ["gzip", () => createGunzip()],
  ["x-gzip", () => createGunzip()],
  ["br", () => createBrotliDecompress()],
  ["deflate", (head) => (hasZlibHeader(head) ? createInflate() : createInflateRaw())],
]);

/** Whether `undoCoding` can undo it; names are in lower case. */
export function isKnownCoding(coding: string): boolean {
  return decoders.has(coding);
}

/**
 * What the pieces were before they were coded; nothing comes of nothing.
 * @throws UndecodableBody for damaged data; whatever the source throws
 */
export async function* undoCoding(
  coding: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  const head = await firstBytes(pieces, 2);
  const decoder = head.byteLength === 0 ? undefined : decoders.get(coding)?.(head);
  if (decoder === undefined) return;
  const failures: unknown[] = [];
  const rest = noting(failures, pieces);
  const decoded = pipeline(Readable.from(following(head, rest)), decoder, () => {
    // The reader of `decoded` gets the error.
  });
  try {
    yield* decoded;
  } catch (error) {
    if (failures.length > 0) throw failures[0];
    throw new UndecodableBody(`answered with damaged ${coding} data`, { cause: error });
  }
}

async function firstBytes(pieces: AsyncIterator<Uint8Array>, count: number): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.byteLength < count) {
    const next = await pieces.next();
    if (next.done === true) return head;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

/** The remaining pieces; where they end with an error it is noted, for it is not a fault of the data. */
async function* noting(failures: unknown[], pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
  } catch (error) {
    failures.push(error);
    throw error;
  } finally {
    await pieces.return?.();
  }
}

async function* following(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

/** RFC 9110 §8.4.1.2: `deflate` is the zlib format, but some servers send the bare stream. RFC 1950 §2.2: the header. */
function hasZlibHeader(head: Uint8Array): boolean {
  const [method = 0, flags = 0] = head;
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}
