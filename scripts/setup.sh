#!/usr/bin/env bash
# Makes what `make demo` and `make test` need, says what it does, and does nothing twice:
#   .venv       the application (Python 3.11 or newer), from requirements/app.lock (and dev.lock with --dev)
#   .venv-rasa  Rasa (Python 3.10), from bot/requirements.lock
#   web/dist    the widget and the console's scripts, built from web/ with Node
# Each part is stamped with the hash of what it was made from, and made again only when that changes.
set -euo pipefail
cd "$(dirname "$0")/.."
dev=false; [ "${1:-}" = --dev ] && dev=true
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
mkdir -p var

say() { printf '\033[1m==>\033[0m %s\n' "$*"; SECONDS=0; }
done_with() { printf '    %s: %s s, %s\n' "$1" "$SECONDS" "$(du -sh "$1" | cut -f1)"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
hash_of() { cat "$@" | sha256sum | cut -c1-16; }
fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# Installs a lock file with progress: one line per package would drown the rest, so pip's own is kept to a counter.
install_lock() {  # python lock
    local total; total=$(grep -cE '^[a-zA-Z0-9]' "$2")
    "$1" -m pip install --no-deps --require-hashes -r "$2" 2>&1 | awk -v total="$total" -v lock="$2" '
        /^(Collecting|Processing|Ignoring|Requirement already)/ { n++; if (n % 10 == 0 || n == total) { printf "\r    %s: fetched %d of %d", lock, n, total; fflush() } }
        /^Installing collected/ { printf "\r    %s: fetched %d of %d, unpacking …", lock, n, total; fflush() }
        /^ERROR|^error|No matching/ { print; bad = 1 }
        /^Successfully/ { printf " done\n" }
        END { exit bad }'
    [ "${PIPESTATUS[0]}" -eq 0 ]
}

make_env() {  # folder python-versions what-for
    local folder=$1 versions=$2 what=$3 python
    # shellcheck disable=SC2086
    python=$(bash scripts/find_python.sh $versions) || fail "$what needs Python ${versions// / or }; none was found on PATH, under pyenv or through uv.
       Install one (Debian/Ubuntu: apt-get install python3; any version: pip install uv, then uv python install ${versions%% *}) and run the command again."
    "$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python has no venv module. Install it (Debian/Ubuntu: apt-get install python3-venv) and run the command again."
    rm -rf "$folder"
    "$python" -m venv "$folder" || fail "could not make $folder with $python"
}

app_locks="requirements/app.lock"; $dev && app_locks="$app_locks requirements/dev.lock"
app_hash=$(hash_of requirements/app.lock)
if ! fresh .venv/.stamp-app "$app_hash"; then
    say "Application environment (.venv, about 1 minute)"
    make_env .venv "3.11 3.12 3.13" "the application"
    install_lock .venv/bin/python requirements/app.lock || fail "installing requirements/app.lock failed; see the lines above"
    .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable . || fail "installing the rapport command failed"
    echo "$app_hash" > .venv/.stamp-app
    done_with .venv
fi
if $dev; then
    dev_hash=$(hash_of requirements/app.lock requirements/dev.lock)
    if ! fresh .venv/.stamp-dev "$dev_hash"; then
        say "Test tools (into .venv, about 30 seconds)"
        install_lock .venv/bin/python requirements/dev.lock || fail "installing requirements/dev.lock failed; see the lines above"
        echo "$dev_hash" > .venv/.stamp-dev
    fi
fi

rasa_hash=$(hash_of bot/requirements.lock)
if ! fresh .venv-rasa/.stamp "$rasa_hash"; then
    say "Rasa's environment (.venv-rasa, Python 3.10, about 1 minute)"
    make_env .venv-rasa "3.10" "Rasa 3.6"
    install_lock .venv-rasa/bin/python bot/requirements.lock || fail "installing bot/requirements.lock failed; see the lines above"
    echo "$rasa_hash" > .venv-rasa/.stamp
    done_with .venv-rasa
fi

bash scripts/build_web.sh
