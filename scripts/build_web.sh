#!/usr/bin/env bash
# Builds web/dist with Node (18 or newer): the machine's own, else the one that a PyPI wheel carries.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f web/package.json ] || exit 0
web_hash=$(find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -print0 | sort -z | xargs -0 cat | sha256sum | cut -c1-16)
# The stamp: the hash of what was built, then each file that came of it with its own, so that a lost one is noticed.
fresh() {
    [ "$(head -n 1 web/dist/.stamp 2>/dev/null)" = "$web_hash" ] &&
        tail -n +2 web/dist/.stamp | (cd web/dist && sha256sum --check --status 2>/dev/null)
}
fresh && exit 0
printf '\033[1m==>\033[0m Widget and console scripts (web/dist)\n'

node_is_new_enough() { command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null; }
if ! node_is_new_enough; then
    echo "    no Node 18 or newer on PATH: fetching one from the Python package index (requirements/node.lock)"
    .venv/bin/python -m pip install -qq --no-deps --require-hashes -r requirements/node.lock
    mkdir -p var/node-bin
    .venv/bin/python scripts/node_shims.py var/node-bin
    PATH="$PWD/var/node-bin:$PATH"
fi
(cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build)
(cd web/dist && { echo "$web_hash"; sha256sum -- *; } > .stamp)
