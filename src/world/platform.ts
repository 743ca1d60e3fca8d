/** The system on which this process runs. */

import { platform } from "node:os";

/** As `process.platform` has it: `linux`, `darwin`, `win32`. */
export type SystemName = ReturnType<typeof platform>;

export const thisSystem: SystemName = platform();
