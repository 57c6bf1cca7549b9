"""Settings: each environment variable is read once, has a safe default, and fails at start if it is wrong."""

import re
import secrets
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environ import Env
from jinja2 import StrictUndefined

BASE_DIR = Path(__file__).resolve().parent.parent
# What the running site writes; git ignores it.
VAR_DIR = BASE_DIR / "var"
env = Env()


def flag(name: str) -> bool:
    """An environment variable that is 1 or 0; unset or empty is 0."""
    value = env.str(name, default="") or "0"
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def whole_number(name: str, default: int) -> int:
    """An environment variable that is a whole number, not negative."""
    value = env.str(name, default="") or str(default)
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def one_of(name: str, *words: str, default: str) -> str:
    """An environment variable that is one of a few words."""
    value = env.str(name, default="") or default
    if value not in words:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(words)}, not {value!r}")
    return value


def kept_secret_key(path: Path) -> str:
    """The secret key kept in a file that only its owner reads, made at the first start."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        # Written aside and linked into place: of two processes that start together none reads half a key.
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft, suppress(FileExistsError):
            draft.write(secrets.token_urlsafe(64))
            draft.flush()
            path.hardlink_to(draft.name)
    return path.read_text().strip()


def database(url: str) -> dict[str, Any]:
    """Connection settings for a sqlite:/// or postgresql:// URL; options in its query go before ours."""
    config: dict[str, Any] = Env.db_url_config(url)
    engine = config.get("ENGINE")
    options = config.setdefault("OPTIONS", {})
    if engine == "django.db.backends.sqlite3":
        if config["NAME"] != ":memory:":
            config["NAME"] = str(BASE_DIR / config["NAME"])
        options.setdefault("timeout", 20)
        # Deferred, two writers that read first fail with "database is locked", whatever the timeout.
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("init_command", "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
    elif engine == "django.db.backends.postgresql":
        config.setdefault("CONN_HEALTH_CHECKS", True)
        # As psycopg has it; Django would prepare nothing, not even what each reader asks.
        options.setdefault("prepare_threshold", 5)
    else:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgresql://")
    config.setdefault("CONN_MAX_AGE", 60)
    return config


def mail_server(url: str) -> dict[str, Any]:
    """Settings for a smtp://, smtp+tls://, smtps:// or consolemail:// URL, in the words of the Django that runs."""
    if url.partition("://")[0] not in ("smtp", "smtp+tls", "smtps", "consolemail"):
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtp+tls://, smtps:// or consolemail://")
    # Seconds: a mail server that hangs must not hold a reader's request for long.
    config: dict[str, Any] = {**Env.email_url_config(url), "EMAIL_TIMEOUT": 10}
    if django.VERSION < (6, 1):
        return {name: value for name, value in config.items() if value}
    backend = config.pop("EMAIL_BACKEND")
    names = {"EMAIL_HOST_USER": "username", "EMAIL_HOST_PASSWORD": "password"}
    options = {names.get(name, name[6:].lower()): value for name, value in config.items() if value}
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options if "smtp" in backend else {}}}}


# Where it runs

DEBUG = flag("MILITIADB_DEBUG")
# 1 on a server that the world reaches: HTTPS only, and nothing secret or public is guessed.
PRODUCTION = flag("MILITIADB_PRODUCTION")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("MILITIADB_DEBUG and MILITIADB_PRODUCTION cannot both be 1")

SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if PRODUCTION and not (SECRET_KEY and ALLOWED_HOSTS):
    raise ImproperlyConfigured("MILITIADB_PRODUCTION=1 needs SECRET_KEY and ALLOWED_HOSTS")
SECRET_KEY = SECRET_KEY or kept_secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

# Where readers find the site: citations, feeds and downloads hold whole addresses.
_HOST = next((host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"), "localhost")
# `PORT=9000 make run` is found there; what is no port refuses the start with words of its own.
_PORT = env.str("PORT", default="")
_HERE = f"http://127.0.0.1:{_PORT if re.fullmatch('[0-9]{1,5}', _PORT) else 8000}"
SITE_URL = env.str("SITE_URL", default="") or (f"https://{_HOST}" if PRODUCTION else _HERE)
SITE_URL = SITE_URL.rstrip("/")
if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+", SITE_URL):
    raise ImproperlyConfigured(f"SITE_URL must be as https://example.org, without a path, not {SITE_URL!r}")

ROOT_URLCONF = "militiadb.urls"
WSGI_APPLICATION = "militiadb.wsgi.application"

# What it is made of

INSTALLED_APPS = [
    "profiles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # For its two templates.
    "django.contrib.sitemaps",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "django_tasks_db",
]

# Sessions, CSRF and messages set no cookie, and no Vary: Cookie, on a page that does not touch them.
MIDDLEWARE = [
    "militiadb.requestlog.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Nobody passes it into the desk without what their role asks for.
    "profiles.admin.people.gate.Gate",
    "axes.middleware.AxesMiddleware",
]


def public_templates(name: str, environment: str) -> dict[str, Any]:
    """The templates of public pages in one language."""
    return {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": name,
        "DIRS": [BASE_DIR / "templates" / "public"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": environment,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
        },
    }


TEMPLATES = [
    # Public pages: Jinja2, since it renders one in a fifth of the time. The admin keeps Django's templates, below.
    public_templates("jinja2", "militiadb.jinja2.environment"),
    public_templates("arabic", "militiadb.jinja2.arabic"),
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data

DATABASES = {"default": database(env.str("DATABASE_URL", default="") or "sqlite:///var/militiadb.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {"yaml": "profiles.exchange.serializer"}

# What waits to be done stands in the database, beside what it is about: `manage.py work` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
TIME_ZONE = "UTC"
USE_TZ = True

# Files of pictures: private until a publication names them, so no web server serves this folder by itself

MEDIA_ROOT = env.str("MEDIA_ROOT", default="") or str(VAR_DIR / "media")

# Static files

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
if DEBUG:
    STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}

# Who may enter

AUTH_USER_MODEL = "profiles.User"
LOGIN_URL = "admin:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Locked by name alone: no reader's address is kept, not even to tell attackers apart.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 7
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "profiles.editorial.sign_ins.Lock"
AXES_LOCKOUT_CALLABLE = "profiles.admin.people.sign_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# The name that an authenticator app shows.
OTP_TOTP_ISSUER = "MilitiaDB"

SESSION_ENGINE = "profiles.models.sessions"
# A session ends when nobody used it for so long; what was typed into a form meanwhile is kept (admin/people/kept.py).
SESSION_COOKIE_AGE = 60 * whole_number("SESSION_IDLE_MINUTES", default=120)
CSRF_FAILURE_VIEW = "profiles.admin.people.gate.form_too_old"

# What a browser is told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = whole_number("HSTS_SECONDS", default=365 * 24 * 3600) if PRODUCTION else 0
# Whether all other hosts of the domain speak HTTPS is not for this site to promise.
# Nor can anybody get past a lock by name by changing addresses or browsers.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "axes.W006"]
# A monitor on the same machine asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# 1 where a proxy in front ends TLS and sets X-Forwarded-Proto and X-Request-ID itself: else anybody could.
BEHIND_TLS_PROXY = flag("BEHIND_TLS_PROXY")
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Mail: errors to those who run the site, and nothing else

EMAIL_URL = env.str("EMAIL_URL", default="")
ERRORS_TO = env.list("ADMINS", default=[])
if ERRORS_TO and not EMAIL_URL:
    raise ImproperlyConfigured("ADMINS needs EMAIL_URL")
if wrong := [address for address in ERRORS_TO if "@" not in address]:
    raise ImproperlyConfigured(f"ADMINS must be mail addresses with commas between, not {wrong[0]!r}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="") or "militiadb@localhost"
globals().update(mail_server(EMAIL_URL or "smtp://localhost:25"))

# What readers report

# Days from receipt until an objection or a reply is to be answered.
OBJECTION_DUE_DAYS = whole_number("OBJECTION_DUE_DAYS", default=30)
# Messages of one kind in an hour, to the whole site and about one claim: no address is kept, so none can be counted.
REPORTS_AN_HOUR = whole_number("REPORTS_AN_HOUR", default=60)
REPORTS_AN_HOUR_PER_CLAIM = whole_number("REPORTS_AN_HOUR_PER_CLAIM", default=10)

# The log: to standard error, without any reader's address; JSON on a server, lines where a person watches

LOG_FORMAT = one_of("LOG_FORMAT", "json", "line", default="json" if PRODUCTION else "line")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "militiadb.requestlog.LineFormatter",
            "format": "{asctime} {levelname} {name}{request_id}: {message}",
            "style": "{",
        },
        "json": {"class": "militiadb.requestlog.JSONFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
        "mail": {"class": "militiadb.requestlog.ErrorMail"},
        "refused": {"class": "militiadb.requestlog.RefusedRequests"},
    },
    "root": {
        "handlers": ["console", "mail"] if ERRORS_TO else ["console"],
        "level": one_of("LOG_LEVEL", "DEBUG", "INFO", "WARNING", "ERROR", default="INFO"),
    },
    "loggers": {
        # Replaces Django's own handlers, whose mail would carry the reader's address.
        "django": {"handlers": [], "level": "INFO"},
        # "Not Found" and the like: the line of each request says its status.
        "django.request": {"level": "ERROR"},
        "django.security": {"handlers": ["refused"], "propagate": False},
        # Names and browsers of those who try to sign in: the audit log tells what the house needs.
        "axes": {"level": "ERROR"},
        # Each task, and each look for one.
        **{name: {"level": "WARNING"} for name in ("django_tasks_db", "django_tasks", "django.tasks")},
    },
}
