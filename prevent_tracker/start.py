"""The start page: what needs the reader now, across every room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What needs me now, and where my councils' plans are."""
    return render(request, "start.html")
