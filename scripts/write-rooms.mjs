// Writes the table of rooms into docs/architecture.md. A test holds the two together.

import { readFile, writeFile } from "node:fs/promises";
import { withRoomsTable } from "./imports.mjs";
import { rooms } from "./rooms.mjs";

const page = new URL("../docs/architecture.md", import.meta.url);
await writeFile(page, withRoomsTable(await readFile(page, "utf8"), rooms));
