/**
 * Networks as limits count them: what one client can be assumed to have. A client of IPv6 usually has 2^64 addresses,
 * so a limit per address would not limit anything.
 */
import ipaddr from "ipaddr.js";

/** Prefix lengths by kind of address: what one client has, and what one organization may have. */
const CLIENT = { ipv4: 32, ipv6: 64 } as const;
const ORGANIZATION = { ipv4: 24, ipv6: 48 } as const;

/** The network of the client with this address. Texts that are no addresses count as one client each. */
export function networkOf(address: string): string {
  return prefixOf(address, CLIENT);
}

/** The wider network around it, in which an attacker may have many addresses. */
export function wideNetworkOf(address: string): string {
  return prefixOf(address, ORGANIZATION);
}

function prefixOf(address: string, lengths: typeof CLIENT | typeof ORGANIZATION): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  const bytes = parsed.toByteArray().slice(0, lengths[parsed.kind()] / 8);
  return `${parsed.kind()}:${Buffer.from(bytes).toString("hex")}`;
}
