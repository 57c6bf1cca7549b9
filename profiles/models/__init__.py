"""Tables, constraints, querysets, guards."""

from profiles.models.accounts import User
from profiles.models.audit import AuditEntry
from profiles.models.citations import Attribution, Citation
from profiles.models.claims import (
    KIND_MODELS,
    Claim,
    ClaimLink,
    Designation,
    Identifier,
    Membership,
    Name,
    Part,
    Presence,
    Relation,
    Silence,
    Statement,
    Step,
    Strength,
    Translation,
)
from profiles.models.counts import ClaimCount, FacetCount, PublicationCount, SourceCount
from profiles.models.documents import Document
from profiles.models.editions import Edition, Publication, PublishedDocument, Redaction
from profiles.models.evidence import Reanchoring, SecondLook
from profiles.models.intakes import Intake, LinkCheck
from profiles.models.looks import Look
from profiles.models.pictures import Picture
from profiles.models.profiles import PROXIES, Event, Group, Person, Profile
from profiles.models.published import (
    Address,
    Body,
    Entry,
    Facet,
    Interval,
    Listing,
    Mention,
    OldSlug,
    PublishedCitation,
    PublishedClaim,
    PublishedFile,
    PublishedSource,
    PublishedSpeaker,
    PublishedVersion,
    Spelling,
)
from profiles.models.reports import Report
from profiles.models.reviews import Decision, Review, ReviewEntry, Revision, RevisionEntry
from profiles.models.sessions import DeskSession
from profiles.models.sources import Authority, Capture, Place, Programme, Source, SourceVersion, Speaker
from profiles.models.staging import Stage, StageFault, StageRow

__all__ = [
    "KIND_MODELS", "PROXIES", "Address", "Attribution", "AuditEntry", "Authority", "Body", "Capture", "Citation",
    "Claim", "ClaimCount", "ClaimLink", "Decision", "Designation", "DeskSession", "Document", "Edition", "Entry",
    "Event", "Facet", "FacetCount", "Group", "Identifier", "Intake", "Interval", "LinkCheck", "Listing", "Look",
    "Membership", "Mention",
    "Name", "OldSlug", "Part", "Person", "Picture", "Place", "Presence", "Profile", "Programme", "Publication",
    "PublicationCount", "PublishedCitation", "PublishedClaim", "PublishedDocument", "PublishedFile",
    "PublishedSource", "PublishedSpeaker", "PublishedVersion", "Reanchoring", "Redaction", "Relation", "Report",
    "Review", "ReviewEntry", "Revision", "RevisionEntry", "SecondLook", "Silence", "Source", "SourceCount",
    "SourceVersion", "Speaker", "Spelling", "Stage", "StageFault", "StageRow", "Statement", "Step", "Strength",
    "Translation", "User",
]  # fmt: skip
