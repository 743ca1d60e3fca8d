/** One answer of a whole reading is broken for good: the directory is refused, whichever it is. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EmulatorFault, FaultEffect } from "../../../src/emulators/http/faults.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import {
  readEmulatedOkta as read,
  refusalOfEmulatedOkta as refusal,
} from "../../support/read-emulated-okta.ts";

describe("every answer, broken for good, one at a time", () => {
  const users = Array.from({ length: 501 }, (_, at) => aUser(`u${at}@example.com`));
  const everybody = users.map(({ key }) => key);
  let emulated: EmulatedOkta;
  let answers: readonly EmulatorFault[];

  beforeAll(async () => {
    const directory = aDirectory({ users, groups: [aGroup("all", everybody)] });
    emulated = await startEmulatedOkta({ directory, startsPaused: true, keep: true });
    await read(emulated);
    answers = emulated.okta
      .requests()
      .map(({ path, query }) => ({ path, ...(path === log ? {} : { query: textOf(query) }), effect: gone }));
  });
  afterAll(() => emulated.stop());

  /** What is asked of it depends on the time. */
  const log = "/api/v1/logs";
  const gone: FaultEffect = { kind: "status", status: 503 };

  test("501 app users are on 2 pages, and 501 members on 3", () => {
    expect(answers.filter(({ path = "" }) => path.endsWith("/users"))).toHaveLength(5);
    expect(answers.map(({ path }) => path)).toContain(log);
  });

  test.each<[string, FaultEffect]>([
    ["an error", gone],
    ["half of it", { kind: "truncate" }],
    ["a connection that is cut in it", { kind: "cut", when: "in-answer" }],
    ["a web page", { kind: "text", status: 200, contentType: "text/html", text: "<html>Sign in</html>" }],
  ])("%s in place of it: refused every time", async (_, effect) => {
    for (const answer of answers) {
      emulated.okta.faults.set([{ ...answer, effect }]);
      const { code, message } = await refusal(emulated);
      expect(["source-incomplete", "unreachable"]).toContain(code);
      expect(message).toContain(`GET ${answer.path ?? ""}`);
    }
  });

  function textOf(query: string): string {
    return [...new URLSearchParams(query)].map(([name, value]) => `${name}=${value}`).join("&");
  }
});
