#!/bin/sh
# Installs the programs that the tests and the browser driver need in addition to the npm packages: Chromium's headless
# shell, ffmpeg, PostgreSQL, nats-server, redis-server and nginx. Where they cannot be installed, lists those that are
# missing.
set -u

have_chromium() {
  [ -n "${WPP_CHROMIUM:-}" ] && [ -x "$WPP_CHROMIUM" ] && return 0
  for path in /usr/lib/chromium/chromium-headless-shell /usr/lib/chromium/chromium \
    /usr/lib/chromium-browser/chromium-browser /opt/google/chrome/chrome; do
    [ -x "$path" ] && return 0
  done
  return 1
}
have_ffmpeg() { command -v ffmpeg >/dev/null 2>&1 || [ -x "${WPP_FFMPEG:-}" ]; }
have_postgres() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
have_nats() { command -v nats-server >/dev/null 2>&1 || [ -x /usr/sbin/nats-server ]; }
have_redis() { command -v redis-server >/dev/null 2>&1; }
have_nginx() { command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; }

missing=""
have_chromium || missing="$missing chromium-headless-shell"
have_ffmpeg || missing="$missing ffmpeg"
have_postgres || missing="$missing postgresql"
have_nats || missing="$missing nats-server"
have_redis || missing="$missing redis-server"
have_nginx || missing="$missing nginx-light"
[ -z "$missing" ] && exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root="no"; fi
fi

if [ "$as_root" != "no" ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing with apt-get:$missing (this takes a minute or two)"
  export DEBIAN_FRONTEND=noninteractive
  { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing; } \
    >/tmp/wpp-setup.$$ 2>&1 || { echo "apt-get failed:"; tail -n 5 /tmp/wpp-setup.$$; }
  rm -f /tmp/wpp-setup.$$
fi

still=""
have_chromium ||
  still="$still\n  chromium-headless-shell  for sessions with driver browser (or set WPP_CHROMIUM to a Chromium binary)"
have_ffmpeg || still="$still\n  ffmpeg                   to convert voice messages, GIFs and stickers (or set WPP_FFMPEG to its path)"
have_postgres || still="$still\n  postgresql               for the tests on PostgreSQL"
have_nats || still="$still\n  nats-server              for the tests with several processes"
have_redis || still="$still\n  redis-server             for the tests of limits shared by several processes"
have_nginx || still="$still\n  nginx                    for the tests of the deployment files"
if [ -n "$still" ]; then
  printf "Missing, and could not be installed:$still\n"
  echo "Install them with your package manager, for example:"
  echo "  sudo apt-get install --no-install-recommends chromium-headless-shell ffmpeg postgresql nats-server" \
    "redis-server nginx-light"
  echo "The system runs without them, but the tests that need them fail with a message."
fi
exit 0
