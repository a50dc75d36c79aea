"""Writing a complaint down, for the people of the shop and for what the policy grants."""

from __future__ import annotations

from actions.complaint_reading import ReadComplaint, read_complaint
from actions.turn import Turn
from analytics.complaint_records import Complaint, ComplaintTopic, TakenDown
from analytics.facade import Analytics


def take_down(turn: Turn, analytics: Analytics, read: ReadComplaint) -> TakenDown:
    """Keep what was read of a complaint."""
    complaint = Complaint(
        conversation_id=turn.conversation_id,
        customer_id=turn.customer_id,
        topic=read.topic,
        severity=read.severity,
        wish=read.wish,
        note=read.urgent,
    )
    return analytics.complaint_service().take_down(complaint, turn.key("complaint"))


def keep_note(turn: Turn, analytics: Analytics, topic: ComplaintTopic, note: str) -> None:
    """Keep a note of trouble on which a colleague may have to go on, whatever the tone it was told in."""
    read = read_complaint(turn)
    complaint = Complaint(
        conversation_id=turn.conversation_id,
        customer_id=turn.customer_id,
        topic=topic,
        severity=read.severity,
        wish=read.wish,
        note=note,
    )
    analytics.complaint_service().take_down(complaint, turn.key("complaint"))
