"""The site's own settings, with the yardstick's pages beside the site's."""

import os
from pathlib import Path

from militiadb.settings import *  # noqa: F403 (all of them)
from militiadb.settings import MIDDLEWARE, STORAGES, TEMPLATES

ROOT_URLCONF = "benchmarks.naive.urls"
TEMPLATES[-1]["DIRS"] = [*TEMPLATES[-1]["DIRS"], Path(__file__).parent / "templates"]
# Whoever measures need not collect static files first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# How much of a bare view's cost is what stands around every view.
if os.environ.get("BENCHMARK_BARE") == "1":
    MIDDLEWARE.clear()
