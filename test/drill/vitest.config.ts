/** `npm run drill`: the drills that take minutes. `npm test` has the small ones. */

import { defineConfig } from "vitest/config";

const twoHoursMs = 2 * 3_600_000;

export default defineConfig({
  test: {
    include: ["test/drill/*.drill.ts"],
    setupFiles: ["test/support/only-loopback.ts", "test/support/own-state-folder.ts"],
    testTimeout: twoHoursMs,
    hookTimeout: twoHoursMs,
  },
});
