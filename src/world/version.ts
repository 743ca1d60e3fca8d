/** The version of the package, whose one home is package.json. */

import { readFileSync } from "node:fs";

/** Reads it at run time: `dist/world` and `src/world` are equally far from package.json. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const manifest: unknown = JSON.parse(text);
  const hasVersion = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return hasVersion ? String(manifest.version) : "unknown";
}
