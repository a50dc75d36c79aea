"""`python -m rapport`: the same as the command `rapport`."""

from __future__ import annotations

from rapport.cli.main import main

if __name__ == "__main__":
    main()
