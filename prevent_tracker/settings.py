"""Settings, read from the environment; every mistake in it is told in one message.

The embedded default is SQLite under `var/`; `DATABASE_URL` switches to PostgreSQL. Nothing here is secret: a
development key is made for `DEBUG` only, and a real `SECRET_KEY` (or `SECRET_KEY_FILE`) is required without it.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv

BASE_DIR = Path(__file__).resolve().parent.parent
env = FileAwareEnv(eager=False)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
HTTPS = env.bool("HTTPS", not DEBUG)
database = env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR}/tracker.sqlite3")
database_pool_size = env.int("DATABASE_POOL_SIZE", 4)
trusted_proxies = env.int("TRUSTED_PROXIES", 0)
email_url = env.dj_email_url("EMAIL_URL", "console://")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "prevent-tracker@localhost")
SITE_ADDRESS = env.str("SITE_ADDRESS", "http://localhost:8000")
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
env.seal()

SECRET_KEY = SECRET_KEY.strip()
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "Set SECRET_KEY (or SECRET_KEY_FILE) to a long random string, or DEBUG=1 on your own machine."
        )
    SECRET_KEY = "development-only-key-refused-when-debug-is-off"
VAR_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "prevent_tracker.core",
    "partners",
    "plans",
    "actions",
    "reporting",
    "prevent_tracker.demo",
    "allauth",
    "allauth.account",
    "guardian",
    "simple_history",
    "django_fsm",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "prevent_tracker.core.middleware.plain_headers",
    "prevent_tracker.core.middleware.refuse_unreadable_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "prevent_tracker.core.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "prevent_tracker.core.middleware.refusals_as_pages",
]

ROOT_URLCONF = "prevent_tracker.urls"
WSGI_APPLICATION = "prevent_tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partners.context.site",
                "prevent_tracker.navigation.navigation",
            ]
        },
    }
]
FORM_RENDERER = "prevent_tracker.core.govuk.GovukRenderer"

# --- Database: behaviour that differs between the two is a bug -------------------------------------------------
SQLITE_OPTIONS = {
    # A read-then-write transaction takes the write lock at its start, so nobody's read is stale when they write.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Never WAL: SQLite up to 3.51.2 can lose committed writes in it.
    "init_command": "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON;",
}


def configured_database() -> dict:
    """Return Django's DATABASES entry: PostgreSQL (pooled) from DATABASE_URL, else SQLite under `var/`."""
    options = database.setdefault("OPTIONS", {})
    if "sqlite" in database["ENGINE"]:
        database["OPTIONS"] = SQLITE_OPTIONS | options
    elif database_pool_size:
        options.setdefault("pool", {"min_size": 1, "max_size": database_pool_size, "timeout": 10})
    return database | {"CONN_MAX_AGE": 0}


DATABASES = {"default": configured_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counted sign-in attempts must be seen by every process, so the cache is a table.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

# --- Jobs: enqueued in the same transaction as the data they are about ------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- Who you are -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: no stray account
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "partners.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "partners.forms.SignInForm",
    "reset_password": "partners.forms.ForgottenPasswordForm",
    "reset_password_from_key": "partners.forms.NewPasswordForm",
    "change_password": "partners.forms.ChangedPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by invitation; the link they followed proved the address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# Whose address the limit on sign-in counts: behind a proxy, that of the browser and not of the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = trusted_proxies
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "prevent_tracker.core.views.csrf_failure"

# --- What a browser may do ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- Pages -------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Mail and logs -----------------------------------------------------------------------------------------------
vars().update({setting: value for setting, value in email_url.items() if setting.startswith("EMAIL_")})
EMAIL_TIMEOUT = 10
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # One line a rendering step is no news to whoever runs the site.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools")},
}
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # guardian's backend is asked by partners/policy.py alone, never by Django
