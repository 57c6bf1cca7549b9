"""What a list says while nothing is in it: what its things are, and how the first comes about."""

_PROFILE = "Add one: a label and a kind are enough. Its claims are then written on its page."
_CLAIM = "Claims are written on the page of a profile, each with its passage. Many at once come in as a staged set."
_SOURCE = "Capture an address, a file or pasted words: what is kept of it becomes a source and its first version."

WHEN_EMPTY = {
    "Profile": f"There is no profile yet. {_PROFILE}",
    "Group": f"There is no group yet. {_PROFILE}",
    "Person": f"There is no person yet. {_PROFILE}",
    "Event": f"There is no event yet. {_PROFILE}",
    "Picture": "There is no picture yet. Add one from the first line of a profile's page.",
    "Claim": f"There is no claim yet. {_CLAIM}",
    "Statement": f"There is no plain statement yet. {_CLAIM}",
    "Name": f"There is no name yet. {_CLAIM}",
    "Membership": f"There is no membership yet. {_CLAIM}",
    "Relation": f"There is no relation yet. {_CLAIM}",
    "Part": f"There is no part in an event yet. {_CLAIM}",
    "Presence": f"There is no presence yet. {_CLAIM}",
    "Strength": f"There is no strength yet. {_CLAIM}",
    "Designation": f"There is no designation yet. {_CLAIM}",
    "Step": f"There is no step of a designation yet. {_CLAIM}",
    "Identifier": f"There is no identifier yet. {_CLAIM}",
    "Silence": "There is no silence yet. Where you looked and found nothing, add one from the profile's page.",
    "Source": f"There is no source yet. {_SOURCE}",
    "SourceVersion": f"There is no version of a source yet. {_SOURCE}",
    "Intake": f"No capture is under way. {_SOURCE}",
    "Speaker": "There is no speaker yet. Add who is heard in a passage, as the passage calls them.",
    "Authority": "There is no authority yet. Add who lists or bans somebody, when a claim names one.",
    "Programme": "There is no programme yet. Add one when a designation names it.",
    "Place": "There is no place yet. Add one when a claim names it.",
    "Review": "There is no review yet. Drafts are put up from a profile's page, or ticked in a list of claims.",
    "Publication": "Nothing is published yet. Once a second person approves a review, it is.",
    "Edition": "There is no edition yet. A publication makes one of every profile that it touches.",
    "Revision": "There is no revision yet. Every save, import and undo makes one.",
    "Report": "Readers have reported nothing yet.",
    "Stage": "Nothing was staged yet. Add one: take the template, fill it, and upload it.",
    "Look": "Nothing was looked over yet.",
    "User": "There is no account yet.",
    "AuditEntry": "Nothing was done yet.",
}
