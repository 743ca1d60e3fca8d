// Writes the JSON Schema of fixtures beside the compiled schema; `npm run build` runs it after tsc.

import { writeFile } from "node:fs/promises";
import { fixtureJsonSchema } from "../dist/fixture/schema/json-schema.js";

const target = new URL("../dist/fixture/fixture.schema.json", import.meta.url);
await writeFile(target, `${JSON.stringify(fixtureJsonSchema(), null, 2)}\n`);
