"""How long the gateway tries: attempts, breaker, places, buckets."""

from __future__ import annotations

import asyncio

import pytest

from gateway.conversations.attempts import Attempts, Patience
from gateway.limits import Buckets
from gateway.rasa.breaker import Breaker
from gateway.rasa.failures import ActionFailedError, BadAnswerError, RasaAwayError
from gateway.rasa.slots import Slots

PATIENCE = Patience(turn_deadline=10.0, outage_patience=3.0, longest_backoff=5.0, give_up_after=3600.0)


class Clock:
    """Stands still until told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _attempts(clock: Clock, *, told: bool = False, asks_for_person: bool = False, age: float = 0.0) -> Attempts:
    return Attempts(PATIENCE, told=told, asks_for_person=asks_for_person, age=age, clock=clock)


# Attempts


def test_the_first_attempt_may_take_the_deadline_less_the_time_to_tell(clock: Clock) -> None:
    assert _attempts(clock).timeout() == pytest.approx(10.0 * 0.95)


def test_later_attempts_share_the_same_deadline(clock: Clock) -> None:
    attempts = _attempts(clock)
    clock.now += 4.0
    assert attempts.timeout() == pytest.approx(9.5 - 4.0)


def test_once_told_every_attempt_has_the_whole_time(clock: Clock) -> None:
    attempts = _attempts(clock, told=True)
    clock.now += 60.0
    assert attempts.timeout() == 10.0


def test_who_asks_for_a_person_waits_for_the_bot_only_shortly(clock: Clock) -> None:
    assert _attempts(clock, asks_for_person=True).timeout() == 3.0


def test_nothing_is_told_before_a_failure(clock: Clock) -> None:
    attempts = _attempts(clock)
    clock.now += 60.0
    assert not attempts.tell_now(bot_is_away=True)


def test_a_failure_is_told_at_the_deadline(clock: Clock) -> None:
    attempts = _attempts(clock)
    attempts.note(ActionFailedError())
    clock.now += 8.9
    assert not attempts.tell_now(bot_is_away=False)
    clock.now += 0.2
    assert attempts.tell_now(bot_is_away=False)


def test_a_bot_known_to_be_away_is_told_sooner(clock: Clock) -> None:
    attempts = _attempts(clock)
    attempts.note(RasaAwayError())
    clock.now += 2.4
    assert not attempts.tell_now(bot_is_away=True)
    clock.now += 0.2
    assert attempts.tell_now(bot_is_away=True)
    assert not attempts.tell_now(bot_is_away=False)


def test_it_is_told_once(clock: Clock) -> None:
    attempts = _attempts(clock)
    attempts.note(RasaAwayError())
    clock.now += 20.0
    attempts.told = True
    assert not attempts.tell_now(bot_is_away=True)


def test_pauses_double_up_to_the_longest(clock: Clock) -> None:
    attempts = _attempts(clock, told=True)
    pauses = []
    for _ in range(8):
        attempts.note(RasaAwayError())
        pauses.append(attempts.pause(bot_is_away=True))
    for pause, doubled in zip(pauses, [0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0], strict=True):
        assert 0.8 * doubled <= pause <= doubled


def test_a_pause_never_ends_after_the_moment_to_tell(clock: Clock) -> None:
    attempts = _attempts(clock)
    for _ in range(6):
        attempts.note(RasaAwayError())
    clock.now += 9.0
    assert attempts.pause(bot_is_away=False) == pytest.approx(0.5)
    clock.now += 5.0
    assert attempts.pause(bot_is_away=False) == 0.0


def test_a_message_with_bad_answers_only_is_given_up(clock: Clock) -> None:
    attempts = _attempts(clock)
    for _ in range(7):
        attempts.note(BadAnswerError())
    assert not attempts.is_hopeless()
    attempts.note(BadAnswerError())
    assert attempts.is_hopeless()


def test_an_outage_alone_is_no_reason_to_give_up(clock: Clock) -> None:
    attempts = _attempts(clock)
    for _ in range(100):
        attempts.note(RasaAwayError())
        attempts.note(ActionFailedError())
    assert not attempts.is_hopeless()


def test_a_message_too_old_is_given_up(clock: Clock) -> None:
    attempts = _attempts(clock, age=3590.0)
    assert not attempts.is_hopeless()
    clock.now += 11.0
    assert attempts.is_hopeless()


# Breaker


def _failing(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.admit()
        breaker.failed()


def test_three_failures_in_a_row_open_the_breaker(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    _failing(breaker, 2)
    breaker.succeeded()
    _failing(breaker, 3)
    assert breaker.is_open
    with pytest.raises(RasaAwayError):
        breaker.admit()


def test_after_a_pause_one_probe_is_let_through(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    _failing(breaker, 3)
    clock.now += 0.5
    breaker.admit()
    with pytest.raises(RasaAwayError):
        breaker.admit()


def test_a_failed_probe_doubles_the_pause_up_to_the_longest(clock: Clock) -> None:
    breaker = Breaker(clock=clock, longest_pause=2.0)
    _failing(breaker, 3)
    for pause in (0.5, 1.0, 2.0, 2.0):
        clock.now += pause - 0.01
        with pytest.raises(RasaAwayError):
            breaker.admit()
        clock.now += 0.01
        _failing(breaker, 1)


def test_a_successful_probe_closes_it_and_tells(clock: Clock) -> None:
    recovered = []
    breaker = Breaker(clock=clock, on_recovery=lambda: recovered.append(True))
    breaker.succeeded()
    _failing(breaker, 3)
    clock.now += 0.5
    breaker.admit()
    breaker.succeeded()
    assert not breaker.is_open
    assert recovered == [True]


def test_an_abandoned_probe_lets_another_one_try(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    _failing(breaker, 3)
    clock.now += 0.5
    breaker.admit()
    breaker.abandoned()
    breaker.admit()


# Places


async def test_no_more_turns_than_places() -> None:
    slots = Slots(2, stall_after=10.0)
    at_once, most = 0, 0

    async def turn() -> None:
        nonlocal at_once, most
        async with slots.slot():
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0.001)
            at_once -= 1

    await asyncio.gather(*(turn() for _ in range(20)))
    assert most == 2


async def test_a_stalled_turn_gives_its_place_up_only_once() -> None:
    slots = Slots(1, stall_after=0.02)
    gate = asyncio.Event()

    async def stall() -> None:
        async with slots.slot():
            await gate.wait()

    stalled = asyncio.create_task(stall())
    await asyncio.sleep(0)
    async with asyncio.timeout(5), slots.slot():
        gate.set()
        await stalled
        # The place is ours: the stalled turn did not give it back a second time.
        assert slots._places.locked()


# Buckets


def test_a_bucket_gives_its_burst_and_then_its_rate(clock: Clock) -> None:
    buckets = Buckets(rate=1.0, burst=3, clock=clock)
    assert [buckets.take("ana") for _ in range(4)] == [True, True, True, False]
    clock.now += 2.0
    assert [buckets.take("ana") for _ in range(3)] == [True, True, False]


def test_everybody_has_a_bucket_of_her_own(clock: Clock) -> None:
    buckets = Buckets(rate=1.0, burst=1, clock=clock)
    assert buckets.take("ana")
    assert buckets.take("ben")
    assert not buckets.take("ana")


def test_a_full_bucket_does_not_overflow(clock: Clock) -> None:
    buckets = Buckets(rate=1.0, burst=2, clock=clock)
    buckets.take("ana")
    clock.now += 1000.0
    assert [buckets.take("ana") for _ in range(3)] == [True, True, False]


def test_looking_takes_nothing(clock: Clock) -> None:
    buckets = Buckets(rate=1.0, burst=1, clock=clock)
    assert buckets.allows("ana")
    assert buckets.take("ana")
    assert not buckets.allows("ana")
