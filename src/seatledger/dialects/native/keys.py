"""/.well-known/jwks.json: the public keys that signed answers are verified with, for anybody."""

from typing import Any

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency

from seatledger.desk import Desk
from seatledger.dialects.native.refusals import refuse
from seatledger.domain.refusal import Refusal
from seatledger.domain.signing_key import PublicKey
from seatledger.usecases.keep_keys import shown_keys

# Whoever meets an unknown `kid` asks again; so a new key is found at once, in spite of this.
CACHING = {"Cache-Control": "public, max-age=60"}


class Key(msgspec.Struct):
    """A public key (RFC 7517, RFC 8037)."""

    kid: str
    x: str
    kty: str = "OKP"
    crv: str = "Ed25519"
    alg: str = "EdDSA"
    use: str = "sig"


class Keys(msgspec.Struct):
    keys: list[Key]


@get(
    "/jwks.json",
    operation_id="native_list_public_keys",
    summary="The public keys that signed answers are verified with",
)
async def list_public_keys(desk: NamedDependency[Desk]) -> Response[Keys]:
    found: list[PublicKey] | Refusal = await desk.ask(shown_keys, desk.clock())
    if isinstance(found, Refusal):
        return _refused(found)
    return Response(Keys([Key(key.id, key.x) for key in found]), headers=CACHING)


def _refused(refusal: Refusal) -> Response[Any]:
    answer = refuse(refusal)
    return Response(
        answer.body,
        status_code=answer.status,
        headers=dict(answer.headers),
        media_type=answer.media_type,
    )


router = Router("/.well-known", route_handlers=[list_public_keys], tags=["native"])
