"""Addresses of the plan page, of actions and of partners' returns."""

from django.urls import path

from actions.views import actions, apply_import, edits, imports, plans, quarters, rating, returns, status, updates

app_name = "actions"

urlpatterns = [
    path("plans/", plans.plans_page, name="plans_page"),
    path("plans/<str:plan_id>/", plans.plan_page, name="plan_page"),
    path("plans/<str:plan_id>/change/", edits.arrange_plan, name="arrange_plan"),
    path("plans/<str:plan_id>/actions/add/", edits.add_action, name="add_action"),
    path("plans/<str:plan_id>/quarter/", quarters.quarter_page, name="quarter_page"),
    path("plans/<str:plan_id>/quarter/schedule/", quarters.schedule_quarter, name="schedule_quarter"),
    path("plans/<str:plan_id>/import/", imports.import_into_plan, name="import_into_plan"),
    path("plans/<str:plan_id>/export/", apply_import.plan_export, name="plan_export"),
    path("councils/<slug:council>/imports/", imports.imports_page, name="imports_page"),
    path("councils/<slug:council>/imports/start/", imports.start_import, name="start_import"),
    path("imports/template/", apply_import.import_template, name="import_template"),
    path("imports/<str:import_id>/", imports.import_page, name="import_page"),
    path("imports/<str:import_id>/review/", imports.review_import, name="review_import"),
    path("imports/<str:import_id>/answer/", imports.answer_import, name="answer_import"),
    path("imports/<str:import_id>/rows/<str:key>/", imports.import_row, name="import_row"),
    path("imports/<str:import_id>/owners/", imports.import_owners, name="import_owners"),
    path("imports/<str:import_id>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<str:import_id>/apply/", apply_import.apply_import, name="apply_import"),
    path("imports/<str:import_id>/forget/", imports.forget_answers, name="forget_answers"),
    path("imports/<str:import_id>/read-again/", imports.read_import_again, name="read_import_again"),
    path("imports/<str:import_id>/discard/", imports.discard_import, name="discard_import"),
    path("imports/<str:import_id>/take-back/", imports.take_back, name="take_back"),
    path("imports/<str:import_id>/original/", apply_import.original_document, name="original_document"),
    path("periods/<str:period_id>/open/", quarters.open_quarter, name="open_quarter"),
    path("actions/<str:action_id>/", actions.action_page, name="action_page"),
    path("actions/<str:action_id>/rag/", rating.rate_action, name="rate_action"),
    path("actions/<str:action_id>/edit/", edits.edit_action, name="edit_action"),
    path("actions/<str:action_id>/move/", edits.move_action, name="move_action"),
    path("actions/<str:action_id>/withdraw/", status.withdraw_action, name="withdraw_action"),
    path("actions/<str:action_id>/reopen/", status.reopen_action, name="reopen_action"),
    path("actions/<str:action_id>/hold/", status.hold_action, name="hold_action"),
    path("actions/<str:action_id>/resume/", status.resume_action, name="resume_action"),
    path("actions/<str:action_id>/update/", updates.update_action, name="update_action"),
    path("actions/<str:action_id>/nil/", updates.submit_nil, name="submit_nil"),
    path("updates/<str:update_id>/revise/", updates.revise_update, name="revise_update"),
    path("updates/<str:update_id>/accept/", updates.accept_update, name="accept_update"),
    path("updates/<str:update_id>/send-back/", updates.send_back, name="send_back"),
    path("returns/", returns.my_returns, name="my_returns"),
    path("returns/<str:return_id>/", returns.return_page, name="return_page"),
    path("returns/<str:return_id>/sign-off/", returns.sign_off_return, name="sign_off_return"),
]
