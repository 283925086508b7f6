#!/bin/sh
# Makes what no file of the repository holds: passwords, the master key, and a self-signed certificate for a first try.
#   sh scripts/compose-secrets.sh [folder]      ./secrets for compose; k8s/secrets/values for Kubernetes
# What is there already is kept: run it again to add what is missing, or what you have deleted to have it made anew (with a
# password also the files that hold it: *-url and *-auth.conf). TLS_NAME names the certificate's host (localhost).
set -eu
umask 077

folder="${1:-./secrets}"
name="${TLS_NAME:-localhost}"
command -v openssl >/dev/null 2>&1 || { echo "openssl is needed; install it with your package manager" >&2; exit 1; }

mkdir -p "$folder"
cd "$folder"
# Whatever comes to lie here is never committed.
[ -f .gitignore ] || echo '*' >.gitignore

# Hexadecimal, so that a password can stand in an address as it is.
for secret in master-key database-password nats-password redis-password; do
  [ -s "$secret" ] || openssl rand -hex 32 >"$secret"
done

# The same passwords in the forms that each program reads. One that is there may name a server of the operator's own.
derive() {
  if [ -s "$1" ]; then
    [ "$(cat "$1")" = "$2" ] || echo "$1 is kept, though it is not what would be made here. To have it made anew, delete it and run this again." >&2
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
    -subj "/CN=$name" -addext "subjectAltName=DNS:$name,DNS:localhost,IP:127.0.0.1" -keyout tls.key -out tls.crt 2>/dev/null
  echo "A self-signed certificate for $name: put your own in tls.crt and tls.key before you go live."
fi

# Each container runs as a user of its own, and compose mounts the files as they are: the folder is what keeps others out.
chmod 0700 .
chmod 0444 ./master-key ./*-password ./*-url ./*.conf ./tls.crt ./tls.key
echo "Secrets are in $(pwd). Keep a copy of master-key apart from every backup: without it, backups cannot be read."
