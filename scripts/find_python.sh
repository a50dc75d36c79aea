#!/usr/bin/env bash
# Prints the path of a Python of the asked version: on PATH, else under pyenv, else one that uv finds or fetches.
# usage: find_python.sh 3.10 [further versions, in order of preference]
set -u
for version in "$@"; do
    if path=$(command -v "python$version" 2>/dev/null) && "$path" -c '' 2>/dev/null; then
        echo "$path"; exit 0
    fi
    for root in "${PYENV_ROOT:-}" "$HOME/.pyenv"; do
        [ -n "$root" ] || continue
        path=$(ls -d "$root/versions/$version".*/bin/python 2>/dev/null | sort -V | tail -n 1)
        if [ -n "$path" ]; then echo "$path"; exit 0; fi
    done
    if [ "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ]; then
        command -v python3; exit 0
    fi
done
for version in "$@"; do
    for uv in "$(command -v uv 2>/dev/null)" "$HOME/.local/bin/uv" .venv/bin/uv; do
        [ -x "$uv" ] || continue
        if path=$("$uv" python find "$version" 2>/dev/null) && [ -x "$path" ]; then echo "$path"; exit 0; fi
        if "$uv" python install --quiet "$version" >&2 && path=$("$uv" python find "$version" 2>/dev/null); then
            echo "$path"; exit 0
        fi
    done
done
exit 1
