"""Addresses of plans and their headings. The plan page itself, with its actions, is in the room `actions`."""

from django.urls import path

from plans.views import headings, plans

app_name = "plans"

urlpatterns = [
    path("councils/<slug:council>/plans/add/", plans.add_plan, name="add_plan"),
    path("plans/<str:plan_id>/about/", plans.about_plan, name="about_plan"),
    path("plans/<str:plan_id>/edit/", plans.edit_plan, name="edit_plan"),
    path("plans/<str:plan_id>/columns/", plans.edit_columns, name="edit_columns"),
    path("plans/<str:plan_id>/live/", plans.make_live, name="make_live"),
    path("plans/<str:plan_id>/headings/add/", headings.add_heading, name="add_heading"),
    path("headings/<str:heading_id>/edit/", headings.edit_heading, name="edit_heading"),
    path("headings/<str:heading_id>/move/", headings.move_heading, name="move_heading"),
    path("headings/<str:heading_id>/withdraw/", headings.withdraw_heading, name="withdraw_heading"),
]
