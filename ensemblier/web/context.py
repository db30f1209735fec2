"""What every page's frame needs: whether demonstration data is shown, and who acts."""

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """Values of the header and footer of every page."""
    return {"acting_as": request.session.get("acting_as")}
