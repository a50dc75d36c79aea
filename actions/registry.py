"""All actions of the house, and an executor that knows them."""

from __future__ import annotations

from rasa_sdk.executor import ActionExecutor

from actions.action_abuse import MeetAbuse
from actions.action_affirm import Affirm
from actions.action_answer_faq import AnswerFaq
from actions.action_apologise import Apologise
from actions.action_cancel_order import CancelOrder
from actions.action_change_address import ChangeAddress
from actions.action_change_items import ChangeItems
from actions.action_change_notifications import ChangeNotifications
from actions.action_change_payment import ChangePayment
from actions.action_change_slot import ChangeSlot
from actions.action_close_chat import CloseChat
from actions.action_compare_products import CompareProducts
from actions.action_create_account import CreateAccount
from actions.action_delete_account import DeleteAccount
from actions.action_deny import Deny
from actions.action_edit_account import EditAccount
from actions.action_exchange_order import ExchangeOrder
from actions.action_explain_recommendation import ExplainRecommendation
from actions.action_fallback import Fallback
from actions.action_find_substitute import FindSubstitute
from actions.action_get_invoice import GiveInvoice
from actions.action_give_feedback import TakeFeedback
from actions.action_goes_with import GoesWith
from actions.action_greet import Greet
from actions.action_hand_over import HandOver
from actions.action_help import AnswerFromHelp
from actions.action_languages import TellLanguages
from actions.action_last_order import TellLastOrder
from actions.action_loyalty import TellPoints
from actions.action_offer import MakeOffer
from actions.action_payment_problem import HelpWithPayment
from actions.action_privacy_request import ServePrivacy
from actions.action_product_details import TellProductDetails
from actions.action_recommend import RecommendProducts
from actions.action_refund_status import TellRefundStatus
from actions.action_refuse_recommendation import RefuseRecommendation
from actions.action_reorder import Reorder
from actions.action_report_problem import ReportProblem
from actions.action_return_order import ReturnOrder
from actions.action_search_product import SearchProduct
from actions.action_shopping_list import KeepShoppingList
from actions.action_sign_in_trouble import HelpSignIn
from actions.action_small_talk import TalkSmall
from actions.action_state_preference import StatePreference
from actions.action_track_order import TrackOrder
from actions.action_write_review import TakeReview
from actions.base import EngagementAction

ACTIONS: tuple[type[EngagementAction], ...] = (
    Greet,
    TalkSmall,
    MeetAbuse,
    TellLanguages,
    TakeReview,
    CloseChat,
    TakeFeedback,
    RecommendProducts,
    ExplainRecommendation,
    RefuseRecommendation,
    StatePreference,
    MakeOffer,
    TellLastOrder,
    TrackOrder,
    SearchProduct,
    AnswerFaq,
    AnswerFromHelp,
    Apologise,
    HandOver,
    Fallback,
    Affirm,
    Deny,
    CancelOrder,
    ReturnOrder,
    ChangePayment,
    ChangeSlot,
    ChangeItems,
    ExchangeOrder,
    Reorder,
    ChangeAddress,
    ReportProblem,
    TellRefundStatus,
    GiveInvoice,
    CreateAccount,
    EditAccount,
    DeleteAccount,
    HelpSignIn,
    ChangeNotifications,
    ServePrivacy,
    HelpWithPayment,
    KeepShoppingList,
    TellPoints,
    TellProductDetails,
    CompareProducts,
    FindSubstitute,
    GoesWith,
)


def executor() -> ActionExecutor:
    """Make an executor with every action registered, by name and not by walking packages."""
    made = ActionExecutor()
    for action in ACTIONS:
        made.register_action(action())
    return made
