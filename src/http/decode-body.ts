/** From the bytes of an answer to its text: content codings undone, within a limit. */

import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";

/** More than this is not an answer about users and groups; a compressed one may not grow beyond it either. */
export const maxBodyBytes = 64 * 1024 * 1024;

/** RFC 9110 §8.4 lets codings be stacked; nobody stacks more, except to do harm. */
const maxCodings = 2;

/** Why the bytes are not the body: one clause for people that follows the server's name. */
export class UndecodableBody extends Error {
  override readonly name = "UndecodableBody";
}

const utf8 = new TextDecoder();

type Decoder = (bytes: Uint8Array) => Promise<Uint8Array>;

const limit = { maxOutputLength: maxBodyBytes };
const asyncGunzip = promisify(gunzip);
const asyncBrotli = promisify(brotliDecompress);
const asyncInflate = promisify(inflate);
const asyncInflateRaw = promisify(inflateRaw);

const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ["gzip", async (bytes) => asyncGunzip(bytes, limit)],
  ["x-gzip", async (bytes) => asyncGunzip(bytes, limit)],
  ["br", async (bytes) => asyncBrotli(bytes, limit)],
  [
    "deflate",
    async (bytes) => (hasZlibHeader(bytes) ? asyncInflate(bytes, limit) : asyncInflateRaw(bytes, limit)),
  ],
]);

/**
 * The text of a body, decoded by its `Content-Encoding` and read as UTF-8, without a byte order mark.
 * @throws UndecodableBody for an unknown coding, damaged data, or more than `maxBodyBytes`.
 */
export async function decodeBody(bytes: Uint8Array, contentEncoding: string | undefined): Promise<string> {
  if (contentEncoding === undefined) return utf8.decode(bytes);
  const codings = contentEncoding
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > maxCodings) throw new UndecodableBody("answered with too many content codings");
  let decoded = bytes;
  // RFC 9110 §8.4: listed in the order in which they were applied.
  for (const coding of codings.toReversed()) decoded = await undo(coding, decoded);
  return utf8.decode(decoded);
}

async function undo(coding: string, bytes: Uint8Array): Promise<Uint8Array> {
  const decoder = decoders.get(coding);
  if (decoder === undefined) throw new UndecodableBody("answered in a content coding that is not supported");
  if (bytes.byteLength === 0) return bytes;
  try {
    return await decoder(bytes);
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    const problem = isTooLarge ? tooLarge : `answered with damaged ${coding} data`;
    throw new UndecodableBody(problem, { cause: error });
  }
}

/** The clause for a body beyond `maxBodyBytes`, compressed or not. */
export const tooLarge = `answered with more than ${maxBodyBytes / 1024 / 1024} MiB`;

/** RFC 9110 §8.4.1.2: `deflate` is the zlib format, but some servers send the bare stream. RFC 1950 §2.2: the header. */
function hasZlibHeader(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}
