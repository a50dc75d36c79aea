/** Who is writing. The token is only read here to tell one customer from another; the server alone verifies it. */

/** The `sub` of a signed token; the token itself when it cannot be read, so that different tokens stay different. */
export function subjectOf(jwt: string): string {
  try {
    const payload = (jwt.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const claims = JSON.parse(atob(payload)) as { sub?: unknown };
    return typeof claims.sub === "string" && claims.sub ? claims.sub : jwt;
  } catch {
    return jwt;
  }
}

/** A fresh client message id: 32 hexadecimal digits. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
