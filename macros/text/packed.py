"""Packed data: frozen data as bytes and back, in which nothing is run.

Python's pickle may name anything to be called.  Here it names nothing but classes of data of this package, and things
that whoever packs and whoever unpacks both have, by their names.
"""

import io
import pickle
import sys
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

_PACKAGE = f"{(__package__ or '').rpartition('.')[0]}."


def pack(data: Any, things: Mapping[str, object]) -> bytes:
    """Return data as bytes; `things` in it, and all of their types, are packed as their names.

    Raises `ValueError` for data that holds anything else than builtin types, this package's data and these things.
    """
    stream, names = io.BytesIO(), {id(thing): name for name, thing in things.items()}

    def named(thing: object) -> tuple[Any, tuple[str]]:
        return thing_called, (names[id(thing)],)

    packer = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = dict.fromkeys(map(type, things.values()), named)
    try:
        packer.dump(data)
    except (pickle.PicklingError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"this cannot be packed: {error}") from None
    return stream.getvalue()


def unpack(packed: bytes, things: Mapping[str, object]) -> Any:
    """Return the data that was packed, with these things in their places.

    Raises `ValueError` for bytes that are no data of this package.
    """
    try:
        return _Unpacker(packed, things).load()
    except Exception as error:  # of bytes that say anything
        raise ValueError(f"this cannot be unpacked: {error}") from None


def thing_called(name: str) -> object:
    """Stand in packed data for what gives a thing by its name."""
    raise LookupError(name)


class _Unpacker(pickle.Unpickler):
    def __init__(self, packed: bytes, things: Mapping[str, object]) -> None:
        super().__init__(io.BytesIO(packed))
        self._things = things

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of data, or what gives things by their names."""
        if (module, name) == (thing_called.__module__, thing_called.__name__):
            return self._things.__getitem__
        found = vars(sys.modules[module]).get(name) if module.startswith(_PACKAGE) else None
        if isinstance(found, type) and (
            is_dataclass(found)
            or issubclass(found, tuple | dict | Enum)
            or hasattr(found, "model_fields")  # as all of Pydantic's have
        ):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no class of data")
