"""What the list of claims offers to choose from by name: questions, speakers, sources. Where there are too many to
choose from, it takes what is typed.
"""

from profiles.models.editions import PublishedDocument, read_documents
from profiles.models.published import PublishedSource
from profiles.values import documents as docs
from profiles.values.vocabulary import ASPECTS, TOPICS, topic_label

MANY = 150

# A heading, empty where there is none, and what stands under it: value and label.
Group = tuple[str, list[tuple[str, str]]]


def offered(questions: dict[str, int] | None = None, chosen: str = "") -> dict[str, list[Group]]:
    """Filter -> what it offers, nothing where there is too much of it: three queries.

    `questions` says how many claims each finds: those that find none are left out, but for the one chosen.
    """
    return {"aspect": _counted(aspects(), questions, chosen), "speaker": _speakers(), "source": _sources()}


def _counted(groups: list[Group], numbers: dict[str, int] | None, chosen: str) -> list[Group]:
    if numbers is None:
        return groups
    left = [
        (heading, [(v, f"{label} ({numbers.get(v, 0)})") for v, label in some if numbers.get(v) or v == chosen])
        for heading, some in groups
    ]
    return [(heading, some) for heading, some in left if some]


def aspects() -> list[Group]:
    """Every question once, by the name that an address has for it, under the first topic that asks it."""
    headings: dict[str, str] = {}
    labels: dict[str, dict[str, None]] = {}
    for model, asked in ASPECTS.items():
        for one in asked.values():
            headings.setdefault(one.name, topic_label(TOPICS[model][one.topic]))
            labels.setdefault(one.name, {})[one.label] = None
    found: dict[str, list[tuple[str, str]]] = {}
    for name, heading in headings.items():
        found.setdefault(heading, []).append((name, " / ".join(labels[name])))
    return list(found.items())


def _speakers() -> list[Group]:
    # In no order: beyond so many, none has to be put in one.
    rows = PublishedDocument.objects.filter(model="speaker").values_list("uid", "sha256")
    digests = dict(rows[: MANY + 1])
    if not digests or len(digests) > MANY:
        return []
    found = read_documents(digests)
    named = [(uid, one.label) for uid, one in found.items() if isinstance(one, docs.Speaker)]
    return [("", sorted(named, key=lambda pair: (pair[1].casefold(), pair[0])))]


def _sources() -> list[Group]:
    rows = list(PublishedSource.objects.order_by("by_title").values_list("slug", "title")[: MANY + 1])
    return [("", rows)] if 0 < len(rows) <= MANY else []
