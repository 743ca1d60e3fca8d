// Writes docs/supported.md from the published description, which lies beside the project, and the routes of the server; needs a
// build. A test holds the two together.

import { readFile, writeFile } from "node:fs/promises";
import { iamV1Beta1Routes, platformV1Beta1Routes, v1Routes } from "../dist/server/iam/routes.js";
import { supportedPage } from "./supported-page.mjs";

const routes = { v1: v1Routes, iamV1Beta1: iamV1Beta1Routes, platformV1Beta1: platformV1Beta1Routes };
const description = JSON.parse(
  await readFile(new URL("../../shared/contracts/astro-v1.json", import.meta.url), "utf8"),
);
await writeFile(new URL("../docs/supported.md", import.meta.url), supportedPage(description, routes));
