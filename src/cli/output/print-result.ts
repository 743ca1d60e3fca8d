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
import { paintFor, plainPaint } from "./paint.ts";

/** What prints results of one kind; nothing where the format says nothing of that kind. */
export async function printerOf<Kind extends ResultKind>(
  io: Io,
  format: FormatName,
  kind: Kind,
): Promise<(result: Results[Kind]) => void> {
  const render = await rendererOf(format, kind);
  if (render === undefined) return () => {};
  const style = styleOf(io, format);
  return (result) => {
    const text = render(result, style);
    if (text !== "") io.stdout.write(text);
  };
}

/** Only text is for a terminal: other formats have neither colours nor its width. */
function styleOf(io: Io, format: FormatName): Style {
  const hide = io.secrets.without;
  return isForPeople(format)
    ? { paint: paintFor(io), columns: io.stdout.columns, hide }
    : { paint: plainPaint(), columns: undefined, hide };
}
