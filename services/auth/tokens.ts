/** Access tokens (signed, short-lived) and refresh tokens (random, stored as hashes). */
import { hash, randomBytes } from "node:crypto";
import jwt from "jsonwebtoken";
import { z } from "zod";
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";

/** Lifetime of an access token, in seconds. */
export const ACCESS_LIFE = 900;
const ISSUER = "wppconnect-agent-system";
const AUDIENCE = "wppconnect-api";
const TYPE = "at+jwt";
/** Tolerated difference between two servers' clocks, in seconds. */
const SKEW = 5;

const Claims = z.object({
  sub: z.string(),
  tid: z.string(),
  sid: z.string(),
  role: z.string(),
  ver: z.int(),
  exp: z.int(),
});
export type Claims = z.infer<typeof Claims>;

/** The system's clock, as tokens have it. */
function secondsNow(): number {
  return Math.floor(systemNow() / 1_000);
}

/** Signs an access token. `sid` is the id of its login, `ver` the user's token version. */
export function signAccessToken(key: Buffer, claims: Omit<Claims, "exp">): string {
  const { sub, ...rest } = claims;
  return jwt.sign({ ...rest, iat: secondsNow() }, key, {
    algorithm: "HS256",
    subject: sub,
    issuer: ISSUER,
    audience: AUDIENCE,
    expiresIn: ACCESS_LIFE,
    header: { alg: "HS256", typ: TYPE },
  });
}

/** Returns the claims of a genuine, unexpired token. Throws the problems `token_expired` and `unauthenticated`. */
export function verifyAccessToken(key: Buffer, token: string): Claims {
  try {
    const { header, payload } = jwt.verify(token, key, {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp: secondsNow(),
      clockTolerance: SKEW,
      complete: true,
    });
    if (header.typ !== TYPE) throw new Problem("unauthenticated", "the token is not an access token");
    return Claims.parse(payload);
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw new Problem("token_expired");
    if (error instanceof jwt.JsonWebTokenError || error instanceof z.ZodError)
      throw new Problem("unauthenticated", "the access token is not valid");
    throw error;
  }
}

/** 256 random bits. */
export function createRefreshToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashToken(token: string): string {
  return hash("sha256", token, "hex");
}
