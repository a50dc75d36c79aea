"""Every route of the console with who may use it. There is no other way in: `create_console` registers these only."""

from __future__ import annotations

from aiohttp import web

from console.auth.guard import Access, Route
from console.views import (
    conversations,
    customers,
    desk,
    insights,
    new_password,
    overview,
    reports,
    settling,
    sign_in,
    stream,
    team,
    training,
)
from console.views.respond import see


async def _home(_request: web.Request) -> web.Response:
    return see("/console/conversations")


_ANYBODY, _AGENT, _ADMIN = Access.ANYBODY, Access.AGENT, Access.ADMIN

# fmt: off
ROUTES: tuple[Route, ...] = (
    Route("GET", "/sign-in", sign_in.show_sign_in, _ANYBODY),
    Route("POST", "/sign-in", sign_in.sign_in, _ANYBODY),
    Route("GET", "/setup", new_password.show_setup, _ANYBODY),
    Route("POST", "/setup", new_password.setup, _ANYBODY),
    Route("GET", "/invitation", new_password.show_invitation, _ANYBODY),
    Route("POST", "/invitation", new_password.accept_invitation, _ANYBODY),
    Route("GET", "/", _home, _AGENT),
    Route("POST", "/sign-out", sign_in.sign_out, _AGENT),
    Route("GET", "/account", new_password.show_account, _AGENT),
    Route("POST", "/account/password", new_password.change_password, _AGENT),
    Route("GET", "/conversations", conversations.show_list, _AGENT),
    Route("GET", "/conversations/{conversation_id}", conversations.show_conversation, _AGENT),
    Route("GET", "/conversations/{conversation_id}/news", conversations.show_news, _AGENT, background=True),
    Route("GET", "/conversations/{conversation_id}/head", conversations.show_head, _AGENT, background=True),
    Route("GET", "/conversations/{conversation_id}/profile", conversations.show_profile, _AGENT, background=True),
    Route("GET", "/conversations/{conversation_id}/suggestions", conversations.show_suggestions, _AGENT),
    Route("POST", "/conversations/{conversation_id}/take-over", desk.take_over, _AGENT),
    Route("POST", "/conversations/{conversation_id}/answer", desk.answer, _AGENT),
    Route("POST", "/conversations/{conversation_id}/give-back", desk.give_back, _AGENT),
    Route("POST", "/conversations/{conversation_id}/settle", settling.settle_one, _AGENT),
    Route("GET", "/parts/inbox", conversations.show_list_part, _AGENT, background=True),
    Route("GET", "/live", stream.stream, _AGENT, background=True),
    Route("GET", "/training", training.show_training, _AGENT),
    Route("GET", "/training/{message_id}", training.show_turn, _AGENT),
    Route("POST", "/training/{message_id}", training.judge, _AGENT),
    Route("GET", "/overview", overview.show_overview, _AGENT),
    Route("GET", "/api/charts/{name}", overview.chart, _AGENT),
    Route("GET", "/export/{name}.csv", overview.download, _AGENT),
    Route("GET", "/customers", customers.show_customers, _AGENT),
    Route("GET", "/customers/{customer_id}", customers.show_customer, _AGENT),
    Route("GET", "/insights", insights.show_home, _AGENT),
    Route("GET", "/insights/segments", insights.show_segments, _AGENT),
    Route("GET", "/insights/segments/{segment_id}", insights.show_segment, _AGENT),
    Route("GET", "/insights/reports", reports.show_reports, _AGENT),
    Route("GET", "/insights/reports/{week}", reports.open_report, _AGENT),
    Route("POST", "/insights/predictions/win-back.csv", insights.export_win_back, _AGENT),
    Route("GET", "/insights/{section}", insights.show_section, _AGENT),
    Route("GET", "/api/insights/{section}/{part}", insights.chart, _AGENT),
    Route("GET", "/export/insights/{section}/{part}.csv", insights.download, _AGENT),
    Route("GET", "/team", team.show_team, _ADMIN),
    Route("POST", "/team", team.add_person, _ADMIN),
    Route("POST", "/team/{agent_id}/invitation", team.invite_again, _ADMIN),
    Route("POST", "/team/{agent_id}/role", team.change_role, _ADMIN),
    Route("POST", "/team/{agent_id}/disable", team.disable, _ADMIN),
    Route("POST", "/team/{agent_id}/enable", team.enable, _ADMIN),
    Route("GET", "/audit", team.show_audit, _ADMIN),
)
# fmt: on
