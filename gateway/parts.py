"""The gateway's parts, made and joined once, started and stopped in order."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from analytics.facade import Analytics
from gateway.channels.widget import CHANNEL, WidgetChannel
from gateway.config import GatewayConfig
from gateway.conversations.announcer import Announcer
from gateway.conversations.answering import Answering
from gateway.conversations.attempts import Patience
from gateway.conversations.completion import Completion
from gateway.conversations.hub import Hub
from gateway.conversations.inbox import Inbox
from gateway.conversations.relay import Relay
from gateway.conversations.scheduler import Scheduler
from gateway.desk import GatewayDesk
from gateway.metrics import Metrics
from gateway.peers import Peer
from gateway.rasa.breaker import Breaker
from gateway.rasa.client import RasaClient
from gateway.rasa.slots import Slots
from gateway.store_thread import StoreThread

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What belongs together for the life of one application."""

    config: GatewayConfig
    store: StoreThread
    rasa: Peer
    actions: Peer
    metrics: Metrics
    hub: Hub
    relay: Relay
    scheduler: Scheduler
    inbox: Inbox
    desk: GatewayDesk

    async def start(self) -> None:
        """Begin: first what an earlier process left, then whatever comes."""
        self.store.start()
        self.relay.start()
        recovered = await self.scheduler.recover()
        log.info("gateway_started", recovered_messages=recovered)

    async def stop(self) -> None:
        """End: turns first, then what they wrote is delivered, then the database."""
        await self.scheduler.close(self.config.drain_seconds)
        await self.relay.close()
        await self.store.close()
        await self.rasa.close()
        await self.actions.close()
        log.info("gateway_stopped")


def make_parts(config: GatewayConfig, store: StoreThread, analytics: Analytics) -> Parts:
    """Make everything; nothing runs before `start`."""
    rasa_peer = Peer(config.rasa_url, config.internal_secret)
    breaker = Breaker(longest_pause=config.longest_backoff)
    rasa = RasaClient(rasa_peer, Slots(config.turns_in_flight, config.stall_after), breaker, config.longest_answer)
    metrics = Metrics()
    hub = Hub()
    relay = Relay(store, {CHANNEL: WidgetChannel(hub)})
    announcer = Announcer(hub, relay)
    answering = Answering(
        store=store,
        rasa=rasa,
        completion=Completion(analytics, config.assistant_name),
        announcer=announcer,
        metrics=metrics,
        patience=Patience(
            turn_deadline=config.turn_deadline,
            outage_patience=config.outage_patience,
            longest_backoff=config.longest_backoff,
            give_up_after=config.give_up_after,
        ),
    )
    scheduler = Scheduler(answering)
    breaker.on_recovery = scheduler.wake
    inbox = Inbox(
        store,
        announcer,
        scheduler,
        breaker,
        metrics,
        assistant_name=config.assistant_name,
        longest_queue=config.longest_queue,
    )
    return Parts(
        config=config,
        store=store,
        rasa=rasa_peer,
        actions=Peer(config.actions_url, config.internal_secret),
        metrics=metrics,
        hub=hub,
        relay=relay,
        scheduler=scheduler,
        inbox=inbox,
        desk=GatewayDesk(store, hub, announcer, scheduler),
    )
