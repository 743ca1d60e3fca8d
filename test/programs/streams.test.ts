import { expect, test } from "vitest";

import { diff } from "../../src/index.ts";

const listeners = () => [process.stdout, process.stderr].map((stream) => stream.listenerCount("error"));

test("a program's output streams stay its own, however often it calls", async () => {
  const before = listeners();
  for (let call = 0; call < 3; call += 1) await diff({ fixture: "fixtures/okta-small.yaml" });
  expect(listeners()).toEqual(before);
});
