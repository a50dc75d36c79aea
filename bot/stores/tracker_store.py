"""Rasa's tracker store on the append-only log: a turn is one insert, a known conversation is not read at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.stores.event_log import EventDict, EventLog, EventLogError, Window
from bot.stores.live import Live
from bot.stores.window import Bounds, replay_start, starts_session


class StoredTracker(DialogueStateTracker):
    """A tracker that knows which of its events are in the log.

    The first `prefix` events stand for older ones; the others have the numbers from `from_seq` on; the first `stored`
    events (prefix included) need not be written.
    """

    prefix: int = 0
    from_seq: int = 0
    stored: int = 0

    @property
    def next_seq(self) -> int:
        """Number of the next event to be stored."""
        return self.from_seq + self.stored - self.prefix

    def seq_of(self, index: int) -> int:
        """Number of the event at an index, which must not lie in the prefix."""
        return self.from_seq + index - self.prefix


class AppendOnlyTrackerStore(TrackerStore):
    """Keeps conversations in a SQLite file.

    Parameters
    ----------
    domain, event_broker : from Rasa. There is no broker: followers read the log.
    host : path of the file (`url` in endpoints.yml).
    live : trackers kept in memory, about 50 kB each.
    window_most, window_keep : see `bot.stores.window.Bounds`.
    synchronous : see `EventLog`.
    """

    def __init__(
        self,
        domain: Any,
        host: str | None = None,
        event_broker: Any = None,
        *,
        live: int = 1000,
        window_most: int = 8,
        window_keep: int = 4,
        synchronous: str = "NORMAL",
        **_unused: Any,
    ) -> None:
        if not host:
            raise EventLogError("tracker_store needs `url`, the file of Rasa's store (see endpoints.yml).")
        if event_broker is not None:
            raise EventLogError("This store feeds no event broker, which could lose events: remove it.")
        super().__init__(domain, None)
        self.log = EventLog(host, synchronous=synchronous)
        self._bounds = Bounds(most=window_most, keep=window_keep)
        self._live: Live[StoredTracker] = Live(live)

    def init_tracker(self, sender_id: str) -> StoredTracker:
        """Give an empty tracker of our kind."""
        return StoredTracker(sender_id, self.domain.slots)

    async def retrieve(self, sender_id: str) -> StoredTracker | None:
        """Lend a conversation's tracker to a turn: it comes back with `save`, or is read anew."""
        tracker = self._live.take(sender_id)
        if tracker is not None:
            return tracker
        window = self.log.window(sender_id)
        stored = _events(self.log.read(sender_id, window.from_seq))
        if not stored:
            return None
        return self._tracker(sender_id, window.from_seq, _events(window.prefix), stored)

    async def look(self, sender_id: str) -> StoredTracker | None:
        """Give a conversation's tracker for reading only; call it under the conversation's lock."""
        tracker = await self.retrieve(sender_id)
        if tracker is not None:
            self._live.put(sender_id, tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what the turn added, in one transaction.

        Raises
        ------
        EventLogError : nothing was stored; the tracker is forgotten, the next turn reads the last saved state.
        """
        if not isinstance(tracker, StoredTracker):
            raise EventLogError(f"Only trackers of this store can be saved in it, not a {type(tracker).__name__}.")
        events = list(tracker.events)
        if len(events) == tracker.stored:
            return
        start = replay_start(events, self._bounds)
        kept = self._folded(tracker, events, start) if start > tracker.prefix else tracker
        window = None if kept is tracker else _window(kept)
        self.log.append(
            tracker.sender_id, tracker.next_seq, [event.as_dict() for event in events[tracker.stored :]], window
        )
        kept.stored = len(kept.events)
        self._live.put(tracker.sender_id, kept)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Give a conversation with all of its sessions, for reading only."""
        events = _events(self.log.read(conversation_id))
        if not events:
            return None
        return _replayed(DialogueStateTracker(conversation_id, self.domain.slots), events)

    async def keys(self) -> Iterable[str]:
        """Give the ids of all conversations."""
        return self.log.senders()

    def turn(self, sender_id: str, message_id: str) -> list[EventDict]:
        """Give the saved events of the turn that answered a message; [] when it was never saved."""
        tracker = self._live.look(sender_id)
        held = [event.as_dict() for event in tracker.events] if tracker is not None else []
        return turn_of(held, message_id) or self.log.turn(sender_id, message_id)

    def _folded(self, tracker: StoredTracker, events: list[Event], start: int) -> StoredTracker:
        if starts_session(events[start]):
            prefix: list[Event] = []
        else:
            prefix = _state_events(_replayed(self.init_tracker(tracker.sender_id), events[:start]))
        return self._tracker(tracker.sender_id, tracker.seq_of(start), prefix, events[start:])

    def _tracker(self, sender_id: str, from_seq: int, prefix: list[Event], stored: list[Event]) -> StoredTracker:
        tracker: StoredTracker = _replayed(self.init_tracker(sender_id), [*prefix, *stored])
        tracker.prefix, tracker.from_seq, tracker.stored = len(prefix), from_seq, len(tracker.events)
        return tracker


def turn_of(events: list[EventDict], message_id: str) -> list[EventDict]:
    """Cut the turn that answered a message out of a conversation's events; [] when the message is not among them."""
    turn: list[EventDict] = []
    for event in events:
        if event["event"] == "user" and event.get("message_id") != message_id and turn:
            break
        if turn or (event["event"] == "user" and event.get("message_id") == message_id):
            turn.append(event)
    return turn


def _events(dicts: list[EventDict]) -> list[Event]:
    return [event for event in map(Event.from_parameters, dicts) if event is not None]


def _replayed(tracker: Any, events: list[Event]) -> Any:
    tracker.events.extend(events)
    tracker.replay_events()
    return tracker


def _state_events(tracker: DialogueStateTracker) -> list[Event]:
    """Give the fewest events that lead an empty tracker to the state of this one."""
    at = tracker.events[-1].timestamp
    slots = [slot for slot in tracker.slots.values() if slot.value != slot.initial_value]
    loop = tracker.active_loop_name
    return [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=at),
        SessionStarted(timestamp=at),
        *(SlotSet(slot.name, slot.value, timestamp=at) for slot in slots),
        *([ActiveLoop(loop, timestamp=at)] if loop else []),
        ActionExecuted(ACTION_LISTEN_NAME, timestamp=at),
    ]


def _window(tracker: StoredTracker) -> Window:
    prefix = [event.as_dict() for event in list(tracker.events)[: tracker.prefix]]
    return Window(from_seq=tracker.from_seq, prefix=prefix)
