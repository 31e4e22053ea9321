"""The words of the live find page, for its script; translated like all others.

`%s` stands for what the script puts in; one text holds at most one.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from achemap.triage.note import numbers_for
from achemap_site.patterns.plans import dialled
from achemap_site.patterns.screening import PREFIX


def live_words(locale: str) -> dict[str, Any]:
    """Return every text and address that the script of the find page needs.

    `locale` is the reader's own (such as en-GB); it chooses the emergency numbers.
    """
    return {
        **_understood(),
        **_ranked(),
        **_compared(),
        **_asked(),
        **_dangers(),
        **_kept(),
        "answerPrefix": PREFIX,
        "numbers": dialled(numbers_for(locale)),
        "call": numbers_for(locale).emergency,
        "crisis": numbers_for(locale).crisis or _("a crisis line near you"),
        "addresses": {
            "pattern": reverse("go", args=["pattern", "x"]).replace("/x/", "/%s/"),
            "find": reverse("find"),
            "relief": reverse("relief", args=["x"]).replace("/x/", "/%s/"),
            "picture": reverse("picture", args=["x", "small"]).replace(
                "/x-small", "/%s-small"
            ),
        },
    }


def _understood() -> dict[str, str]:
    return {
        "empty": _(
            "What fits your pain appears here while you write or paint. It is worked out on this device: nothing is sent."
        ),
        "understood": _("What we understood"),
        "understoodHint": _("Tap what is wrong to take it out."),
        "takeOut": _("Take out: %s"),
        "takeBack": _("Taken out. Take back: %s"),
        "missed": _("Not understood:"),
        "readAs": _("Read as:"),
        "not": _("not:"),
        "answered": _("What you answered"),
        "answeredHint": _("Tap an answer to undo it."),
        "undo": _("Undo: %s"),
        "left": _("left"),
        "right": _("right"),
        "both": _("both sides"),
        "yes": _("yes"),
        "no": _("no"),
        "unknown": _("not sure"),
    }


def _ranked() -> dict[str, str]:
    return {
        "fit": _("Patterns that fit so far"),
        "why": _("Why:"),
        "against": _("against:"),
        "other": _("Something that is not described here: %s"),
        "unexplained": _("None of these explains: %s"),
        "none": _(
            "Nothing you said points to a pattern that we know. Try other words, or choose the place."
        ),
        "one": _("One pattern may fit. The list is below."),
        "many": _("%s patterns may fit, best first. The list is below."),
        "see": _("See what fits"),
        "tiny": _("less than 1 %"),
        "most": _("more than 99 %"),
        "chance": _("%s % sure"),
        "good": _("fits well"),
        "maybe": _("may fit"),
        "less": _("less likely"),
        "leftSide": _("your left side"),
        "rightSide": _("your right side"),
        "classic-map": _("Evidence: described by one tradition, hardly tested"),
        "reproduced": _("Evidence: seen again by others"),
        "contested": _("Evidence: sources disagree"),
        "picture": _("Where it is felt"),
        "plan": _("What I can do now"),
        "working": _("Getting ready …"),
    }


def _compared() -> dict[str, str]:
    return {
        "whyNot": _("Why is this not first?"),
        "whyFirst": _("What else could it be?"),
        "behind": _("Fits “%s” better:"),
        "pulls": _("Speaks against it:"),
        "ahead": _("Fits this one better:"),
        "unsaid": _("Often said with this one. Tap what is true for you:"),
        "nothingMore": _("Nothing you said tells the two apart."),
        "compare": _("Compare"),
        "comparing": _("Comparing"),
        "compareHint": _("Choose one more to compare with “%s”."),
        "sideBySide": _("Side by side"),
        "whatYouSaid": _("What you said"),
        "apart": _("What tells them apart"),
        "apartOf": _("Or “%s”?"),
        "for3": _("strongly for"),
        "for2": _("for"),
        "for1": _("a little for"),
        "for0": _("says nothing"),
        "against1": _("a little against"),
        "against2": _("against"),
        "ask": _("Questions that would tell"),
        "close": _("Close"),
    }


def _asked() -> dict[str, str]:
    return {
        "question": _("One more question would help"),
        "questionHint": _("This changes the list. You may skip it."),
        "answerYes": _("Yes"),
        "answerNo": _("No"),
        "answerUnknown": _("Not sure"),
        "skip": _("Skip"),
        "undoLast": _("Undo the last answer"),
    }


def _dangers() -> dict[str, str]:
    return {
        "help": _("Get help now"),
        "callNumber": _("Call %s"),
        "callCrisis": _("Call a crisis line: %s"),
        "phone": _("Say this on the phone"),
        "drive": _("Do not drive yourself. If you can, have someone stay with you."),
        "notMeant": _("Not what you meant? Change your words above."),
        "changeAnswers": _("Change my answers"),
        "today": _("See a doctor today"),
        "todayLead": _(
            "Something you said should be looked at soon: today, or at the latest tomorrow. If no doctor is free, use the out-of-hours service."
        ),
        "first": _("See a doctor first"),
        "firstLead": _(
            "Something you said should be looked at before you try anything yourself. This does not mean that it is serious. It means that we cannot tell."
        ),
        "notWait": _(
            "If the pain becomes very strong, or you get a fever, feel very ill, faint, cannot breathe well, go numb or weak, or cannot pass water: call your emergency number."
        ),
        "note": _("A note for the doctor, to print"),
        "noteHint": _(
            "Our server writes it from what you said and answered, and forgets it."
        ),
        "later": _("Muscle patterns that would fit, to talk about later"),
        "calm": _(
            "Nothing you answered needs a doctor first. That is not a promise: stop and see a doctor if it grows, spreads, or something new comes."
        ),
        "safety": _("First, signs of danger"),
        "safetyLead": _(
            "Some pains that feel like a muscle need a doctor. A few questions tell. Until then you can read about patterns, but you see no self-care."
        ),
        "safetyStart": _("Answer the safety questions"),
        "safetyMore": _("A few more questions tell how soon."),
        "safetyPlace": _("Say or paint where it hurts, then the safety questions."),
        "step": _("Step %s"),
        "stepOf": _("of about %s"),
        "tick": _("Tick everything that applies."),
        "noneOfThese": _("None of these"),
        "nothingElse": _("That is all"),
        "notSureSome": _("I am not sure about some of them"),
        "goOn": _("Continue"),
        "back": _("Back"),
        "leftOpen": _("Please answer every question. “Not sure” is an answer too."),
        "tookFromWords": _("From your words we took: %s"),
    }


def _kept() -> dict[str, str]:
    return {
        "link": _("A link to what you said"),
        "linkNote": _(
            "What you said is in the link itself. It is never sent to us. Answers about danger are not in it."
        ),
        "share": _("Share or copy the link"),
        "copied": _("The link is copied."),
        "copyFailed": _("Press and hold the link to copy it."),
        "clear": _("Start again"),
        "clearNote": _("Takes away everything you said and painted here."),
        "noneFit": _("None of these fits"),
        "sent": _("Thank you. An editor will read your words."),
        "sendFailed": _(
            "That could not be sent. Perhaps there is no network. Your words are still here."
        ),
        "offline": _("No network: this page goes on working."),
    }
