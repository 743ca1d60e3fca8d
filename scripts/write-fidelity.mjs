// Writes docs/fidelity.md from the tables that the simulators read; needs a build. A test holds the two together.

import { writeFile } from "node:fs/promises";
import { fidelitySections } from "../dist/fidelity/table.js";
import { fidelityPage } from "./fidelity-page.mjs";

await writeFile(new URL("../docs/fidelity.md", import.meta.url), fidelityPage(fidelitySections));
