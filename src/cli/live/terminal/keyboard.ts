/** The keyboard, key by key. */

import { emitKeypressEvents } from "node:readline";
import { PassThrough } from "node:stream";
import type { Keyboard } from "../../../world/io.ts";
import type { KeyPress } from "../model/key-press.ts";

/** As `node:readline` gives it; it may name keys that it does not know. */
interface PressedKey {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean | undefined;
}

/**
 * Calls back for each key, Ctrl-C among them, until the returned function is called; `onEnd` once no key can come any more.
 * readline listens to a stream of its own, for it cannot be taken off one again.
 */
export function listenToKeys(
  stdin: Keyboard,
  { onKey, onEnd }: { readonly onKey: (key: KeyPress) => void; readonly onEnd: () => void },
): () => void {
  const input = new PassThrough();
  emitKeypressEvents(input);
  input.on("keypress", (text: string | undefined, { name, sequence, ctrl = false }: PressedKey) =>
    onKey({ name, sequence: sequence ?? text ?? "", ctrl }),
  );
  stdin.on("end", onEnd);
  stdin.setRawMode?.(true);
  stdin.pipe(input, { end: false });
  return () => {
    stdin.off("end", onEnd);
    stdin.setRawMode?.(false);
    stdin.unpipe(input);
    stdin.pause();
    input.destroy();
  };
}
