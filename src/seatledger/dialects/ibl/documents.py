"""Describes operations for OpenAPI: parameters and bodies, from the structs that read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar.openapi.spec import (
    OpenAPIMediaType,
    Operation,
    Parameter,
    RequestBody,
    Schema,
    SecurityScheme,
)

from seatledger.dialects.ibl.bodies import MEDIA_TYPES

# The vendor's own name for it (A3).
SECURITY = {
    "PlatformApiKeyAuthentication": SecurityScheme(
        type="apiKey",
        name="Authorization",
        security_scheme_in="header",
        description="The key, by itself or after `Api-Token`, `Api-Key` or `Token`.",
    )
}

MEANINGS: Mapping[int, str] = {
    200: "Done.",
    201: "Made.",
    204: "Done; nothing to say.",
    400: "A field can't be read, or what is asked can't be done.",
    401: "The key is missing, unknown or expired.",
    403: "The key is good, but not for this.",
    404: "There is no such thing on the platforms that the key reaches.",
    413: "The body is too large.",
    415: "The body is in another format.",
    429: "Too many requests; see `Retry-After`.",
    500: "A fault of the server.",
    503: "The server is busy or can't reach its database; see `Retry-After`.",
}


def operation_class(
    path: str,
    query: type[msgspec.Struct],
    ignored: type[msgspec.Struct],
    body: type[msgspec.Struct] | None,
    body_optional: bool,
) -> type[Operation]:
    """The class that describes one operation, as Litestar asks for."""
    own = _parameters(path, query)
    taken = {parameter.name for parameter in own}
    unread = [_ignored(each) for each in _parameters(path, ignored) if each.name not in taken]
    request_body = None if body is None else _body(body, required=not body_optional)

    @dataclass
    class Described(Operation):
        def __post_init__(self) -> None:
            self.parameters = [*own, *unread] or None
            self.request_body = request_body

    return Described


def _parameters(path: str, query: type[msgspec.Struct]) -> list[Parameter]:
    schema = _schema_of(query)
    properties = schema.properties or {}
    return [
        Parameter(
            name=name,
            param_in="path" if f"{{{name}" in path else "query",
            required=name in (schema.required or []),
            schema=each,
            description=each.description,
        )
        for name, each in properties.items()
        if isinstance(each, Schema)
    ]


def _ignored(parameter: Parameter) -> Parameter:
    """Any value will do, though clients send those of one type."""
    assert isinstance(parameter.schema, Schema)
    return Parameter(
        name=parameter.name,
        param_in="query",
        schema=Schema(type=parameter.schema.type),
        description="Accepted and ignored.",
    )


def _body(body: type[msgspec.Struct], *, required: bool) -> RequestBody:
    schema = _schema_of(body)
    content = {media_type: OpenAPIMediaType(schema=schema) for media_type in MEDIA_TYPES}
    return RequestBody(content=content, required=required)


def _schema_of(struct: type[msgspec.Struct]) -> Schema:
    (_,), definitions = msgspec.json.schema_components([struct])
    return _schema(definitions[struct.__name__], definitions)


_SAME = {
    "type": "type",
    "format": "format",
    "title": "title",
    "description": "description",
    "default": "default",
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "enum": "enum",
}


def _schema(said: Mapping[str, Any], definitions: Mapping[str, Any]) -> Schema:
    """A JSON Schema of msgspec's as Litestar's object, with references written out."""
    if "$ref" in said:
        return _schema(definitions[said["$ref"].rpartition("/")[2]], definitions)
    schema = Schema(**{ours: said[theirs] for theirs, ours in _SAME.items() if theirs in said})
    if "anyOf" in said:
        schema.any_of = [_schema(each, definitions) for each in said["anyOf"]]
    if "items" in said and isinstance(said["items"], Mapping):
        schema.items = _schema(said["items"], definitions)
    if said.get("required"):
        schema.required = list(said["required"])
    if "properties" in said:
        schema.properties = {
            name: _schema(each, definitions) for name, each in said["properties"].items()
        }
    return schema
