#!/usr/bin/env bash
# The browser tests drive Debian's Chromium: install it where that is possible, say so where it is not.
for name in chromium chromium-browser google-chrome; do command -v $name >/dev/null 2>&1 && exit 0; done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "==> Chromium for the browser tests (apt-get install chromium)"
    log=$(mktemp)
    if apt-get update >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium >>"$log" 2>&1; then
        rm -f "$log"; exit 0
    fi
    tail -n 3 "$log"; rm -f "$log"
fi
echo "setup: no Chromium here and it could not be installed: the browser tests will be skipped, and the report says so." >&2
echo "       To run them: apt-get install chromium" >&2
