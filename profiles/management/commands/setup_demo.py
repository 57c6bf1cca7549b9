"""Fill an empty site with the data set of the fixtures, reviewed and published by two demonstration accounts."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, transaction

from profiles.editorial.accounts import ensure_roles
from profiles.editorial.decide import Said, decide, wanting
from profiles.editorial.review import all_drafts, open_review
from profiles.exchange.release import release
from profiles.models import Publication, Review, Revision, Source, User


class Command(BaseCommand):
    help = "Load and publish the fixtures where nothing is published yet; safe to run again."

    def handle(self, **options):
        if Publication.objects.exists():
            self.stdout.write("The site has its data already.")
            return
        if Revision.objects.filter(by__demonstration=False).exists():
            # Drafts of people are not published by two accounts of ours.
            self.stdout.write("Editors have written here already: nothing is loaded or published.")
            return
        fixtures = Path(settings.BASE_DIR / "fixtures")
        files = sorted(fixtures.rglob("*.yaml"))
        self.stdout.write(f"Loading {len(files)} files ...")
        editor, reviewer = self.accounts()
        if not Review.objects.exists():
            call_command("loaddata", *map(str, files), verbosity=0)
            self.attach_own_texts(fixtures / "texts")
        self.stdout.write("Publishing through review ...")
        with transaction.atomic():
            Review.objects.filter(opener=editor, state="open").update(state="dropped")
            review = open_review(all_drafts(), by=editor, kind="new", note="The first data set.")
            # What no person read says so, claim by claim; the publication is marked as a demonstration too.
            comment = "Recorded for the demonstration: nobody read this claim."
            decide(review, [Said(*pair, "supports", comment) for pair in wanting(review).items()], by=reviewer)
        made = release(review, by=reviewer)
        self.stdout.write(f"Published {made.editions.count()} profiles in publication {made.number}.")

    def accounts(self):
        """Two accounts with random passwords, printed once and kept in a file that only its owner reads."""
        roles = ensure_roles()
        kept = self.folder() / "demo-accounts.txt"
        lines = []
        made = []
        for name in ("editor", "reviewer"):
            user, new = User.objects.get_or_create(
                username=f"demo-{name}", defaults={"is_staff": True, "demonstration": True}
            )
            if not user.demonstration:
                raise CommandError(f"{user} is somebody's account, and approves nothing by itself: rename it.")
            if new:
                password = secrets.token_urlsafe(12)
                user.set_password(password)
                user.save()
                user.groups.add(roles[name])
                lines.append(f"{user.username}  {password}")
            made.append(user)
        if lines:
            kept.parent.mkdir(exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text("\n".join(lines) + "\n")
            shown = kept.relative_to(settings.BASE_DIR) if kept.is_relative_to(settings.BASE_DIR) else kept
            self.stdout.write(f"Demonstration accounts for /admin/ (kept in {shown}):")
            self.stdout.write("\n".join(f"  {line}" for line in lines))
        return made

    def folder(self):
        """Beside the database that the accounts are of: another one's passwords are not written over."""
        if connection.vendor == "sqlite":
            return Path(connection.settings_dict["NAME"]).parent
        return Path(settings.BASE_DIR / "var")

    def attach_own_texts(self, folder):
        """Texts of our own travel with the data: they make their passages visible and checkable."""
        for source in Source.objects.filter(text_may_travel=True):
            text = folder / f"{source.slug}.txt"
            if text.exists():
                call_command("attach_text", source.slug, str(text), verbosity=0)
