"""A desk for the console's tests: writes to the database like the gateway's would, remembers what it was asked."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from store.engine import Database
from store.tables import conversations, messages


class FakeDesk:
    """Takes over, answers and gives back at once; `asked` lists the calls, `fail_with` makes the next ones fail."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.asked: list[tuple[str, ...]] = []
        self.fail_with: Exception | None = None
        self._listeners: set[asyncio.Queue[dict[str, Any]]] = set()

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    async def take_over(self, conversation_id: str, agent_id: str, agent_name: str) -> None:
        self._note("take_over", conversation_id, agent_id, agent_name)
        if self._conversation(conversation_id).agent_id == agent_id:
            return
        self._change(conversation_id, owner="agent", agent_id=agent_id, handed_over_at=datetime.now(UTC))
        self._write(conversation_id, author="system", text=f"{agent_name} joined the conversation.")
        self.tell({"kind": "conversation", "conversation_id": conversation_id})

    async def answer(
        self, conversation_id: str, agent_id: str, agent_name: str, client_message_id: str, text: str
    ) -> None:
        self._note("answer", conversation_id, agent_id, agent_name, client_message_id, text)
        if self._conversation(conversation_id).agent_id != agent_id:
            raise PermissionError("Take the conversation over before you answer.")
        self._change(conversation_id, waiting_since=None)
        self._write(conversation_id, "agent", text, author_name=agent_name, client_message_id=client_message_id)

    async def give_back(self, conversation_id: str, agent_id: str) -> None:
        self._note("give_back", conversation_id, agent_id)
        if self._conversation(conversation_id).agent_id != agent_id:
            raise PermissionError("Only who has the conversation can give it back.")
        self._change(conversation_id, owner="bot", agent_id=None, waiting_since=None)
        self._write(conversation_id, author="system", text="The shop's assistant is back.")
        self.tell({"kind": "conversation", "conversation_id": conversation_id})

    async def subscribe(self) -> AsyncIterator[dict[str, Any]]:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._listeners.discard(queue)

    def tell(self, event: dict[str, Any]) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)

    def customer_writes(self, conversation_id: str, text: str) -> None:
        seq = self._write(conversation_id, author="customer", text=text, state="done")
        self.tell({"kind": "message", "conversation_id": conversation_id, "seq": seq})

    def _note(self, *call: str) -> None:
        self.asked.append(call)
        if self.fail_with is not None:
            raise self.fail_with

    def _conversation(self, conversation_id: str) -> Row[Any]:
        with self.database.read() as connection:
            query = select(conversations).where(conversations.c.conversation_id == conversation_id)
            found = connection.execute(query).first()
        if found is None:
            raise LookupError("There is no such conversation.")
        return found

    def _change(self, conversation_id: str, **values: Any) -> None:
        with self.database.write() as connection:
            known = conversations.c.conversation_id == conversation_id
            connection.execute(update(conversations).where(known).values(**values))

    def _write(self, conversation_id: str, author: str, text: str, **values: Any) -> int:
        seq = int(self._conversation(conversation_id).last_seq) + 1
        now = datetime.now(UTC)
        with self.database.write() as connection:
            connection.execute(
                insert(messages).values(
                    message_id=str(uuid.uuid4()), conversation_id=conversation_id, seq=seq, author=author, text=text,
                    payload={}, created_at=now, **values,
                )
            )  # fmt: skip
            known = conversations.c.conversation_id == conversation_id
            connection.execute(update(conversations).where(known).values(last_seq=seq, last_message_at=now))
        self.tell({"kind": "message", "conversation_id": conversation_id, "seq": seq})
        return seq
