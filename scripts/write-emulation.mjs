// Writes docs/emulation.md from the table that the server reads; needs a build. A test holds the two together.

import { writeFile } from "node:fs/promises";
import { behaviourSections } from "../dist/astro/behaviour/table.js";
import { emulationPage } from "./emulation-page.mjs";

await writeFile(new URL("../docs/emulation.md", import.meta.url), emulationPage(behaviourSections));
