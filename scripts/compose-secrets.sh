#!/bin/sh
# Generates the secrets, none of which are in the repository: passwords, the master key, and a self-signed certificate.
#   sh scripts/compose-secrets.sh [folder]      ./secrets (default) for compose; k8s/secrets/values for Kubernetes
# Existing files are kept, so it can be run again to add missing ones. To replace a secret, delete its file first; for a
# password also the files that contain it (*-url and *-auth.conf). TLS_NAME is the host of the certificate (localhost).
set -eu
umask 077

folder="${1:-./secrets}"
name="${TLS_NAME:-localhost}"
command -v openssl >/dev/null 2>&1 || { echo "openssl is required; install it with your package manager" >&2; exit 1; }

mkdir -p "$folder"
cd "$folder"
# Never commit anything in this folder.
[ -f .gitignore ] || echo '*' >.gitignore

# Hexadecimal, so that passwords need no escaping in URLs.
for secret in master-key database-password nats-password redis-password; do
  [ -s "$secret" ] || openssl rand -hex 32 >"$secret"
done

# The same passwords, in the form that each program reads. An existing file may point to the operator's own server.
derive() {
  if [ -s "$1" ]; then
    [ "$(cat "$1")" = "$2" ] ||
      echo "$1 is kept, although it differs from the generated one. To replace it, delete it and run this again." >&2
  else
    rm -f "$1" && echo "$2" >"$1"
  fi
}
derive database-url "postgres://wpp:$(cat database-password)@postgres:5432/wpp"
derive nats-url "nats://wpp:$(cat nats-password)@nats:4222"
derive redis-url "redis://:$(cat redis-password)@redis:6379"
derive nats-auth.conf "authorization { user: \"wpp\", password: \"$(cat nats-password)\" }"
derive redis-auth.conf "requirepass $(cat redis-password)"

if [ ! -s tls.crt ] || [ ! -s tls.key ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -sha256 \
    -subj "/CN=$name" -addext "subjectAltName=DNS:$name,DNS:localhost,IP:127.0.0.1" \
    -keyout tls.key -out tls.crt 2>/dev/null
  echo "Created a self-signed certificate for $name. Before you go live, replace tls.crt and tls.key with your own."
fi

# Each container runs as a different user, and compose mounts the files unchanged, so only the folder restricts access.
chmod 0700 .
chmod 0444 ./master-key ./*-password ./*-url ./*.conf ./tls.crt ./tls.key
echo "Secrets are in $(pwd). Keep a copy of master-key separate from the backups: without it they cannot be read."
