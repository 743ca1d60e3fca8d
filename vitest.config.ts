import { defineConfig } from "vitest/config";

// Four projects. `fast` answers in seconds while one edits. `laws` holds what must be true of any input: it draws hundreds of
// them. `commands` runs the commands as a whole, and what else starts servers and clients by the dozen. `slow` holds what
// starts processes, foreign servers or long campaigns. `npm test` runs all of them.
const laws = [
  "test/**/*.property.test.ts",
  "test/**/properties.test.ts",
  "test/**/evaluate-properties.test.ts",
  "test/scim/hostile-bodies.test.ts",
  "test/scim/filter/hostile.test.ts",
  "test/idp/*/every-switch.test.ts",
  "test/fixture/generate.test.ts",
];
const commands = [
  "test/cli/*.test.ts",
  "test/programs/**/*.test.ts",
  "test/repair/local-astro.test.ts",
  "test/server/*.test.ts",
  "test/http/send.test.ts",
  "test/http/tls-and-proxy.test.ts",
  "test/astro/api/read.test.ts",
  "test/cli/target/secrets.test.ts",
  "test/readme.test.ts",
  "test/docs/**/*.test.ts",
];
const slow = ["test/**/*.slow.test.ts"];
const setupFiles = ["test/support/only-loopback.ts"];

export default defineConfig({
  test: {
    // What has been compiled once is kept for the next run.
    experimental: { fsModuleCache: true },
    projects: [
      {
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: [...slow, ...commands, ...laws],
          setupFiles,
          // Modules hold no state that a test could leave behind, and importing them anew costs more than most tests.
          isolate: false,
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: "laws",
          include: laws,
          exclude: [...slow, ...commands],
          setupFiles,
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "commands",
          include: commands,
          exclude: slow,
          setupFiles,
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: { name: "slow", include: slow, setupFiles, testTimeout: 120_000, hookTimeout: 60_000 },
      },
    ],
  },
});
