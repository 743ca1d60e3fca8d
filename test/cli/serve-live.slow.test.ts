/** The live list of `serve` in a real terminal: the keyboard works, and the terminal is as before when the server has stopped. */

import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { canRunInTerminal, runInTerminal, type ClosingTerminal } from "../support/terminal-that-closes.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));

/** The shell says afterwards how the terminal is set. */
function serveInTerminal(before = ""): ClosingTerminal {
  const serve = `"${process.execPath}" "${program}" serve --port 0 --token token-of-this-test`;
  const script = `unset CI; export TERM=xterm; stty cols 80 rows 24; ${before} ${serve}; echo "status $?"; stty -a`;
  return runInTerminal(["sh", "-c", script]);
}

function urlIn(terminal: ClosingTerminal): string {
  return /SCIM URL +(http\S+)/.exec(terminal.shown())?.[1] ?? "";
}

async function ended(
  terminal: ClosingTerminal,
): Promise<{ readonly status: string; readonly modes: object }> {
  expect(await terminal.status).toBe(0);
  const shown = terminal.shown();
  const last = (sequences: RegExp): string | undefined => shown.match(sequences)?.at(-1);
  return {
    status: /status (\d+)/.exec(shown)?.[1] ?? "",
    modes: {
      alternate: last(/\?1049[hl]/g),
      cursor: last(/\?25[hl]/g),
      wrap: last(/\?7[hl]/g),
      lines: /[ -]icanon/.exec(shown)?.[0],
      echo: /[ -]echo\b/.exec(shown)?.[0],
    },
  };
}

const asBefore = { alternate: "?1049l", cursor: "?25h", wrap: "?7h", lines: " icanon", echo: " echo" };

describe.runIf(canRunInTerminal())("serve", () => {
  test("requests are seen, keys work, and q gives the terminal back", async () => {
    const terminal = serveInTerminal();
    await terminal.shows("Waiting for requests");
    await fetch(`${urlIn(terminal)}/Users`, { headers: { authorization: "Bearer token-of-this-test" } });
    await terminal.shows("/Users");
    await terminal.shows("1 request");
    terminal.types("\r");
    await terminal.shows("Answer 200");
    terminal.types("q");
    await terminal.shows(/Answer 200[^]*Local Astro/);
    terminal.types("q");
    expect(await ended(terminal)).toEqual({ status: "0", modes: asBefore });
  });

  test("Ctrl-C gives it back", async () => {
    const terminal = serveInTerminal();
    await terminal.shows("Waiting for requests");
    terminal.types("\u0003");
    expect(await ended(terminal)).toEqual({ status: "0", modes: asBefore });
  });

  test("SIGTERM gives it back", async () => {
    const terminal = serveInTerminal();
    await terminal.shows("Waiting for requests");
    terminal.signalChild("SIGTERM");
    expect(await ended(terminal)).toEqual({ status: "0", modes: asBefore });
  });

  test("an error that nothing catches gives it back, and can be read", async () => {
    const crash = "data:text/javascript,process.on('SIGUSR2',()=>{throw new Error('crashed on purpose')})";
    const terminal = serveInTerminal(`NODE_OPTIONS="--import ${crash.replaceAll(" ", "%20")}"`);
    await terminal.shows("Waiting for requests");
    terminal.signalChild("SIGUSR2");
    expect(await ended(terminal)).toEqual({ status: "1", modes: asBefore });
    expect(terminal.shown()).toMatch(/\?1049l[^]*crashed on purpose/);
  });
});

test.runIf(canRunInTerminal())("with standard input from elsewhere: plain lines", async () => {
  const serve = `"${process.execPath}" "${program}" serve --port 0 --token token-of-this-test`;
  const terminal = runInTerminal(["sh", "-c", `unset CI; export TERM=xterm; ${serve} </dev/null`]);
  await terminal.shows("API token");
  await terminal.shows(/SCIM URL +http\S+\r?\n/);
  await fetch(`${urlIn(terminal)}/Users`, { headers: { authorization: "Bearer token-of-this-test" } });
  await terminal.shows("/Users");
  expect(terminal.shown()).not.toContain("?1049h");
  terminal.types("\u0003");
  await terminal.status;
});
