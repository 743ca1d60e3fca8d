// Memory a user: what the local Astro keeps against the plain nested object in two Maps (by id, by userName).

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("memory-process.mjs", import.meta.url));
const users = 100_000;

export function memory() {
  const [ours, nested] = ["astro-scim", "nested"].map(bytesPerUser);
  const ratio = ours / nested;
  const note = `${ours} : ${nested} bytes`;
  return [
    {
      name: `memory a user among ${users}: serve : nested object`,
      ratio,
      low: ratio,
      high: ratio,
      atMost: 0.8,
      note,
    },
  ];
}

function bytesPerUser(form) {
  const output = execFileSync(process.execPath, ["--expose-gc", script, form, String(users)], {
    encoding: "utf8",
  });
  return Number(output);
}
