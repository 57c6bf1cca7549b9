"""The site's own settings, with the yardstick's pages beside the site's."""

import os
from pathlib import Path

from militiadb.settings import *  # noqa: F403 (all of them)
from militiadb.settings import MIDDLEWARE, STORAGES, TEMPLATES

ROOT_URLCONF = "benchmarks.naive.urls"
TEMPLATES[-1]["DIRS"] = [*TEMPLATES[-1]["DIRS"], Path(__file__).parent / "templates"]
# Whoever measures need not collect static files first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Whoever is sent by another host's name is Django's to judge: all goes past what is sent before Django.
if os.environ.get("BENCHMARK_DJANGO") == "1":
    USE_X_FORWARDED_HOST = True
# How much of a bare view's cost is what stands around every view.
if os.environ.get("BENCHMARK_BARE") == "1":
    MIDDLEWARE.clear()
