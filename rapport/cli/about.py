"""`rapport version` and `rapport openapi`: what this program is."""

from __future__ import annotations

import platform
from importlib.metadata import version as installed
from typing import Annotated

import typer

from rapport.cli.console import Json, out, print_json

Demo = Annotated[bool, typer.Option("--demo", help="With the paths that only a demo shop serves (RAPPORT_DEMO=1).")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("version")(version)
    app.command("openapi")(openapi)


def version(json: Json = False) -> None:
    """Print the versions that a bug report needs."""
    from rapport.version import rapport_version

    versions = {"rapport": rapport_version(), "python": platform.python_version()}
    versions |= {name: installed(name) for name in ("aiohttp", "sqlalchemy", "rasa-sdk", "onnxruntime", "scikit-learn")}
    if json:
        print_json(versions)
        return
    for name, number in versions.items():
        out().print(f"{name:<14}{number}")


def openapi(demo: Demo = False) -> None:
    """Print the HTTP API's OpenAPI document.

    The same, in OpenAPI 3.1, that the gateway serves at /v1/openapi.json.
    """
    from gateway.api.openapi import describe
    from rapport.version import rapport_version

    print_json(describe(rapport_version(), demo=demo))
