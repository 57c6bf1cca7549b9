"""Check every citation whose text is at hand."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from profiles.editorial.capture import raw_file, text_of
from profiles.editorial.checking import STATES, check_citations
from profiles.editorial.edit import Refused


class Command(BaseCommand):
    help = (
        "Verify place, paragraph and digest of every draft citation whose text is at hand, and tell how much of each "
        "text is cited. Fails if a passage has moved, changed or gone, or never was one sentence."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--text",
            action="append",
            default=[],
            metavar="SLUG=FILE",
            help="The text of a source, by its slug; may be given for several.",
        )

    def handle(self, **options):
        try:
            checked = check_citations(dict(self.given(pair) for pair in options["text"]))
        except Refused as error:
            raise CommandError(str(error)) from error
        if not checked:
            self.stdout.write("There is no citation to check.")
        for version in checked:
            self.tell(version)
        self.conclude(checked)

    def given(self, pair):
        """Slug and normalised text of one --text."""
        slug, sign, name = pair.partition("=")
        if not sign or not name:
            raise CommandError(f"--text is SLUG=FILE, not {pair!r}.")
        try:
            return slug, text_of(raw_file(Path(name).read_bytes(), name))
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def tell(self, version):
        """All that was found out about one version."""
        if version.unchecked:
            self.stdout.write(f"{version.source}, {version.version}: its text is not at hand, so these are unchecked:")
            self.stdout.write("  " + ", ".join(version.unchecked))
            return
        which = "its own text" if version.pinned else "another text than the one that was pinned"
        self.stdout.write(f"{version.source}, {version.version}, against {which}:")
        counts = [f"{len(found)} {state}" for state in STATES if (found := version.of(state))]
        self.stdout.write(f"  {len(version.citations)} citations: {', '.join(counts) or 'none'}")
        for state in STATES[1:]:
            for citation in version.of(state):
                told = citation.evidence if citation.evidence.startswith(state) else f"{state}: {citation.evidence}"
                self.stdout.write(f"  {citation.uid} {told}")
        if version.coverage:
            self.tell_coverage(version)

    def tell_coverage(self, version):
        covered = version.coverage
        numbers = f"{covered.cited:,} of {covered.total:,} code points"
        self.stdout.write(f"  {covered.share:.1%} of the text is cited ({numbers}); not cited:")
        for start, end in covered.uncited:
            paragraph = version.text.count("\n", 0, start)
            self.stdout.write(f"  paragraph {paragraph}, {start} to {end}: {version.text[start:end]}")
        if not covered.uncited:
            self.stdout.write("  nothing")

    def conclude(self, checked):
        """One line for each state; fails unless every passage that could be checked was verified."""
        verified = sum(len(version.of("verified")) for version in checked)
        unchecked = sum(len(version.unchecked) for version in checked)
        self.stdout.write(f"{verified} citations verified, {unchecked} unchecked for want of a text.")
        claims = {
            state: sorted({citation.claim for version in checked for citation in version.of(state)})
            for state in STATES[1:]
        }
        told = [
            f"Claims whose passage is {state}: {', '.join(claims[state])}."
            for state in STATES[1:]
            if claims[state] and state != "moved"
        ]
        if claims["moved"]:
            told.append(f"{len(claims['moved'])} claims have a passage that only moved.")
        if told:
            raise CommandError("\n".join(told))
