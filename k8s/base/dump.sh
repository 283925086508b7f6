#!/bin/sh
# Writes a dump of the database to BACKUP_DIR; it is verified before it gets its final name. Deletes dumps older than
# KEEP_DAYS. It depends on PostgreSQL only, so that it works even when the system itself does not.
set -eu
umask 077

PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
export PGPASSWORD
name="wpp-$(date -u +%Y%m%dT%H%M%SZ).dump"
partial="$BACKUP_DIR/.$name.partial"
trap 'rm -f "$partial"' EXIT

# Delete the partial files of killed runs; those of a run in progress are newer.
find "$BACKUP_DIR" -maxdepth 1 -name '.wpp-*.partial' -mmin +180 -delete
pg_dump --format=custom --no-owner --file="$partial"
# Verify the dump: unpack every block and discard the resulting SQL.
pg_restore --file=/dev/null "$partial"
sync "$partial"
mv "$partial" "$BACKUP_DIR/$name"
(cd "$BACKUP_DIR" && sha256sum "$name" >"$name.sha256")
find "$BACKUP_DIR" -maxdepth 1 -name 'wpp-*.dump*' -mtime "+$KEEP_DAYS" -delete
echo "$name $(wc -c <"$BACKUP_DIR/$name") bytes"
