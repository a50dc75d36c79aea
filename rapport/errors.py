"""What a person can mend: one root, and the message says what, why and how.

RapportError            root; the command line prints its message on one line and leaves with `exit_code`
├── SettingsError       an environment variable is wrong or unknown (every fault in one error)
├── DatabaseError       the database cannot be reached, or its tables are of another version
├── StartError          a process could not be started or did not get ready
├── TrainingError       Rasa's training failed
├── BenchError          a benchmark is unknown or gave something else than its contract
└── InputError          a file or an option that was given on the command line is not usable

Anything else that is raised is a fault of the program and keeps its traceback.
"""

from __future__ import annotations


class RapportError(Exception):
    """Root of all errors that a person can mend."""

    exit_code = 1


class SettingsError(RapportError):
    """One or more environment variables are wrong; `faults` holds one line for each."""

    exit_code = 2

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


class DatabaseError(RapportError):
    """The database cannot be used as it is."""


class StartError(RapportError):
    """A process could not be started, or did not get ready in time."""


class TrainingError(RapportError):
    """Rasa could not be trained."""


class BenchError(RapportError):
    """A benchmark is unknown, or its result breaks the contract."""


class InputError(RapportError):
    """What was given on the command line cannot be used."""

    exit_code = 2
