"""Names of the rulebook's terms as people read them: kinds, tiers, ranks, policies."""

from collections.abc import Callable

from rostra.core.ids import Interrupting, Kind, Modifier, Policy, Rank, Tier
from rostra.core.meeting import Ruling
from rostra.core.programme import Part

Translate = Callable[[str], str]


def kinds(tr: Translate) -> dict[Kind, str]:
    """What may be said on the floor."""
    return {
        "statement": tr("Statement"),
        "group_statement": tr("Statement for a group"),
        "programme": tr("Speaker of the programme"),
        "introduction": tr("Introduction"),
        "secretariat": tr("Secretariat"),
        "concerned_party": tr("Concerned country"),
        "chair": tr("Chair"),
        "question": tr("Question"),
        "answer": tr("Answer"),
        "explanation_of_vote": tr("Explanation of vote"),
        "right_of_reply": tr("Right of reply"),
        "point_of_order": tr("Point of order"),
        "procedural_motion": tr("Procedural motion"),
        "response": tr("Response"),
        "technical": tr("Technical problem"),
    }


def tiers(tr: Translate) -> dict[Tier, str]:
    """Who speaks, by category."""
    return {
        "group": tr("Groups"),
        "member_state": tr("Member States"),
        "observer_state": tr("Observer States"),
        "organisation": tr("Organisations"),
        "un_entity": tr("UN entities"),
        "nhri": tr("National human rights institutions"),
        "ngo": tr("Non-governmental organisations"),
        "other": tr("Others"),
    }


def parts(tr: Translate) -> dict[Part, str]:
    """What a speaker of the programme does."""
    return {
        "opening": tr("Opening"),
        "keynote": tr("Keynote"),
        "panellist": tr("Panellist"),
        "perspective": tr("Perspective"),
        "conclusions": tr("Conclusions"),
        "moderator": tr("Moderator of a panel"),
        "closing": tr("Closing"),
    }


def ranks(tr: Translate) -> dict[Rank, str]:
    """Who is named to speak."""
    return {
        "head_of_state": tr("Head of State"),
        "vice_president": tr("Vice-President"),
        "crown_prince": tr("Crown Prince or Princess"),
        "head_of_government": tr("Head of Government"),
        "deputy_prime_minister": tr("Deputy Prime Minister"),
        "minister": tr("Minister"),
        "vice_minister": tr("Vice-Minister"),
        "chair_of_delegation": tr("Chair of the delegation"),
    }


def policies(tr: Translate) -> dict[Policy, str]:
    """In which order a list is called."""
    return {
        "arrival": tr("Delegations speak in the order in which they asked."),
        "protocol_rank": tr(
            "Delegations speak by the rank of their speaker, equal ranks in the order"
            " in which they asked."
        ),
        "regional_rotation": tr(
            "The regional groups take turns, beginning with one that is drawn by lot."
        ),
        "lot": tr(
            "The order is drawn by lot. Whoever asks after the draw follows in the"
            " order of asking."
        ),
        "alpha_from_lot": tr(
            "Delegations speak in the alphabetical order of their names, beginning"
            " with a letter that is drawn by lot."
        ),
        "least_spoken": tr("Whoever has spoken least speaks first."),
        "alternate": tr("Speakers for and against take turns."),
        "fixed": tr("The order is that of the published list."),
        "manual": tr("The chair sets the order."),
    }


def modifiers(tr: Translate) -> dict[Modifier, str]:
    """What is added to an order."""
    return {
        "groups_first": tr("Statements for groups come before all others."),
        "first_time_first": tr(
            "Whoever has not spoken yet comes before those who have."
        ),
    }


def interruptions(tr: Translate) -> dict[Interrupting, str]:
    """What may interrupt."""
    return {
        "point_of_order": tr("Points of order"),
        "procedural_motion": tr("Procedural motions"),
        "response": tr("Responses"),
        "technical": tr("Technical problems"),
    }


def motions(tr: Translate) -> dict[str, str]:
    """What a motion is for; one that is none of these is a motion."""
    return {
        "suspend_meeting": tr("to suspend the meeting"),
        "adjourn_meeting": tr("to adjourn the meeting"),
        "adjourn_debate": tr("to adjourn the debate"),
        "close_debate": tr("to close the debate"),
    }


def rulings(tr: Translate) -> dict[Ruling, str]:
    """How the chair ruled on a point, or what became of a motion."""
    return {
        "upheld": tr("upheld"),
        "not_upheld": tr("not upheld"),
        "withdrawn": tr("withdrawn"),
        "carried": tr("carried"),
        "lost": tr("not carried"),
        "noted": tr("noted"),
    }
