"""Finding out that a port is taken before anything is started, and by whom."""

from __future__ import annotations

import socket
from collections.abc import Iterable

import psutil

from rapport.supervision.program import Listen, Program


def is_free(listen: Listen) -> bool:
    """Try to listen there, as a server does."""
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen.host, listen.port))
        except OSError:
            return False
    return True


def taken_ports(programs: Iterable[Program]) -> list[str]:
    """Give one line for each program whose port is taken: which port, by what, and the setting that moves it."""
    return [
        f"port {listen.port} for {program.name} is taken{_by_whom(listen.port)}: "
        f"end that program, or choose another port with {listen.setting}."
        for program in programs
        if (listen := program.listen) is not None and not is_free(listen)
    ]


def _by_whom(port: int) -> str:
    """Name the program that listens on a port, where this user may know it."""
    try:
        connections = psutil.net_connections(kind="tcp")
        pids = {c.pid for c in connections if c.laddr and c.laddr.port == port and c.status == psutil.CONN_LISTEN}
        owners = sorted(f"{psutil.Process(pid).name()}, pid {pid}" for pid in pids if pid)
    except (psutil.Error, OSError):
        return ""
    return f" by {owners[0]}" if owners else ""
