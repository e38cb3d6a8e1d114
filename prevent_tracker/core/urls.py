"""Addresses of the pages that belong to no room. All are public."""

from django.urls import path, re_path

from prevent_tracker.core import views

app_name = "core"

urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("help/", views.help_page, name="help"),
    re_path(r"^brand/(?P<colour>[0-9a-f]{6})\.css$", views.brand_stylesheet, name="brand_stylesheet"),
]
