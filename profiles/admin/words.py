"""Closed lists as choices of a form: topics and aspects grouped, list words by their aspect."""

from profiles.values import vocabulary as words
from profiles.values.documents import SHAPE

EMPTY = ("", "---------")

# What an editor most likely wants to add under a topic; a plain statement elsewhere.
KIND_OF_TOPIC = {
    "names": "name",
    "origins": "relation",
    "umbrellas": "relation",
    "support": "relation",
    "allies": "relation",
    "roles": "membership",
    "affiliations": "membership",
    "strength": "strength",
    "areas": "presence",
    "where": "presence",
    "designations": "designation",
    "who": "part",
    "toll": "part",
    "claims_of_responsibility": "part",
    "attributions": "part",
}
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
