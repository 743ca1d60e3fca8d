import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

// Four projects. `fast` answers in seconds while one edits. `laws` holds what must be true of any input: it draws hundreds of
// them. `commands` runs the commands as a whole, and what else starts servers and clients by the dozen. `slow` holds what
// starts processes, foreign servers or long campaigns. `npm test` runs all of them.
const laws = [
  "test/**/*.property.test.ts",
  "test/**/properties.test.ts",
  "test/**/evaluate-properties.test.ts",
  "test/**/hostile*.test.ts",
  "test/idp/*/every-switch.test.ts",
  "test/fixture/generate.test.ts",
  "test/patterns/pattern.test.ts",
  "test/fixture/write/round-trip.test.ts",
  "test/replay/parse-recording.test.ts",
  "test/report/formats.test.ts",
];
const commands = [
  "test/cli/*.test.ts",
  "test/cli/{flags,output,repair,live-directory,preflight}/*.test.ts",
  "test/{files,lock}/*.test.ts",
  "test/programs/**/*.test.ts",
  "test/{check,why}/*.test.ts",
  "test/repair/local-astro.test.ts",
  "test/repair/via/**/*.test.ts",
  "test/runs/killed-anywhere.test.ts",
  "test/sources/*.test.ts",
  "test/sources/{okta,entra}/*.test.ts",
  "test/contracts/*.test.ts",
  "test/drift/provider/live-source.test.ts",
  "test/server/{,iam/}*.test.ts",
  "test/http/send.test.ts",
  "test/http/tls-and-proxy.test.ts",
  "test/astro/api/read.test.ts",
  "test/target/secrets.test.ts",
  "test/target/astro-cli-context.test.ts",
  "test/readme.test.ts",
  "test/docs/**/*.test.ts",
  "test/drill/*.test.ts",
  "test/emulators/**/*.test.ts",
];
const slow = ["test/**/*.slow.test.ts"];

/**
 * How long a test of a project, or a hook, may take in minutes: some ten times what the longest takes alone, and more. It ends a
 * hang and nothing else: no test fails because the machine is slow, and none says how long it may take itself.
 */
function within(minutes: number): TestProjectInlineConfiguration["test"] {
  const timeout = minutes * 60_000;
  return {
    setupFiles: ["test/support/only-loopback.ts", "test/support/own-state-folder.ts"],
    testTimeout: timeout,
    hookTimeout: timeout,
    expect: { poll: { timeout: timeout / 2 } },
  };
}

export default defineConfig({
  test: {
    // What has been compiled once is kept for the next run.
    experimental: { fsModuleCache: true },
    maxWorkers: "100%",
    projects: [
      {
        test: {
          ...within(2),
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: [...slow, ...commands, ...laws],
          // Modules hold no state that a test could leave behind, and importing them anew costs more than most tests.
          isolate: false,
        },
      },
      {
        test: {
          ...within(5),
          name: "laws",
          include: laws,
          exclude: [...slow, ...commands],
          isolate: false,
        },
      },
      {
        test: {
          ...within(5),
          name: "commands",
          include: commands,
          exclude: slow,
          isolate: false,
        },
      },
      {
        test: { ...within(30), name: "slow", include: slow },
      },
    ],
  },
});
