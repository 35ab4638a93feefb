"""Routes to which files are sent: what they take may be larger than what a form takes."""

from litestar.handlers import HTTPRouteHandler


class FileRoute(HTTPRouteHandler):
    """Its body may be as large as a file: the application has a setting for that."""

    def resolve_request_max_body_size(self) -> int | None:
        limit: int = self.app.state.settings.import_bytes_max
        return limit
