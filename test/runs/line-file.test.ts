import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { LineFile } from "../../src/runs/line-file.ts";
import type { FileHandle } from "../../src/world/disk.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { tempFolder } from "../support/temp-folder.ts";

const { disk } = systemWorld();

describe("a file of lines", () => {
  test("lines that are added at the same time share a sync, and keep their order", async () => {
    const path = join(await tempFolder(), "lines");
    const handle = await disk.open(path, "create");
    let syncs = 0;
    const file = new LineFile(changed(handle, { sync: async () => void (syncs += 1) }), path, 0);
    const numbers = Array.from({ length: 50 }, (_, at) => String(at));
    await Promise.all(numbers.map((line) => file.add(line)));
    await file.close();
    expect(await readFile(path, "utf8")).toBe(numbers.map((line) => `${line}\n`).join(""));
    expect(syncs).toBe(2);
  });

  test("a line is not there before it is synced", async () => {
    const path = join(await tempFolder(), "lines");
    const events: string[] = [];
    const handle = await disk.open(path, "create");
    const sync = async (): Promise<void> => {
      await handle.sync();
      events.push("synced");
    };
    const file = new LineFile(changed(handle, { sync }), path, 0);
    await file.add("one");
    events.push("added");
    expect(events).toEqual(["synced", "added"]);
    await file.close();
  });

  test.each([
    ["ENOSPC", "the disk is full"],
    ["EIO", "the system reports EIO"],
  ])("after %s nothing more is written", async (code, problem) => {
    const path = join(await tempFolder(), "lines");
    const handle = await disk.open(path, "create");
    let fails = false;
    const write: FileHandle["write"] = async (...given) => {
      if (fails) throw Object.assign(new Error(code), { code });
      return handle.write(...given);
    };
    const file = new LineFile(changed(handle, { write }), path, 0);
    await file.add("one");
    fails = true;
    await expect(file.add("two")).rejects.toThrow(problem);
    fails = false;
    await expect(file.add("three")).rejects.toThrow(problem);
    await file.close();
    expect(await readFile(path, "utf8")).toBe("one\n");
  });

  test("some network drives cannot sync, and are written to all the same", async () => {
    const path = join(await tempFolder(), "lines");
    const sync = async (): Promise<void> => {
      throw Object.assign(new Error("no"), { code: "ENOTSUP" });
    };
    const file = new LineFile(changed(await disk.open(path, "create"), { sync }), path, 0);
    await file.add("one");
    await file.close();
    expect(await readFile(path, "utf8")).toBe("one\n");
  });
});

/** The same file, of which some calls end differently. */
function changed(handle: FileHandle, change: Partial<FileHandle>): FileHandle {
  return {
    stat: () => handle.stat(),
    read: (...given) => handle.read(...given),
    write: (...given) => handle.write(...given),
    writeFile: (text) => handle.writeFile(text),
    truncate: (length) => handle.truncate(length),
    chmod: (mode) => handle.chmod(mode),
    sync: () => handle.sync(),
    close: () => handle.close(),
    ...change,
  };
}
