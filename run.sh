#!/bin/sh
# The one door for people: ./run.sh lists its words. Needs Python 3.11 or newer and nothing else on PATH.
here=${0%/*}
[ "$here" = "$0" ] && here=.
for python in ${LOA_PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
    if command -v "$python" >/dev/null 2>&1 &&
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" "$here/.run" "$@"
    fi
done
echo "Loa cần Python 3.11 trở lên (Loa needs Python 3.11 or newer): cài Python rồi chạy lại ./run.sh" >&2
exit 1
