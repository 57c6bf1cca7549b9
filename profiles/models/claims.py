"""Claims: one table for all kinds, each kind fenced by constraints made from the one SHAPE table."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from profiles.models.base import Dated, DatedQuerySet, DocumentRow, WordField
from profiles.values import vocabulary as words
from profiles.values.documents import KIND_COLUMNS, SHAPE, shape_problems

_NULLABLE = {"about", "place", "authority", "programme", "designation", "low", "high"}


def _is_empty(column: str) -> Q:
    return Q(**{f"{column}__isnull": True}) if column in _NULLABLE else Q(**{column: ""})


def _shape(kind: str) -> Q:
    """Either another kind, or a row that has what this kind needs and nothing that it may not have."""
    needed, may = SHAPE[kind]
    condition = Q()
    for column in KIND_COLUMNS:
        if column in needed:
            condition &= ~_is_empty(column)
        elif column not in may:
            condition &= _is_empty(column)
    return ~Q(kind=kind) | condition


class Fence(models.CheckConstraint):
    """A check that the database holds. Forms don't ask it (a query each): clean() explains it from the same table."""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: see the class."""


def _shape_constraints() -> list[Fence]:
    fences = [Fence(condition=_shape(kind), name=f"claim_shape_{kind}") for kind in SHAPE]
    return [
        Fence(condition=Q(kind__in=list(SHAPE)), name="claim_kind_known"),
        *fences,
        Fence(
            condition=~Q(kind="part") | (Q(about__isnull=True) ^ Q(party="")),
            name="claim_part_of_profile_or_party",
        ),
        Fence(
            condition=~Q(precision="") | Q(low__isnull=True, high__isnull=True, number_words=""),
            name="claim_number_has_precision",
        ),
        Fence(condition=~Q(about=models.F("subject")), name="claim_about_another"),
        Fence(condition=Q(basis="derived") ^ Q(reckoning=""), name="claim_derived_has_reckoning"),
    ]


class ClaimQuerySet(DatedQuerySet):
    """Claims, asked in the domain's words."""

    def touching(self, profile: str) -> Self:
        """Those that stand in a profile's dossier: it is their subject, or they are about it."""
        return self.filter(Q(subject_id=profile) | Q(about_id=profile))

    def cited(self) -> Self:
        """Those with at least one supporting citation."""
        return self.filter(pk__in=_supported())

    def uncited(self) -> Self:
        """Those without a supporting citation: they cannot be published."""
        return self.exclude(pk__in=_supported())


def _supported() -> models.QuerySet:
    from profiles.models.citations import Citation

    return Citation.objects.filter(bearing="supports").values("claim_id")


class Claim(DocumentRow, Dated):
    """One atomic assertion about a subject, in the site's own words."""

    kind = WordField()
    subject = models.ForeignKey("profiles.Profile", models.PROTECT, related_name="claims")
    about = models.ForeignKey("profiles.Profile", models.PROTECT, null=True, blank=True, related_name="claims_about")
    topic = WordField()
    aspect = WordField()
    statement = models.TextField(help_text="One whole sentence, true and fair when quoted alone.")
    basis = WordField(words.BASIS, default="stated")
    reckoning = models.TextField(blank=True, default="", help_text="How a derived date was reckoned.")
    voice = WordField(words.VOICE)
    reach = WordField(words.REACH, default="named")
    verification = WordField(words.VERIFICATION, blank=True, default="")
    verified_by = models.CharField(max_length=300, blank=True, default="")
    standing = WordField(words.STANDING, default="stands")
    standing_note = models.TextField(blank=True, default="", help_text="Public.")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    negated = models.BooleanField(default=False, help_text="A source says that it is not so.")
    scope = models.CharField(max_length=300, blank=True, default="")
    confidence = WordField(words.CONFIDENCE, blank=True, default="")
    response = WordField(words.RESPONSE, blank=True, default="", help_text="Of the accused.")
    response_date = models.CharField(max_length=64, blank=True, default="", help_text="EDTF.")
    outcome = models.TextField(blank=True, default="", help_text="What came of it, or that nothing is stated.")
    salt = models.CharField(max_length=32, editable=False)

    name = models.CharField(max_length=300, blank=True, default="")
    name_sort = WordField(words.NAME_SORT, blank=True, default="")
    language = models.CharField(max_length=64, blank=True, default="", help_text="BCP 47, as ar or ar-Latn.")
    used_by = WordField(words.USED_BY, blank=True, default="")
    scheme = WordField(words.IDENTIFIER_SCHEME, blank=True, default="")
    identifier = models.CharField(max_length=300, blank=True, default="")
    role = WordField(words.ROLE, blank=True, default="")
    title = models.CharField(max_length=300, blank=True, default="", help_text="The title, verbatim.")
    end_reason = WordField(words.END_REASON, blank=True, default="")
    relation = WordField(words.RELATION, blank=True, default="")
    manner = WordField(words.MANNER, blank=True, default="")
    part = WordField(words.PART, blank=True, default="")
    party = models.CharField(max_length=300, blank=True, default="", help_text="A described party, where no profile.")
    presence = WordField(words.PRESENCE, blank=True, default="")
    place = models.ForeignKey("profiles.Place", models.PROTECT, null=True, blank=True, related_name="claims")
    precision = WordField(words.PRECISION, blank=True, default="")
    low = models.IntegerField(null=True, blank=True)
    high = models.IntegerField(null=True, blank=True)
    number_words = models.CharField(max_length=300, blank=True, default="", help_text='As the source has it: "dozens".')
    counted = WordField(words.COUNTED, blank=True, default="")
    authority = models.ForeignKey("profiles.Authority", models.PROTECT, null=True, blank=True, related_name="claims")
    programme = models.ForeignKey("profiles.Programme", models.PROTECT, null=True, blank=True, related_name="claims")
    as_stated = models.CharField(max_length=300, blank=True, default="", help_text="The source's own term.")
    listing_id = models.CharField(max_length=300, blank=True, default="")
    name_as_listed = models.CharField(max_length=300, blank=True, default="")
    ground = models.TextField(blank=True, default="")
    evidence = WordField(words.EVIDENCE, blank=True, default="")
    designation = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="steps")
    step = WordField(words.STEP, blank=True, default="")
    step_change = WordField(words.STEP_CHANGE, blank=True, default="")
    word = models.CharField(max_length=64, blank=True, default="", help_text="For an aspect that takes a list word.")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("uid",)
        constraints = _shape_constraints()
        indexes = (models.Index(fields=("subject", "topic", "aspect"), name="claim_by_aspect"),)

    def __str__(self) -> str:
        return f"{self.uid}: {self.statement}"

    def clean(self) -> None:
        """Explain what the fences would refuse, from the same table, and set the bounds."""
        errors: dict[str, list[str]] = {}
        if self.kind in SHAPE:
            for problem in shape_problems(self.kind, {c: self._column(c) for c in KIND_COLUMNS}):
                errors.setdefault(problem.field, []).append(problem.message)
        if (self.basis == "derived") != bool(self.reckoning):
            errors["reckoning"] = ["Say how the date was derived, and only then."]
        if self.about_id and self.about_id == self.subject_id:
            errors["about"] = ["A claim is not about its own subject."]
        try:
            self.set_bounds()
        except ValidationError as error:
            errors["when"] = error.message_dict["when"]
        if errors:
            raise ValidationError(errors)

    def _column(self, name: str) -> Any:
        return getattr(self, f"{name}_id") if hasattr(type(self), f"{name}_id") else getattr(self, name)


class _KindManager(models.Manager.from_queryset(ClaimQuerySet)):  # type: ignore[misc]
    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> ClaimQuerySet:
        return super().get_queryset().filter(kind=self.kind)


def _proxy(name: str, kind: str, doc: str, plural: str | None = None) -> type[Claim]:
    meta = type("Meta", (), {"proxy": True, **({"verbose_name_plural": plural} if plural else {})})
    attributes = {"__module__": __name__, "__doc__": doc, "Meta": meta, "objects": _KindManager(kind)}
    return type(name, (Claim,), attributes)


Name = _proxy("Name", "name", "A name of a profile: its sort, language and who uses it.")
Identifier = _proxy("Identifier", "identifier", "A number or key of a profile in another register.")
Membership = _proxy("Membership", "membership", "A person's role in a group.")
Relation = _proxy("Relation", "relation", "How one group stands to another.")
Part = _proxy("Part", "part", "The part of a profile, or of a described party, in an event.")
Presence = _proxy("Presence", "presence", "A profile at a place.", "presences")
Strength = _proxy("Strength", "strength", "A number of people or things that a profile has.", "strengths")
Designation = _proxy("Designation", "designation", "A listing by an authority under one programme.")
Step = _proxy("Step", "step", "A dated act in the life of a designation.")
Statement = _proxy("Statement", "statement", "A plain statement.")
KIND_MODELS: dict[str, type[Claim]] = {
    model._meta.proxy and model.objects.kind: model
    for model in (
        Name,
        Identifier,
        Membership,
        Relation,
        Part,
        Presence,
        Strength,
        Designation,
        Step,
        Statement,
    )
}


class ClaimLink(models.Model):
    """A uid in a list of a claim's document: a claim it conflicts with, comes after or rests on; a profile it names."""

    LINKS = ("conflicts_with", "after", "rests_on", "mentions")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="links")
    link = models.CharField(max_length=16)
    target_claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="linked_from")
    target_profile = models.ForeignKey(
        "profiles.Profile", models.PROTECT, null=True, blank=True, related_name="mentioned_in"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(link="mentions", target_profile__isnull=False, target_claim__isnull=True)
                | Q(
                    link__in=("conflicts_with", "after", "rests_on"),
                    target_claim__isnull=False,
                    target_profile__isnull=True,
                ),
                name="claim_link_has_its_target",
            ),
            models.UniqueConstraint(fields=("claim", "link", "target_claim"), name="claim_link_to_claim_once"),
            models.UniqueConstraint(fields=("claim", "link", "target_profile"), name="claim_link_to_profile_once"),
        )

    def __str__(self) -> str:
        return f"{self.claim_id} {self.link} {self.target_claim_id or self.target_profile_id}"


class Translation(models.Model):
    """A reviewed translation of a claim's statement."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=64)
    text = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Digest of the sentence that was translated.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("claim", "language"), name="translation_once"),)

    def __str__(self) -> str:
        return f"{self.claim_id} in {self.language}"


class Silence(DocumentRow):
    """Typed emptiness for a profile and an aspect, with the source versions searched."""

    subject = models.ForeignKey("profiles.Profile", models.PROTECT, related_name="silences")
    topic = WordField()
    aspect = WordField()
    state = WordField(words.SILENCE)
    salt = models.CharField(max_length=32, editable=False)
    searched = models.ManyToManyField("profiles.SourceVersion", blank=True, related_name="silences")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("uid",)
        constraints = (models.UniqueConstraint(fields=("subject", "topic", "aspect"), name="silence_once_an_aspect"),)

    def __str__(self) -> str:
        return f"{self.uid}: {self.topic}.{self.aspect} {self.state}"
