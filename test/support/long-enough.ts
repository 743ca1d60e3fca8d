/** How long a test waits for what must come, in milliseconds: no machine is so slow, and a hang still ends. */
export const longEnoughMs = 600_000;
