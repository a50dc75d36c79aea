"""Showing work that takes its time: a bar on a terminal, plain lines elsewhere, and the time of each step."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

#: Without a terminal a step says where it is at most this often, in seconds.
_SAY_EVERY = 10.0


class Step:
    """One running step. Call it with what is being done, and the share that is done (0..1) where that is known."""

    def __init__(self, title: str, console: Console, progress: Progress | None, task: TaskID | None) -> None:
        self.title = title
        self.result = ""
        self.skipped = False
        self._console = console
        self._progress = progress
        self._task = task
        self._said_at = time.monotonic()

    def __call__(self, text: str, share: float | None = None) -> None:
        """Tell what is being done now; may be called from any thread, and often."""
        if self._progress is not None and self._task is not None:
            done = None if share is None else share * 100
            self._progress.update(self._task, detail=text, completed=done, total=None if share is None else 100)
        elif time.monotonic() - self._said_at >= _SAY_EVERY:
            self._said_at = time.monotonic()
            percent = "" if share is None else f" ({share:.0%})"
            self._console.print(f"  {self.title}: {text}{percent}")

    def skip(self, why: str) -> None:
        """Say that there was nothing to do."""
        self.skipped = True
        self.result = why


class Steps:
    """A series of steps with their times.

    Parameters
    ----------
    console : where progress goes (standard error, so that results stay apart).
    quiet : show nothing, for `--json`.
    """

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self._console = console
        self._quiet = quiet
        #: [{"step", "seconds", "skipped", "result"}], in order.
        self.timings: list[dict[str, object]] = []

    @contextmanager
    def step(self, title: str, name: str | None = None) -> Iterator[Step]:
        """Run one step: its line is replaced by a tick and its time when it ends well."""
        began = time.perf_counter()
        with self._shown(title) as step:
            yield step
        seconds = time.perf_counter() - began
        self.timings.append(
            {"step": name or title, "seconds": round(seconds, 2), "skipped": step.skipped, "result": step.result}
        )
        if not self._quiet:
            mark = "[dim]–[/]" if step.skipped else "[green]✓[/]"
            result = f"  [dim]{step.result}[/]" if step.result else ""
            self._console.print(f"{mark} {title:<34}{seconds:>7.1f} s{result}")

    @contextmanager
    def _shown(self, title: str) -> Iterator[Step]:
        if self._quiet or not self._console.is_terminal:
            if not self._quiet:
                self._console.print(f"… {title}")
            yield Step(title, Console(quiet=True) if self._quiet else self._console, None, None)
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[detail]}[/]"),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(title, total=None, detail="")
            yield Step(title, self._console, progress, task)
