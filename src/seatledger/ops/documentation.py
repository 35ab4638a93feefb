"""The OpenAPI document at `/schema/openapi.json`, and pages at `/schema` that show it.

The pages' scripts and styles come from an installed package and are served from here: they load
nothing from other hosts.
"""

from collections.abc import Mapping

from litestar import Router
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import SwaggerRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme
from litestar.static_files import create_static_files_router
from swagger_ui_bundle import swagger_ui_path

from seatledger import __version__

ASSETS = "/schema/assets"

assets: Router = create_static_files_router(
    path=ASSETS, directories=[swagger_ui_path], include_in_schema=False
)


def openapi(security: Mapping[str, SecurityScheme]) -> OpenAPIConfig:
    """The configuration of document and pages; `security` is how each dialect takes its token."""
    return OpenAPIConfig(
        title="Seatledger",
        version=__version__,
        description="A ledger of course seats that cannot be oversold, in two vendors' words.",
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        path="/schema",
        components=Components(security_schemes=dict(security)),
        render_plugins=[
            SwaggerRenderPlugin(
                js_url=f"{ASSETS}/swagger-ui-bundle.js",
                css_url=f"{ASSETS}/swagger-ui.css",
                standalone_preset_js_url=f"{ASSETS}/swagger-ui-standalone-preset.js",
                favicon=f"<link rel='icon' type='image/png' href='{ASSETS}/favicon-32x32.png'>",
                path="/",
            )
        ],
    )
