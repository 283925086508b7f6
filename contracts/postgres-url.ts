/**
 * A URL of PostgreSQL may name several servers, `postgres://user:password@one:5432,two:5432/name`: one that takes
 * writes, and its standbys.
 */

/** One URL for each server. Throws TypeError when the URL is malformed. */
export function hostUrls(url: string): string[] {
  const parts = /^(postgres(?:ql)?:\/\/)((?:[^/?#]*@)?)([^/?#]*)(.*)$/.exec(url);
  if (parts === null) throw new TypeError("it does not begin with postgres://");
  const [, scheme = "", user = "", hosts = "", rest = ""] = parts;
  return hosts.split(",").map((host, _index, all) => {
    const { href, hostname } = new URL(`${scheme}${user}${host}${rest}`);
    if (all.length > 1 && hostname === "") throw new TypeError("the name of a host is missing beside a comma");
    return href;
  });
}

export function isPostgresUrl(url: string): boolean {
  try {
    return hostUrls(url).length > 0;
  } catch {
    return false;
  }
}
