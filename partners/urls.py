"""Addresses of people, invitations, memberships and one's own account."""

from django.urls import path

from partners.views import account, invitations, memberships, people

app_name = "partners"

urlpatterns = [
    path("account/", account.account, name="account"),
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("councils/<slug:council>/people/", people.people, name="people"),
    path("councils/<slug:council>/people/invite/", invitations.invite, name="invite"),
    path("councils/<slug:council>/people/<str:person_id>/", people.person, name="person"),
    path("councils/<slug:council>/people/<str:person_id>/role/", memberships.give_membership, name="give_membership"),
    path(
        "councils/<slug:council>/people/<str:person_id>/deactivate/",
        people.deactivate_person,
        name="deactivate_person",
    ),
    path(
        "councils/<slug:council>/people/<str:person_id>/reactivate/",
        people.reactivate_person,
        name="reactivate_person",
    ),
    path(
        "councils/<slug:council>/memberships/<str:membership_id>/end/",
        memberships.end_membership,
        name="end_membership",
    ),
    path(
        "councils/<slug:council>/invitations/<str:invitation_id>/again/",
        invitations.invite_again,
        name="invite_again",
    ),
    path(
        "councils/<slug:council>/invitations/<str:invitation_id>/withdraw/",
        invitations.withdraw_invitation,
        name="withdraw_invitation",
    ),
]
