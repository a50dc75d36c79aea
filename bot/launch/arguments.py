"""What a command line of ours means to Rasa: safe defaults, and settings checked before seconds of loading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: What `run` needs, as endpoints.yml and credentials.yml name it, and what it is for.
NEEDED_TO_RUN = {
    "RAPPORT_INTERNAL_SECRET": "the secret that gateway, Rasa and actions share",
    "RAPPORT_ACTIONS_PORT": "the port of the action server",
    "RAPPORT_RASA_DB": "the file of Rasa's tracker store",
}


class LaunchError(RuntimeError):
    """Rasa cannot be started like this; the message names every fault and its remedy."""


def rasa_arguments(arguments: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Give Rasa's arguments for ours.

    Parameters
    ----------
    arguments : as for `rasa`, without the program's name.
    environment : the process's environment.

    Returns
    -------
    The same; `run` listens on loopback unless an interface is named (Rasa's own default is every interface).

    Raises
    ------
    LaunchError : `run` without what it needs, or with more than one worker process.
    """
    if not arguments or arguments[0] != "run" or "actions" in arguments[1:2]:
        return list(arguments)
    if not {"-h", "--help"} & set(arguments):
        check_run(environment)
    named = any(argument == "-i" or argument.startswith("--interface") for argument in arguments)
    return [*arguments, *([] if named else ["--interface", "127.0.0.1"])]


def check_run(environment: Mapping[str, str]) -> None:
    """Check the environment of `run`; see `rasa_arguments`."""
    faults = [f"{name} is not set: {what}" for name, what in NEEDED_TO_RUN.items() if not environment.get(name)]
    if environment.get("SANIC_WORKERS", "1") != "1":
        faults.append("SANIC_WORKERS must be 1: lock and live trackers are kept in the process; start more processes")
    if faults:
        raise LaunchError("Rasa cannot be started. " + ". ".join(faults) + ". `rapport up` sets all of this.")
