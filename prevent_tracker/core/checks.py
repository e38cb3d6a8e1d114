"""System checks: what must be true of the machine and the settings before the site is trusted."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def secret_key_is_real(app_configs, **kwargs):
    """Return an error when the development key is used without DEBUG."""
    if "development-only" in settings.SECRET_KEY and not settings.DEBUG:
        return [Error("SECRET_KEY is the development key. Set a long random one.", id="core.E001")]
    return []


@register()
def pdf_engine_is_there(app_configs, **kwargs):
    """Return a warning that says how to get Pango when WeasyPrint cannot load it."""
    from ctypes.util import find_library

    if find_library("pango-1.0") is None:
        return [
            Warning(
                "The PDF engine is missing: PDF reports cannot be made.",
                hint="Install Pango: 'apt install libpango-1.0-0 libpangoft2-1.0-0' (Debian) or 'brew install pango'.",
                id="core.W001",
            )
        ]
    return []
