"""Addresses of this room."""

app_name = "actions"

urlpatterns = []
