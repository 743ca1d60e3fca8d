/** The limits of a run as its file has them. */

import * as z from "zod";
import type { Limit } from "../drift/safety/budget.ts";

export const limitSchema: z.ZodType<Limit> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("count"), count: z.int().min(0) }),
  z.object({ kind: z.literal("share"), percent: z.int().min(0).max(100) }),
]);
