/** Imports point one way: what scripts/rooms.mjs does not allow is refused, and docs/architecture.md shows the same table. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";

interface Room {
  readonly room: string;
  readonly holds: string;
  readonly imports: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: readonly string[];
}

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

interface Imports {
  readonly refusedImports: (rooms: readonly Room[], file: SourceFile) => readonly string[];
  readonly mistakesIn: (rooms: readonly Room[]) => readonly string[];
  readonly circlesIn: (files: readonly SourceFile[]) => readonly string[];
  readonly withRoomsTable: (page: string, rooms: readonly Room[]) => string;
}

// Paths that TypeScript does not follow: the scripts have no types.
const scripts = new URL("../../scripts/", import.meta.url).href;
const { rooms } = (await import(`${scripts}rooms.mjs`)) as { readonly rooms: readonly Room[] };
const imports = (await import(`${scripts}imports.mjs`)) as Imports;

/** A file of a room, as far below it as `depth` says. */
const fileIn = (room: string, depth = 1): string =>
  room.endsWith(".ts") ? room : `${room}/${"deep/".repeat(depth - 1)}x.ts`;

/** How `from` names `to`: both are below src/. */
function specifier(from: string, to: string): string {
  return `${"../".repeat(from.split("/").length - 1)}${to}`.replace(/^(?!\.)/, "./");
}

const forms = [
  (path: string) => `import { one } from "${path}";`,
  (path: string) => `import type { One } from "${path}";`,
  (path: string) => `import {\n  one,\n  type Two,\n} from "${path}";`,
  (path: string) => `export { one } from "${path}";`,
  (path: string) => `export * from "${path}";`,
  (path: string) => `import "${path}";`,
  (path: string) => `const { one } = await import("${path}");`,
];

const pairs = rooms.flatMap((from) =>
  rooms.filter((to) => to !== from).map((to) => ({ from, to, isAllowed: from.imports.includes(to.room) })),
);

describe("every pair of rooms", () => {
  test.each(rooms)(
    "$room may import what it names, in any form and from any depth, and nothing else",
    ({ room }) => {
      const wrong = pairs
        .filter(({ from }) => from.room === room)
        .flatMap(({ from, to, isAllowed }) =>
          [1, 2, 3].flatMap((depth) =>
            forms
              .map((form) => {
                const path = fileIn(from.room, depth);
                return { path, text: `/** A file. */\n\n${form(specifier(path, fileIn(to.room)))}\n` };
              })
              .filter((file) => (imports.refusedImports(rooms, file).length === 0) !== isAllowed)
              .map(({ text }) => text),
          ),
        );
      expect(wrong).toEqual([]);
    },
  );

  test("forbidden ones are the greater part", () => {
    expect(pairs.filter(({ isAllowed }) => !isAllowed).length).toBeGreaterThan(pairs.length / 2);
  });
});

test.each([
  "undici",
  "zod",
  "commander",
  "fastify",
  "yaml",
  "chalk",
  "@scope/some",
  "node:fs",
  "node:crypto",
])("%s may be imported by the rooms that name it, and by no other", (module) => {
  const allowed = rooms
    .filter(({ room }) => {
      const file = { path: fileIn(room), text: `import { one } from "${module}";\n` };
      return imports.refusedImports(rooms, file).length === 0;
    })
    .map(({ room }) => room);
  const named = rooms
    .filter(
      ({ packages = [], node = [] }) => [...packages, ...node].includes(module) || isAnyOfNode(module, node),
    )
    .map(({ room }) => room);
  expect(allowed).toEqual(named);
});

function isAnyOfNode(module: string, node: readonly string[]): boolean {
  return module.startsWith("node:") && node.includes("node:*");
}

test("a room imports only rooms that stand above it in the table, so there is no circle of rooms", () => {
  expect(imports.mistakesIn(rooms)).toEqual([]);
  const turned = rooms.toReversed();
  expect(imports.mistakesIn(turned).length).toBeGreaterThan(100);
});

test("a circle of files is found, of types too", () => {
  const files = [
    { path: "a/one.ts", text: 'import type { Two } from "../b/two.ts";\n' },
    { path: "b/two.ts", text: 'export { three } from "./three.ts";\n' },
    { path: "b/three.ts", text: 'import { one } from "../a/one.ts";\n' },
    { path: "b/four.ts", text: 'import { two } from "./two.ts";\n' },
  ];
  expect(imports.circlesIn(files)).toEqual(["a/one.ts -> b/two.ts -> b/three.ts -> a/one.ts"]);
  expect(imports.circlesIn(files.slice(1))).toEqual([]);
});

test("`npm run lint` ends with 1 and says which import is refused, and in which folder nothing may lie", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const folder = await tempFolder({});
  await cp(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write("src/scim/x.ts", 'import { one } from "../idp/x.ts";\n');
  await write("src/helpers/x.ts", "export const one = 1;\n");
  const { status, stderr } = await new Promise<{ status: unknown; stderr: string }>((resolve) => {
    execFile(process.execPath, [join(folder, "scripts/check-imports.mjs")], (error, _out, text) =>
      resolve({ status: error?.code ?? 0, stderr: text }),
    );
  });
  expect(status).toBe(1);
  expect(stderr).toContain(
    "src/scim/x.ts imports ../idp/x.ts: scim may not import idp (docs/architecture.md).\n",
  );
  expect(stderr).toContain("src/helpers/x.ts lies in no room. Add its folder to scripts/rooms.mjs.\n");
});

test("every path in docs/architecture.md leads to something", async () => {
  const page = await readFile(new URL("../../docs/architecture.md", import.meta.url), "utf8");
  const paths = page.match(/(?<![\w./-])(?:[a-z][\w-]*\/)+[\w.-]+\.ts\b/g) ?? [];
  const roots = ["../../", "../../src/"].map((root) => fileURLToPath(new URL(root, import.meta.url)));
  const missing = paths.filter(
    (path) => !/\bx\.ts$/.test(path) && !roots.some((root) => existsSync(join(root, path))),
  );
  expect(paths.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});

test("docs/architecture.md shows the table: node scripts/write-rooms.mjs", async () => {
  const page = await readFile(new URL("../../docs/architecture.md", import.meta.url), "utf8");
  expect(imports.withRoomsTable(page, rooms)).toBe(page);
  expect(page).toContain(rooms[0]!.holds);
});
