/**
 * The last filter of both streams: no secret that is known leaves a command, and nothing that a terminal obeys but the
 * colours and the cursor movements of our own, and for a view that fills the terminal what it takes to draw that. What comes from outside has been escaped where it was put into words
 * (report/printable.ts); this holds where that was forgotten.
 */

import { unprintable } from "../../ground/text/printable.ts";
import { hideSecrets } from "../../wire/hide-secrets.ts";
import type { Io, OutputStream } from "../../world/io.ts";
import { wantsColour } from "./wants-colour.ts";
import type { Secrets } from "../../world/secrets.ts";

export interface SafeOutput {
  readonly io: Io;
  /** Writes what was held back; at the end of the command. */
  flush(): void;
}

export function safeOutput(world: Io): SafeOutput {
  const stdout = safeStream(world, world.stdout);
  const stderr = safeStream(world, world.stderr);
  const flush = (): void => {
    stdout.flush();
    stderr.flush();
  };
  const exitNow = (status: number): void => {
    flush();
    world.exitNow(status);
  };
  return { io: { ...world, stdout: stdout.stream, stderr: stderr.stream, exitNow }, flush };
}

interface SafeStream {
  readonly stream: OutputStream;
  flush(): void;
}

function safeStream(world: Io, stream: OutputStream): SafeStream {
  // The end of what was written, where it may be the beginning of a secret.
  let held = "";
  const safe = (text: string, own: Own): string =>
    withoutControls(hideSecrets(text, world.secrets.finder()), own);
  const pass = (text: string): boolean => stream.write(safe(text, ownSequences(world, stream)));
  return {
    stream: {
      write: (text) => {
        const all = held + text;
        const end = secretBeginsAt(all, world.secrets);
        held = all.slice(end);
        return end === 0 || pass(all.slice(0, end));
      },
      draw: (text) => stream.draw(safe(text, stream.isTTY ? "screen" : ownSequences(world, stream))),
      get isTTY() {
        return stream.isTTY;
      },
      get columns() {
        return stream.columns;
      },
      get rows() {
        return stream.rows;
      },
    },
    flush: () => {
      if (held !== "") pass(held);
      held = "";
    },
  };
}

/** Nothing is held back after the end of a line, or after a colour or cursor sequence: no secret contains one. */
function secretBeginsAt(text: string, secrets: Secrets): number {
  if (text.endsWith("\n") || endsWithSequence.test(text)) return text.length;
  const line = text.lastIndexOf("\n") + 1;
  return line + (secrets.finder()?.beginsAt(text.slice(line)) ?? text.length - line);
}

const endsWithSequence = new RegExp(String.raw`\u001B\[[\d;?]*[A-Za-z]$`);

/** What chalk, ora and inquirer write. Neither hides text nor makes it blink, and the cursor stays within the screen. */
const colours = String.raw`\u001B\[(?:0|[1-47]|2[1-47]|3[0-79]|4[0-79]|9[0-7])m`;
const cursor = String.raw`\u001B\[(?:\d{0,3}[ABG]|[02]?K|\?25[hl]|\?2026[hl])`;

/** What a view that fills the screen draws with: any line, the alternate screen, lines that are not wrapped. */
const screen = String.raw`\u001B\[(?:\d{1,4};1H|\?(?:7|1049)[hl])`;

type Own = "none" | "colours" | "colours and cursor" | "screen";

const foreign: Readonly<Record<Own, RegExp>> = {
  none: new RegExp(String.raw`\r?\n|${unprintable.source}`, "gu"),
  colours: new RegExp(String.raw`\r?\n|${colours}|${unprintable.source}`, "gu"),
  "colours and cursor": new RegExp(String.raw`\r?\n|${colours}|${cursor}|${unprintable.source}`, "gu"),
  screen: new RegExp(String.raw`\r?\n|${colours}|${cursor}|${screen}|${unprintable.source}`, "gu"),
};

function ownSequences(world: Io, stream: OutputStream): Own {
  if (stream.isTTY) return "colours and cursor";
  return wantsColour(world, stream) ? "colours" : "none";
}

/** In the spelling that is the same string in JSON. */
function withoutControls(text: string, own: Own): string {
  if (!unprintableButLineBreak.test(text)) return text;
  return text.replaceAll(foreign[own], (found) =>
    found.endsWith("\n") || found.length > 1
      ? found
      : `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const unprintableButLineBreak = new RegExp(String.raw`(?!\n)${unprintable.source}`, "u");
