"""Public addresses, in one place: where a profile, a claim, a source, a word of ours is found."""

from django.conf import settings

from profiles.values import speech
from profiles.values.documents import Event, Group, Person, PictureFile
from profiles.values.picture_files import name_of

FOLDERS = {"group": "groups", "person": "people", "event": "events"}
MODELS = {folder: model for model, folder in FOLDERS.items()}

Profile = Group | Person | Event


def root(tag: str = "") -> str:
    """Where the pages of a language begin, of the one spoken now unless told; English ones have no folder."""
    return "/ar" if (tag or speech.language()) == speech.ARABIC else ""


def model_of(header: Profile) -> str:
    """The model of a profile's header: group, person or event."""
    return str(header.__struct_config__.tag)


def profile(header: Profile) -> str:
    """The address of a profile's newest edition."""
    return place(model_of(header), header.slug)


def place(model: str, slug: str) -> str:
    """The address of a profile by model and slug."""
    return f"{root()}/{FOLDERS[model]}/{slug}/"


def machine(path: str) -> str:
    """The JSON beside a profile's address."""
    return f"{neutral(path).rstrip('/')}.json"


def editions(path: str) -> str:
    """The list of a profile's editions."""
    return f"{path}editions/"


def edition(path: str, number: int) -> str:
    """The permalink of one edition."""
    return f"{path}editions/{number}/"


def edition_diff(path: str, first: int, last: int) -> str:
    """What became of one edition on the way to a later one."""
    return f"{path}editions/{first}...{last}/"


def claim(uid: str) -> str:
    """The page of one claim."""
    return f"{root()}/claims/{uid}/"


def source(slug: str) -> str:
    """The page of one source."""
    return f"{root()}/sources/{slug}/"


def publication(number: int) -> str:
    """The page of one publication."""
    return f"{root()}/publications/{number}/"


def edition_json(path: str, number: int) -> str:
    """The JSON of one edition."""
    return f"{neutral(path)}editions/{number}.json"


def corrections(profile: str = "") -> str:
    """The corrections ledger, or what it tells of one profile."""
    return f"{root()}/corrections/?profile={profile}" if profile else f"{root()}/corrections/"


def picture_file(file: PictureFile) -> str:
    """A file of a picture: its bytes never change under its address."""
    return f"/media/pictures/{name_of(file)}"


def word(name: str, value: str) -> str:
    """Where the page "About our words" explains a word of a closed list."""
    return f"{root()}/about/words/#{name.replace(' ', '-')}-{value.replace('_', '-').replace(' ', '-')}"


def neutral(path: str) -> str:
    """An address without the folder of its language, for what is the same in all."""
    return path.removeprefix("/ar") if path.startswith("/ar/") else path


def in_both(path: str) -> tuple[str, str] | None:
    """The English and the Arabic address of a page; None where it has none."""
    plain = neutral(path)
    return (plain, f"/ar{plain}") if plain else None


def absolute(path: str) -> str:
    """The whole address of a page, for what is read elsewhere."""
    return f"{settings.SITE_URL}{path}"
