"""Addresses of the pages that belong to no room. All but those of jobs are public."""

from django.urls import path, re_path

from prevent_tracker.core import job_views, views

app_name = "core"

urlpatterns = [
    path("jobs/<str:job_id>/", job_views.job, name="job"),
    path("jobs/<str:job_id>/progress/", job_views.job_progress, name="job_progress"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("help/", views.help_page, name="help"),
    re_path(r"^brand/(?P<colour>[0-9a-f]{6})\.css$", views.brand_stylesheet, name="brand_stylesheet"),
]
