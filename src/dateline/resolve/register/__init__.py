"""The register of actors: who is who, under which names, of which country and kind."""

from dateline.resolve.register.index import Register, load_register
from dateline.resolve.register.model import Actor, Membership

__all__ = ["Actor", "Membership", "Register", "load_register"]
