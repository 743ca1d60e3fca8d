/** Standard output: a result, or what happens ahead of it, in the format that was asked for. */

import {
  isForPeople,
  rendererOf,
  type FormatName,
  type ResultKind,
  type Results,
} from "../../report/formats.ts";
import type { Style } from "../../report/style.ts";
import type { Io } from "../../world/io.ts";
import { plainPaint } from "./paint.ts";
import { streamStyle } from "./stream-style.ts";

/** What prints results of one kind; nothing where the format says nothing of that kind. */
export async function printerOf<Kind extends ResultKind>(
  io: Io,
  format: FormatName,
  kind: Kind,
  flags: { readonly verbose?: boolean | undefined } = {},
): Promise<(result: Results[Kind]) => void> {
  const render = await rendererOf(format, kind);
  if (render === undefined) return () => {};
  const style = styleOf(io, format, flags);
  return (result) => {
    const text = render(result, style);
    if (text !== "") io.stdout.write(text);
  };
}

/** Only text is for a terminal: other formats have neither colours nor its width, and those for machines have every row. */
function styleOf(io: Io, format: FormatName, { verbose }: { readonly verbose?: boolean | undefined }): Style {
  if (isForPeople(format)) return streamStyle(io, io.stdout, { verbose });
  const all = format !== "markdown" || verbose === true;
  return { paint: plainPaint(), columns: undefined, all, hide: io.secrets.without };
}
