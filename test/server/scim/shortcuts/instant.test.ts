import fc from "fast-check";
import { expect, test } from "vitest";
import { instantText } from "../../../../src/server/scim/shortcuts/instant.ts";

test("instants are written as toISOString writes them, in whatever order they come", () => {
  const instant = fc.date({ min: new Date("1970-01-01"), max: new Date("2999-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(fc.array(instant, { minLength: 1 }), (instants) => {
      expect(instants.map((one) => instantText(one.getTime()))).toEqual(
        instants.map((one) => one.toISOString()),
      );
    }),
  );
});
