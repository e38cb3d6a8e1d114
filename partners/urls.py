"""Addresses of people, invitations and memberships."""

app_name = "partners"

urlpatterns = []
