import { defineConfig } from "vitest/config";

// Two projects: `fast` answers in seconds while one edits; `slow` holds what starts processes, foreign
// servers or long property campaigns. `npm test` runs both.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.slow.test.ts"],
          setupFiles: ["test/support/only-loopback.ts"],
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: "slow",
          include: ["test/**/*.slow.test.ts"],
          setupFiles: ["test/support/only-loopback.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
