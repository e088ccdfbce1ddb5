"""The types that a kind's fields are made of, and how its model becomes one fast check from dict to dict.

A model is a declaration: pydantic reads it, and `compiled` turns it into a validator that takes a plain dict
and returns the dict that is signed, with its keys in ascending order and absent fields left out. No model
object is made on the way, which is what lets a CSV row cost microseconds.

Most rules have two doors: a pattern that pydantic's Rust code checks, for nearly all values, and the Python
function of `trustledger.kinds.values`, for everything else. The error names the rule, and the rule tells the
rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from trustledger.errors import FormatError
from trustledger.kinds import values
from trustledger.kinds.units import symbol_of, symbols

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Printable ASCII, CJK ideographs and punctuation: already NFC, nothing invisible. No space at the ends.
_COMMON: Final = r"[!-~\u4E00-\u9FFF\u3001\u3002\uFF08\uFF09\uFF0C\uFF1A]"
_COMMON_TEXT: Final = rf"^{_COMMON}(?:[ {_COMMON[1:-1]}]*{_COMMON})?$"
_QUANTITY: Final = r"^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$"
_HEX_32: Final = r"^[0-9a-f]{64}$"

Place = tuple[str, ...]


DOOR: Final = "~"
"""Label of both doors of a rule in pydantic's error locations; no field is called so."""


class Rule:
    """A rule of `trustledger.kinds.values` as a pydantic annotation.

    Args:
        check: Returns the canonical value or raises FormatError.
        fast: What accepts the usual values without Python; it must accept nothing that ``check`` would
            change.
    """

    def __init__(self, check: Callable[[Any], Any], fast: CoreSchema | None = None) -> None:
        self._check = check
        self._fast = fast

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The two doors, as pydantic wants them."""
        slow = core_schema.no_info_plain_validator_function(self._check)
        if self._fast is None:
            return slow
        return core_schema.union_schema([(self._fast, DOOR), (slow, DOOR)], mode="left_to_right")


def _pattern(pattern: str, longest: int) -> CoreSchema:
    return core_schema.str_schema(pattern=pattern, max_length=longest, strict=True)


Text = Annotated[str, Rule(values.text, _pattern(_COMMON_TEXT, values.MAX_TEXT))]
"""A text of at most 4,096 characters, NFC, without control characters."""
Name = Annotated[str, Rule(values.name_text, _pattern(_COMMON_TEXT, values.MAX_NAME))]
"""A name or number of at most 255 characters."""
DecimalText = Annotated[str, Rule(values.decimal_text, _pattern(f"^(?:{values.DECIMAL})$", 40))]
"""A measurement as a decimal string; int and Decimal are converted, a float is refused."""
Quantity = Annotated[str, Rule(values.quantity_text, _pattern(_QUANTITY, 40))]
"""A measurement that is not negative."""
UnitName = Annotated[str, Rule(symbol_of, core_schema.literal_schema(list(symbols())))]
"""A unit of the table, brought to its canonical symbol, or another Recommendation 20 code."""
Date = Annotated[str, Rule(values.date_text)]
"""``YYYY-MM-DD``, or RFC 3339 with an offset."""
Uri = Annotated[str, Rule(values.uri)]
"""A URI in normal form."""
GoodsUri = Annotated[str, Rule(values.goods_uri)]
"""A lot, item or product: a URI in normal form, right as a GS1 Digital Link if it is one."""
ProductUri = Annotated[str, Rule(values.product_uri)]
"""A product: no lot or item."""
PartyUri = Annotated[str, Rule(values.party_uri)]
"""A party: a URI in normal form of at most 255 bytes without ``+``."""
GuestKey = Annotated[str, Rule(values.guest_key)]
"""The self-signed note of a guest's key, named by a random ``urn:uuid``."""
Time = Annotated[int, Rule(values.time_ms)]
"""A moment as milliseconds since the epoch; RFC 3339 text with an offset and aware datetimes are converted."""
Money = Annotated[int, Rule(values.minor_units)]
"""Minor units of a currency."""
Currency = Annotated[str, Rule(values.currency)]
"""An ISO 4217 code."""
Digest = Annotated[str, Rule(values.digest_text, _pattern(_HEX_32, 64))]
"""A SHA-256 in hex."""
FreeMap = Annotated[dict[str, Any], Rule(values.free_map)]
"""Anything canonical."""
Count = Annotated[int, Field(strict=True, ge=0, le=2**53 - 1)]
"""A whole number from 0."""
Ordinal = Annotated[int, Field(strict=True, ge=1, le=2**53 - 1)]
"""A whole number from 1."""
Flag = Annotated[bool, Field(strict=True)]
"""True or false; no words or numbers."""


class KindModel(BaseModel):
    """Base of the fields of every kind, and of maps within them.

    Derive from it to make a kind of your own. Field types come from this module; ``float`` is refused. A rule
    about several fields goes into `check`, not into a pydantic model validator, because no model object is
    made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Rules about several fields, once each is right by itself; raises FormatError with ``at``."""
        return data


@dataclass(frozen=True, slots=True)
class Compiled:
    """A model's check.

    Attributes:
        validate: Plain dict → canonical dict; raises pydantic's ValidationError.
        names: Place within the data, without indexes → names of the fields there, for advice.
    """

    validate: Callable[[Any], dict[str, Any]]
    names: Mapping[Place, tuple[str, ...]]


def compiled(model: type[KindModel]) -> Compiled:
    """The check from plain dict to canonical dict that ``model`` declares.

    Raises:
        FormatError: ``kinds.model_float`` or ``kinds.model_validator``: the model has what cannot be used
            here.
    """
    names: dict[Place, tuple[str, ...]] = {}
    schema = _flat(TypeAdapter(model).core_schema, (), names)
    return Compiled(SchemaValidator(schema).validate_python, names)


def _flat(schema: Any, at: Place, names: dict[Place, tuple[str, ...]]) -> Any:
    """``schema`` with each model replaced by a typed dict of the same fields."""
    if isinstance(schema, list):
        return [_flat(item, at, names) for item in schema]
    if isinstance(schema, tuple):
        return tuple(_flat(item, at, names) for item in schema)
    if not isinstance(schema, dict):
        return schema
    kind = schema.get("type")
    if kind == "float":
        raise FormatError("kinds.model_float", at=".".join(at))
    if kind == "model":
        return _flat_model(schema, at, names)
    if kind in ("function-after", "function-wrap") and schema["schema"].get("type") == "model":
        raise FormatError("kinds.model_validator", at=".".join(at))
    kept = ("metadata", "serialization")
    return {key: value if key in kept else _flat(value, at, names) for key, value in schema.items()}


def _flat_model(schema: Mapping[str, Any], at: Place, names: dict[Place, tuple[str, ...]]) -> Any:
    """A model's fields by the name in the data, sorted, so that the result is sorted too."""
    model, inner = schema["cls"], schema["schema"]
    if inner["type"] != "model-fields" or "post_init" in schema:
        raise FormatError("kinds.model_validator", at=".".join(at))
    fields = {}
    for attribute, declared in inner["fields"].items():
        name = declared.get("validation_alias", attribute)
        fields[name] = _flat_field(declared["schema"], (*at, name), names)
    names[at] = tuple(sorted(fields))
    flat: CoreSchema = core_schema.typed_dict_schema(
        dict(sorted(fields.items())), extra_behavior="forbid", strict=True
    )
    if "check" in {name for base in model.__mro__[: model.__mro__.index(KindModel)] for name in vars(base)}:
        flat = core_schema.no_info_after_validator_function(model.check, flat)
    return {**flat, "ref": schema["ref"]} if "ref" in schema else flat


def _flat_field(schema: Any, at: Place, names: dict[Place, tuple[str, ...]]) -> core_schema.TypedDictField:
    """A field whose default is None may be absent, and then it is: no None stands in the data."""
    required = schema["type"] != "default"
    if not required and schema.get("default", ...) is None:
        schema = schema["schema"]
        if schema["type"] == "nullable":
            schema = schema["schema"]
    return core_schema.typed_dict_field(_flat(schema, at, names), required=required)
