"""Why a reviewer lets an allegation pass that nobody named makes: the words of a decision on that very document."""

from collections.abc import Collection

from profiles.models import Review


def reasons_of(review: Review, barred: Collection[int] = ()) -> dict[str, str]:
    """Uid -> the comment of the newest decision "supports as worded" on the frozen document; one query.

    What was said of another state of it counts for nothing, nor what who opened or wrote it (`barred`) said, nor
    what a person said and took back.
    """
    frozen = dict(review.entries.values_list("uid", "after"))
    newest: dict[tuple[str, int], tuple[str, str]] = {}
    rows = review.decisions.order_by("pk").values_list("uid", "sha256", "verdict", "comment", "by_id")
    for uid, sha, verdict, comment, by in rows:
        if frozen.get(uid) == sha and by != review.opener_id and by not in barred:
            newest[uid, by] = verdict, comment.strip()
    return {uid: told for (uid, _), (verdict, told) in newest.items() if verdict == "supports" and told}
