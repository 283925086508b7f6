#!/bin/sh
# Runs Chromium as the holder of its profile's lock. flock opens the file and becomes Chromium, which keeps it open: the
# lock lasts exactly as long as the browser, whatever happens to the process that started it. It works between pid
# namespaces, and on NFS 4. Exits with 75 when another browser has the lock.
set -eu
if command -v flock >/dev/null 2>&1 && [ -z "${PROFILE_LOCKED:-}" ]; then
  export PROFILE_LOCKED=1
  exec flock --no-fork --nonblock --conflict-exit-code 75 "$PROFILE_LOCK" "$0" "$@"
fi
# When memory runs short, the kernel ends a browser rather than the node with all its sessions.
echo 300 2>/dev/null >/proc/self/oom_score_adj || true
printf '%s\n' "$PROFILE_HOLDER" >"$PROFILE_LOCK"
# Left behind by a browser that was killed; with the lock they are known to be stale.
rm -f "$PROFILE_DATA"/Singleton*
exec "$PROFILE_BROWSER" "$@"
