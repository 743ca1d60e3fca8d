/** Entra's recycle bin: how long a deleted user can be restored. */

/** Microsoft: Restore or remove a recently deleted user: after 30 days the deletion is for good. */
export const recycleBinMs = 30 * 24 * 3_600_000;
