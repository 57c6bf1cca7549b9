"""Imports go down only, and public code sees no draft table."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "profiles"
SCREENS = {"admin", "views", "api", "management", "templatetags"}
MAY_IMPORT = {
    "values": set(),
    "models": {"values"},
    "editorial": {"models", "values"},
    "reading": {"models", "values"},
    "exchange": {"editorial", "reading", "models", "values"},
    **{screen: SCREENS | {"exchange", "editorial", "reading", "models", "values"} for screen in sorted(SCREENS)},
}
# `files` has no table: bytes by digest, which a view asks of `published` first. Nor has `moment`: it reads nothing.
PUBLIC_MODELS = {
    "files",
    "moment",
    "counts",
    "editions",
    "finding",
    "finding_names",
    "published",
    "projection",
    "documents",
}
# Public pages and the code that makes them; the admin and commands may touch drafts.
PUBLIC = ("reading", "views", "api")


def imported(path):
    """The modules of ours that a file imports, in full."""
    here = ["profiles", *path.relative_to(ROOT).with_suffix("").parts]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("profiles."))
        elif isinstance(node, ast.ImportFrom):
            package = here[: -node.level] if node.level else []
            module = ".".join([*package, *([node.module] if node.module else [])])
            if module.startswith("profiles"):
                yield from (f"{module}.{alias.name}" for alias in node.names)


def files(layer):
    return sorted((ROOT / layer).rglob("*.py"))


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_imports_go_down_only(layer):
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files(layer)
        for module in imported(path)
        if (other := module.split(".")[1]) in MAY_IMPORT and other not in MAY_IMPORT[layer] | {layer}
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", PUBLIC)
def test_public_code_imports_no_draft_table(layer):
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files(layer)
        for module in imported(path)
        if module.startswith("profiles.models") and module.split(".")[2] not in PUBLIC_MODELS
    ]
    assert wrong == []


def test_the_rules_are_asked_of_real_imports():
    seen = {module for layer in MAY_IMPORT for path in files(layer) for module in imported(path)}
    assert "profiles.models.editions.Edition" in seen
    assert "profiles.editorial.publish.publish_review" in seen
