"""Addresses of reports, their files, the verification page, and the lock of the quarter."""

from django.urls import path

from reporting.views import files, quarters, reports, verify

app_name = "reporting"

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/verify/", verify.verify, name="verify"),
    path("reports/<str:report_id>/", reports.report_page, name="report_page"),
    path("reports/<str:report_id>/write/", reports.write_report, name="write_report"),
    path("reports/<str:report_id>/preview/", reports.preview_report, name="preview_report"),
    path("reports/<str:report_id>/issue/", reports.issue_report, name="issue_report"),
    path("reports/<str:report_id>/reissue/", reports.reissue_report, name="reissue_report"),
    path("reports/<str:report_id>/<str:kind>", files.download, name="download"),
    path("snapshots/<str:snapshot_id>/report/", reports.start_report, name="start_report"),
    path("periods/<str:period_id>/lock/", quarters.lock_quarter, name="lock_quarter"),
    path("periods/<str:period_id>/reopen/", quarters.reopen_quarter, name="reopen_quarter"),
    path("periods/<str:period_id>/preview/", quarters.preview_quarter, name="preview_quarter"),
]
