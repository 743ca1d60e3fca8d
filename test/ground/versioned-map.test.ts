/** A version of a map is what the same changes make of a plain Map, and no later change alters it. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { VersionedMap } from "../../src/ground/versioned-map.ts";
import { VersionedSet } from "../../src/ground/versioned-set.ts";

const keys = fc.integer({ min: 0, max: 120 });
const changes = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("set" as const), key: keys, value: fc.integer() }),
    fc.record({ kind: fc.constant("delete" as const), key: keys }),
  ),
  { maxLength: 300 },
);
const starts = fc.uniqueArray(keys, { maxLength: 100 });

test("each version of a map is the plain map, its order included, whatever came after", () => {
  fc.assert(
    fc.property(starts, changes, (start, all) => {
      const model = new Map(start.map((key) => [key, key]));
      let version = VersionedMap.of(new Map(model));
      const versions = [{ version, entries: [...model] }];
      for (const change of all) {
        if (change.kind === "set") {
          model.set(change.key, change.value);
          version = version.with(change.key, change.value);
        } else {
          model.delete(change.key);
          version = version.without(change.key);
        }
        versions.push({ version, entries: [...model] });
      }
      for (const { version: one, entries } of versions) {
        expect([...one]).toEqual(entries);
        expect([...one.keys()]).toEqual(entries.map(([key]) => key));
        expect([...one.values()]).toEqual(entries.map(([, value]) => value));
        expect(one.size).toBe(entries.length);
      }
      for (let key = 0; key <= 120; key += 1) {
        expect(version.get(key)).toBe(model.get(key));
        expect(version.has(key)).toBe(model.has(key));
      }
    }),
  );
});

test("the keys that differ between two versions are found, or not known at all", () => {
  let known = 0;
  fc.assert(
    fc.property(starts, changes, changes, (start, some, more) => {
      const after = (from: VersionedMap<number, number>, all: typeof some): VersionedMap<number, number> => {
        let version = from;
        for (const change of all) {
          version =
            change.kind === "set" ? version.with(change.key, change.value) : version.without(change.key);
        }
        return version;
      };
      const one = after(VersionedMap.of(new Map(start.map((key) => [key, key]))), some.slice(0, 20));
      const other = after(one, more.slice(0, 10));
      const differ = other.keysThatDiffer(one);
      if (differ === undefined) return;
      known += 1;
      const all = new Set([...one.keys(), ...other.keys()]);
      const wanted = [...all].filter((key) => one.get(key) !== other.get(key));
      expect(differ).toEqual(new Set(wanted));
    }),
  );
  expect(known).toBeGreaterThan(0);
});

test("each version of a set is the plain set, its order included", () => {
  fc.assert(
    fc.property(starts, changes, (start, all) => {
      const model = new Set(start);
      let version = VersionedSet.of(start);
      for (const { kind, key } of all) {
        if (kind === "set") model.add(key);
        else model.delete(key);
        version = kind === "set" ? version.with(key) : version.without(key);
      }
      expect([...version]).toEqual([...model]);
      expect(version.size).toBe(model.size);
    }),
  );
});
