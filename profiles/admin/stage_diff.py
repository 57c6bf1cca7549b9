"""A staged set against the drafts and against what is published, for a person: a fixed number of queries a page."""

from dataclasses import dataclass, field

from profiles.admin.labels import labels, labels_of
from profiles.admin.passages import Shown, beside
from profiles.admin.review_item import owner_of
from profiles.editorial.mapping import read_rows
from profiles.models import Stage, StageRow
from profiles.models.editions import published_digests, read_documents
from profiles.values import documents as docs
from profiles.values.deeds import title_of
from profiles.values.diff import Change, changes, spoken

PAGE = 100
# What the line above a new sentence tells already, and what is as it is by default.
TOLD_ABOVE = ("topic", "aspect", "when", "voice")
PLAIN = {("basis", "stated"), ("reach", "by name"), ("standing", "stands")}


@dataclass(slots=True)
class StagedItem:
    """One staged document: its changes are those of the draft; `public` are those of what is published."""

    uid: str
    model: str
    title: str
    what: str
    changes: list[Change]
    context: str = ""
    passages: list[Shown] = field(default_factory=list)
    moved: bool = False
    place: str = ""
    public: list[Change] = field(default_factory=list)
    ticked: bool = True
    revision: int | None = None
    retracts: bool = False

    @property
    def statement(self) -> Change | None:
        """The change of the sentence, where it was reworded."""
        return next((change for change in self.changes if change.field == "statement" and change.before), None)

    @property
    def others(self) -> list[Change]:
        """All changes but the sentence's."""
        # What a new document says of its citations stands beneath its passages.
        new = self.what == "new"
        claim = new and self.model == "claim"
        return [
            change
            for change in self.changes
            if change.field not in ("statement", "subject")
            and not (claim and (change.field in TOLD_ABOVE or (change.field, change.after) in PLAIN))
            and not (new and self.passages and change.field.endswith((".place", ".bearing", ".voice", ".part")))
        ]


def context_of(document: docs.Document) -> str:
    """What a changed sentence is read with: its question, date, voice and standing."""
    if not isinstance(document, docs.Claim):
        return ""
    told = [spoken(document, name) for name in ("topic", "aspect", "when", "voice")]
    told += [spoken(document, "standing")] if document.standing != "stands" else []
    return " · ".join(filter(None, told))


def items_of(stage: Stage, rows: list[StageRow], ticked: set[str] | None = None) -> list[tuple[str, list[StagedItem]]]:
    """The staged documents of one page under the profiles that they belong to. All are ticked unless told otherwise."""
    rows = list(rows)
    after = {row.uid: docs.parse(row.body) for row in rows if row.body}
    after |= read_documents({row.uid: row.sha256 for row in rows if row.revision_id and row.sha256})
    # What has a new uid has no draft, even where somebody used that uid meanwhile.
    before = read_rows(row.uid for row in rows if not row.revision_id and row.before)
    before |= read_documents({row.uid: row.before for row in rows if row.revision_id and row.before})
    digests = published_digests(row.uid for row in rows)
    public = read_documents({uid: sha for uid, sha in digests.items() if _differs(sha, before.get(uid))})
    every = [*after.values(), *before.values(), *public.values()]
    names = _names(stage, every)
    shown = beside(c for d in after.values() if isinstance(d, docs.Claim) for c in d.citations)
    groups: dict[str, list[StagedItem]] = {}
    for row in rows:
        new, old = after.get(row.uid), before.get(row.uid)
        document = new or old
        if document is None:
            groups.setdefault("Gone", []).append(
                StagedItem(
                    row.uid, row.model, "Its words are redacted, or gone.", row.what, [], revision=row.revision_id
                )
            )
            continue
        waits = row.revision_id is None
        item = StagedItem(
            row.uid,
            row.model,
            title_of(document),
            row.what,
            changes(old, new, names) if new else [],
            context_of(document),
            [shown[c.uid] for c in new.citations] if isinstance(new, docs.Claim) else [],
            moved=waits and (docs.digest(old) if old else "") not in (row.before, row.sha256),
            place=f"{row.file}, {row.line}",
            public=changes(public[row.uid], new, names) if waits and new and row.uid in public else [],
            ticked=ticked is None or row.uid in ticked,
            revision=row.revision_id,
            retracts=not new and row.uid in digests and isinstance(old, docs.Claim),
        )
        owner = owner_of(document)
        heading = names.get(owner, owner) if owner else "Sources, speakers, places and lists"
        groups.setdefault(heading, []).append(item)
    return sorted(groups.items())


def _differs(sha: str, draft: docs.Document | None) -> bool:
    return draft is None or docs.digest(draft) != sha


def _names(stage: Stage, documents: list[docs.Document]) -> dict[str, str]:
    """Labels of all that is named, those of the same set included."""
    owners = {owner_of(document) for document in documents} - {""}
    names = labels_of(documents) | labels(owners)
    missing = {uid for document in documents for _, uid in docs.references(document)} | owners
    staged = stage.rows.filter(uid__in=missing - names.keys()).exclude(body="").values_list("uid", "body")
    return names | {uid: title_of(docs.parse(body))[:80] for uid, body in staged}
