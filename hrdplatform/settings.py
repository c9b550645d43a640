"""Django's settings, composed from `hrdplatform.conf`. No room's rule lives here."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from hrdplatform.conf import ROOT, configuration
from hrdplatform.web import logs

DEBUG = False
SECRET_KEY = configuration.secret_keys[0]
SECRET_KEY_FALLBACKS = list(configuration.secret_keys[1:])
ALLOWED_HOSTS = sorted(
    {configuration.public_host, configuration.office_host, configuration.aid_host, configuration.onion_host} - {""}
)
if not configuration.production:
    # Health probes only, no link ever names it; and the public door alone, to see what it refuses.
    ALLOWED_HOSTS += ["127.0.0.1", "public.localhost"]

INSTALLED_APPS = [
    "hrdplatform.operations",
    "cms",
    "legal_aid",
    "strategies",
    "consultations",
    "hrdplatform.office",
    "hrdplatform.media",
    "hrdplatform.organisations",
    "hrdplatform.accounts",
    "hrdplatform.web",
    "hrdplatform.notices",
    "hrdplatform.audit",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "hrdplatform.office.wagtail_users.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_otp",
    "django_otp_webauthn",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "hrdplatform.web.middleware.HeadersMiddleware",
    "hrdplatform.web.middleware.DoorMiddleware",
    "hrdplatform.web.pagecache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hrdplatform.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "hrdplatform.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hrdplatform.web.light.LightMiddleware",
]

PLATFORM_NAME = configuration.name or _("Defenders’ platform")

ROOT_URLCONF = "hrdplatform.urls"
WSGI_APPLICATION = "hrdplatform.wsgi.application"
WORKER_TABLE = "hrdplatform.worker.DUE"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["hrdplatform.web.templatetags.platform"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hrdplatform.web.context.platform",
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///PATH` or `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        Path(parts.path).parent.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            # A file like the real one: in memory, the threads of a server under test would share one connection.
            "TEST": {"NAME": f"{parts.path}.test"},
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # A pool that tries longer to connect pauses longer each time, and goes on refusing when the server is back.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 4, "reconnect_timeout": 1},
            **dict(parse_qsl(parts.query)),
        },
    }


DATABASES = {"default": database(configuration.database)}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "hrdplatform.office.access.OfficeAccess"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "hrdplatform.accounts.domain.password_rules.WeakPatternValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "accounts:home"

LANGUAGE_CODE = "fr"
LANGUAGES = [
    ("fr", _("French")),
    ("de", _("German")),
    ("lb", _("Luxembourgish")),
    ("en", _("English")),
    ("pt", _("Portuguese")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [ROOT / "hrdplatform" / "locale"]
FORMAT_MODULE_PATH = ["hrdplatform.formats"]
TIME_ZONE = "Europe/Luxembourg"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = configuration.statics
WHITENOISE_USE_FINDERS = not configuration.production
WHITENOISE_AUTOREFRESH = not configuration.production and not (STATIC_ROOT / "staticfiles.json").exists()
STATICFILES_DIRS = [ROOT / "build" / "static"]
(ROOT / "build" / "static").mkdir(parents=True, exist_ok=True)


def storages(url: str) -> dict[str, Any]:
    """`default` for media and sealed blobs: `file:///PATH`, or `s3://bucket?endpoint_url=…`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        default: dict[str, Any] = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": parts.path, "base_url": "/media/", "file_permissions_mode": 0o600},
        }
    else:
        default = {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {"bucket_name": parts.netloc, **dict(parse_qsl(parts.query))},
        }
    return {
        "default": default,
        "staticfiles": {"BACKEND": "hrdplatform.web.statics.HashedStorage"},
    }


STORAGES = storages(configuration.storage)
MEDIA_URL = "/media/"
FILE_UPLOAD_PERMISSIONS = 0o600

SESSION_ENGINE = "hrdplatform.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # Django's own cookie has no prefix
CSRF_FAILURE_VIEW = "hrdplatform.web.views.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = configuration.production
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 63_072_000 if configuration.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = configuration.production
SECURE_HSTS_PRELOAD = configuration.production
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
if configuration.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": configuration.cache}
    if configuration.cache
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = configuration.sender


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings for `smtp://user:password@host:port?tls=1` or `file:///FOLDER`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": dict(parse_qsl(parts.query)).get("tls") == "1",
        "EMAIL_TIMEOUT": 10,
    }


globals().update(mail(configuration.email))

WAGTAIL_SITE_NAME = PLATFORM_NAME
WAGTAILADMIN_BASE_URL = (
    f"https://{configuration.office_host}" if configuration.production else f"http://localhost:{configuration.port}"
)
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [
    ("fr", _("French")),
    ("de", _("German")),
    ("lb", _("Luxembourgish")),
    ("en", _("English")),
    ("ar", _("Arabic")),
]
WAGTAILIMAGES_IMAGE_MODEL = "media.PlatformImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.PlatformDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_FORM_BASE = "hrdplatform.media.forms.PlatformImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "hrdplatform.media.forms.PlatformDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "txt", "csv"]
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # nothing of anybody else's inside our pages
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # else a page submitted for translation went live untranslated
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("French")), ("de", _("German")), ("en", _("English"))]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.backend"}}

OTP_WEBAUTHN_RP_NAME = PLATFORM_NAME
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False
OTP_WEBAUTHN_CREDENTIAL_MODEL = "accounts.Passkey"
OTP_WEBAUTHN_EXCEPTION_LOGGER_NAME = ""  # its lines would hold what browsers sent

LOGGING = logs.description()
OTP_WEBAUTHN_RP_ID = configuration.public_host
OTP_WEBAUTHN_ALLOWED_ORIGINS = [f"http://localhost:{configuration.port}"]
