/** The resource types of Astro, by the names that RFC 7643 §6 gives them. */

export type ResourceTypeName = "User" | "Group";
