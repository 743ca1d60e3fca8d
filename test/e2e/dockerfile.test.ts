/** The rules that the container's image follows. No builder is needed to check them. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { copiedByStage, execForm, readDockerfile, restsOf } from "../support/dockerfile.ts";

const stages = readDockerfile();
const final = stages.at(-1) ?? [];
const ignored = readFileSync(new URL("../../.dockerignore", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

test("there is a stage that builds, and one that runs", () => {
  expect(stages).toHaveLength(2);
});

test("every base is the small image of one major version of Node, of one release of Debian", () => {
  for (const stage of stages) {
    expect(restsOf(stage, "FROM")[0]).toMatch(/^node:\d+-[a-z]+-slim(?: AS \w+)?$/);
  }
});

test("the user is not root, and is given by number as Kubernetes needs it", () => {
  expect(restsOf(final, "USER").at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  const names = final.map(({ name }) => name);
  expect(names.lastIndexOf("USER")).toBeGreaterThan(names.lastIndexOf("COPY"));
  expect(names.lastIndexOf("USER")).toBeGreaterThan(names.lastIndexOf("RUN"));
});

test("nothing is fetched by ADD, and no secret is an ARG or an ENV", () => {
  const names = stages.flat().map(({ name }) => name);
  expect(names).not.toContain("ADD");
  expect(names).not.toContain("ARG");
  expect(stages.flatMap((stage) => restsOf(stage, "ENV"))).toEqual(["NODE_ENV=production"]);
});

test("the image holds what the npm package holds, without docs, and its production dependencies", () => {
  expect(copiedByStage(final).flatMap(([sources]) => sources)).toEqual([
    "package.json",
    "LICENSE",
    "bin/",
    "fixtures/",
  ]);
  expect(restsOf(final, "COPY").filter((rest) => rest.startsWith("--from="))).toEqual([
    "--from=build /build/node_modules/ node_modules/",
    "--from=build /build/dist/ dist/",
  ]);
  expect(restsOf(stages[0] ?? [], "RUN").at(-1)).toMatch(/npm prune --omit=dev/);
});

test("the builder gets what is copied and nothing else of a clone", () => {
  const copied = stages.flatMap((stage) => copiedByStage(stage).flatMap(([sources]) => sources));
  const allowed = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  expect(ignored[0]).toBe("*");
  expect(allowed.toSorted()).toEqual([...new Set(copied.map((name) => name.replace(/\/$/, "")))].toSorted());
});

test("node is the first process, without a shell that would keep signals from it", () => {
  const [entry = "", ...more] = restsOf(final, "ENTRYPOINT");
  expect(more).toEqual([]);
  expect(execForm(entry).slice(0, 2)).toEqual(["node", "/app/bin/astro-scim.js"]);
  expect(restsOf(final, "CMD")).toEqual([]);
});

test("it listens on all addresses of the container, with a token that must be mounted", () => {
  const words = execForm(restsOf(final, "ENTRYPOINT")[0] ?? "");
  expect(words.slice(2)).toEqual([
    "serve",
    "--host",
    "0.0.0.0",
    "--port",
    "8888",
    "--token-file",
    "/run/secrets/astro-scim-token.txt",
  ]);
  expect(restsOf(final, "EXPOSE")).toEqual(["8888"]);
});

test("files that are not part of the package stay out of it", () => {
  const { files } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    files: readonly string[];
  };
  for (const name of ["Dockerfile", ".dockerignore", "action.yml"]) expect(files).not.toContain(name);
});
