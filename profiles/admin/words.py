"""Closed lists as choices of a form: topics and aspects grouped, list words by their aspect."""

from profiles.values import vocabulary as words
from profiles.values.documents import SHAPE

EMPTY = ("", "---------")

# What an editor most likely wants to add under a topic whose aspects name a profile; a relation elsewhere.
_KIND_OF_TOPIC = {
    "roles": "membership",
    "affiliations": "membership",
    "who": "part",
    "claims_of_responsibility": "part",
    "attributions": "part",
}
# Under a topic where a claim is of the kind whatever its aspect's value.
_KIND_BY_NAME = {"names": "name", "toll": "part", "where": "presence", "strength": "strength"}


def kind_of(aspect: words.Aspect) -> str:
    """The kind of claim that most likely answers an aspect of the subject."""
    if aspect.key in ("designations.listings",):
        return "designation"
    if aspect.topic in _KIND_BY_NAME and aspect.name != "not_to_be_confused_with":
        return _KIND_BY_NAME[aspect.topic]
    if aspect.value == "place":
        return "presence"
    if aspect.value == "number":
        return "strength"
    # Who leads a group is a membership of the person, written there; here it is told in a sentence.
    if aspect.value == "profile" and aspect.topic not in ("leadership", "conduct", "suffered", "designations"):
        return _KIND_OF_TOPIC.get(aspect.topic, "relation" if aspect.model == "group" else "statement")
    return "statement"


KIND_LABELS = {kind: kind for kind in SHAPE} | {"statement": "plain statement"}
# Where a claim of a kind is filed unless the editor says otherwise.
ASPECT_OF_KIND = {
    "name": "names.names",
    "presence": "areas.operates",
    "strength": "strength.fighters",
    "designation": "designations.listings",
    "step": "designations.listings",
    "membership": "roles.leads",
}
# Kinds that make no sense for a model: a person has no parts, an event no members.
KINDS = {
    "group": [
        "statement",
        "name",
        "relation",
        "presence",
        "strength",
        "designation",
        "step",
        "identifier",
        "membership",
    ],
    "person": ["statement", "name", "membership", "relation", "presence", "designation", "step", "identifier"],
    "event": ["statement", "name", "part", "presence", "strength", "relation", "identifier"],
}


def aspect_choices(model: str) -> list:
    """The aspects of a model, in groups by topic; all models' where the model is not known."""
    if not model:
        return [group for one in words.MODEL for group in aspect_choices(one)]
    groups = []
    for topic, label in words.TOPICS[model].items():
        aspects = [(key, a.label) for key, a in words.ASPECTS[model].items() if a.topic == topic]
        groups.append((label, aspects))
    return groups


def word_choices(model: str) -> list:
    """The list words that an aspect of this model may take, in groups by aspect."""
    return [
        (f"{words.TOPICS[model][aspect.topic]}: {aspect.label}", aspect.words.choices)
        for aspect in words.ASPECTS.get(model, {}).values()
        if aspect.words
    ]


def topic_label(model: str, topic: str) -> str:
    """The heading of a topic."""
    return words.TOPICS.get(model, {}).get(topic, topic)


def aspect_label(model: str, topic: str, aspect: str) -> str:
    """The heading of an aspect, with its topic where that says more."""
    found = words.aspect_of(model, topic, aspect)
    return found.label if found else aspect
