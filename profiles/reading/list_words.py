"""What the lists of groups, people and events say of themselves: whole sentences, since languages count differently."""

from dataclasses import dataclass

from profiles.values.speech import say, say_number


@dataclass(frozen=True, slots=True)
class ListWords:
    """The heading of a list, how many it has, and what stands where nothing is found."""

    title: str
    found: str
    nothing: str
    everything: str
    between: str


_TITLES = {"group": "Groups", "person": "People", "event": "Events"}
_ALL = {
    "group": ("%(count)s group.", "%(count)s groups."),
    "person": ("%(count)s person.", "%(count)s people."),
    "event": ("%(count)s event.", "%(count)s events."),
}
_MATCHING = {
    "group": ("%(count)s group matches the choice below.", "%(count)s groups match the choice below."),
    "person": ("%(count)s person matches the choice below.", "%(count)s people match the choice below."),
    "event": ("%(count)s event matches the choice below.", "%(count)s events match the choice below."),
}
_MORE = {
    "group": (
        "More than %(count)s group matches the choice below.",
        "More than %(count)s groups match the choice below.",
    ),
    "person": (
        "More than %(count)s person matches the choice below.",
        "More than %(count)s people match the choice below.",
    ),
    "event": (
        "More than %(count)s event matches the choice below.",
        "More than %(count)s events match the choice below.",
    ),
}
_NONE = {
    "group": ("No group is published yet.", "No group matches all of these choices."),
    "person": ("No person is published yet.", "No person matches all of these choices."),
    "event": ("No event is published yet.", "No event matches all of these choices."),
}
_EVERYTHING = {"group": "All groups", "person": "All people", "event": "All events"}
_BETWEEN = {"group": "Founded between", "person": "", "event": "Happened between"}


def list_words(model: str, count: int, narrowed: bool, more: bool = False) -> ListWords:
    """The words of one list of so many entries; `more`: of more than so many that match."""
    one, many = (_MORE if more else _MATCHING if narrowed else _ALL)[model]
    return ListWords(
        say(_TITLES[model]),
        say_number(one, many, count),
        say(_NONE[model][narrowed]),
        say(_EVERYTHING[model]),
        say(_BETWEEN[model]) if _BETWEEN[model] else "",
    )


def undated_words(count: int, more: bool) -> str:
    """How many entries a list leaves out since no date is stated for them."""
    if more:
        return say_number(
            "More than %(count)s more would match, but no date is stated for it.",
            "More than %(count)s more would match, but no date is stated for them.",
            count,
        )
    return say_number(
        "%(count)s more would match, but no date is stated for it.",
        "%(count)s more would match, but no date is stated for them.",
        count,
    )
