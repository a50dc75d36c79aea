#!/usr/bin/env bash
# Resolves every lock file anew, with hashes and without registry addresses. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "lock: needs uv (pip install uv)" >&2; exit 1; }
python310=$(bash scripts/find_python.sh 3.10)
options=(--generate-hashes --no-header --quiet --upgrade)
uv pip compile bot/requirements.in --override bot/requirements.overrides --python "$python310" "${options[@]}" -o bot/requirements.lock
uv pip compile benchmarks/stock-rasa.in --python "$python310" "${options[@]}" -o benchmarks/stock-rasa.lock
uv pip compile requirements/app.in --universal --python-version 3.11 "${options[@]}" -o requirements/app.lock
uv pip compile requirements/dev.in --universal --python-version 3.11 "${options[@]}" -o requirements/dev.lock
uv pip compile requirements/node.in --universal --python-version 3.11 "${options[@]}" -o requirements/node.lock
