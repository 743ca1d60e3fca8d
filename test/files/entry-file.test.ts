/** A file of entries holds those that could be made, and tells of those that could not. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openEntryFile, type EntryFile } from "../../src/files/entry-file.ts";
import { harFrame } from "../../src/recording/har.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-folder.ts";

const noEntry = new Error("no entry can be made of this");

/** One that cannot be made, between two that can; gives back what is told at the end. */
async function addThree(entries: EntryFile): Promise<unknown> {
  entries.add(() => '"one"');
  entries.add(() => {
    throw noEntry;
  });
  entries.add(() => '"two"');
  return entries.close();
}

test("in an archive, an entry that cannot be made stops nothing, and is told at the end", async () => {
  const cwd = await tempFolder();
  const frame = harFrame({ name: "test", version: "1" });
  const entries = await openEntryFile(fakeIo({ cwd }), { file: "t.har", noun: "The trace", frame });
  expect(await addThree(entries)).toBe(noEntry);
  expect(JSON.parse(await readFile(join(cwd, "t.har"), "utf8")).log.entries).toEqual(["one", "two"]);
});

test("nor on standard output", async () => {
  const io = fakeIo();
  const frame = { head: "", between: "", tail: "" };
  const entries = await openEntryFile(io, { file: "/dev/stdout", noun: "The trace", frame });
  expect(await addThree(entries)).toBe(noEntry);
  expect(io.stdoutText()).toBe('"one""two"');
});
