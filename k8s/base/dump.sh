#!/bin/sh
# One dump of the database in BACKUP_DIR, read back from end to end before it gets its name; those older than KEEP_DAYS go.
# It speaks to PostgreSQL alone, so that it works on the day when the system itself does not.
set -eu
umask 077

PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
export PGPASSWORD
name="wpp-$(date -u +%Y%m%dT%H%M%SZ).dump"
partial="$BACKUP_DIR/.$name.partial"
trap 'rm -f "$partial"' EXIT

# What a run that was killed has left; one that still writes is younger.
find "$BACKUP_DIR" -maxdepth 1 -name '.wpp-*.partial' -mmin +180 -delete
pg_dump --format=custom --no-owner --file="$partial"
# Every block is unpacked; the SQL that comes of it is thrown away.
pg_restore --file=/dev/null "$partial"
sync "$partial"
mv "$partial" "$BACKUP_DIR/$name"
(cd "$BACKUP_DIR" && sha256sum "$name" >"$name.sha256")
find "$BACKUP_DIR" -maxdepth 1 -name 'wpp-*.dump*' -mtime "+$KEEP_DAYS" -delete
echo "$name $(wc -c <"$BACKUP_DIR/$name") bytes"
