/** A recording that is to be replayed, from its file. */

import { formatBytes } from "../../ground/text/quantities.ts";
import { isUtf8 } from "node:buffer";
import { resolve } from "node:path";
import { AppError } from "../../ground/errors.ts";
import { parseRecording } from "../../replay/recording/parse-recording.ts";
import { chooseExchanges, type Recording } from "../../replay/recording/recording.ts";
import type { Io } from "../../world/io.ts";
import { FileTooLarge, fileProblem, readSmallBytes } from "../../files/read-small-file.ts";

/** Some hundred thousand requests; strings in JavaScript end at twice as much. */
const maxRecordingBytes = 256 * 1024 * 1024;

/**
 * Reads it and finds its SCIM requests; `base` is what `--base` says.
 * @throws AppError invalid-file, with the place, where it is not a recording or holds nothing to send; usage for `base`
 */
export async function readRecording(io: Io, file: string, base: string | undefined): Promise<Recording> {
  const text = await readText(io, file);
  const recording = chooseExchanges(file, parseRecording(file, text), base);
  if (recording.exchanges.length > 0) return recording;
  throw new AppError("invalid-file", `The recording ${file} has no SCIM request that can be sent again.`, {
    hint:
      "A request needs a SCIM method, a recorded answer, and the recorded body if it has one; " +
      "reads of astro-scim itself are left out.",
  });
}

async function readText(io: Io, file: string): Promise<string> {
  const bytes = await readSmallBytes(io.disk, resolve(io.cwd, file), maxRecordingBytes).catch(
    (cause: unknown) => {
      const hint =
        cause instanceof FileTooLarge
          ? `A recording may have up to ${formatBytes(maxRecordingBytes)}.`
          : "Name a HAR file or an NDJSON file written by --trace.";
      throw new AppError("invalid-file", `The recording ${file} cannot be read: ${fileProblem(cause)}.`, {
        hint,
        cause,
      });
    },
  );
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString("utf8");
  throw new AppError("invalid-file", `The recording ${file} is not a text file.`, {
    hint: "A recording is a HAR file or an NDJSON file written by --trace, in UTF-8. If it is compressed, unpack it first.",
  });
}
