import { PassThrough } from "node:stream";

import { describe, expect, test } from "vitest";

import type { Io } from "../../src/world/io.ts";
import { tokenPrompt } from "../../src/cli/target/ask-token.ts";
import { fakeIo } from "../support/fake-io.ts";

/** A terminal on which these keys are pressed once the question stands there. */
function terminal(keys: string) {
  const io = fakeIo({ isTTY: true });
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  let isAsked = false;
  const stderr: Io["stderr"] = {
    ...io.stderr,
    write: (text) => {
      // The prompt listens to the keyboard only after it has drawn itself.
      if (!isAsked && text.includes("API token")) setImmediate(() => stdin.write(keys));
      isAsked ||= text.includes("API token");
      return io.stderr.write(text);
    },
  };
  return { ...io, stdin, stderr };
}

describe("the hidden prompt", () => {
  test("what is typed comes back and is not shown; standard output stays clean", async () => {
    const io = terminal("s3cr3t-typed\r");
    expect(await tokenPrompt(io)?.("API token for h:")).toBe("s3cr3t-typed");
    expect(io.stderrText()).toContain("API token for h:");
    expect(io.stderrText()).not.toContain("s3cr3t");
    expect(io.stdoutText()).toBe("");
  });

  test.each([
    ["several indented lines", "eyJh.eyJ\r   zdWIi.\r\n   sig\r", "eyJh.eyJzdWIi.sig"],
    ["spaces", "  eyJh.eyJ   zdWIi.sig \r", "eyJh.eyJzdWIi.sig"],
    ["Bearer and two lines", "Bearer eyJh.eyJ\n  zdWIi.sig\r", "Bearer eyJh.eyJzdWIi.sig"],
  ])("a token that is pasted with %s is put together", async (_what, keys, token) => {
    expect(await tokenPrompt(terminal(keys))?.("API token for h:")).toBe(token);
  });

  test("Ctrl-C is an interrupt", async () => {
    const io = terminal("\u0003");
    await expect(tokenPrompt(io)?.("API token for h:")).rejects.toMatchObject({ code: "interrupted" });
  });

  test("without a terminal nobody is asked", () => {
    expect(tokenPrompt(fakeIo())).toBeUndefined();
  });
});
