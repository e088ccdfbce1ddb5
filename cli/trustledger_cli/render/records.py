"""Records on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import unquote

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from trustledger import VerifiedRecord
from trustledger.encoding import format_time
from trustledger.interchange.csv.columns import SHEETS
from trustledger.kinds import Kinds
from trustledger.record import NewerRecord, Record, Withheld
from trustledger.views.changes import is_money, money_of
from trustledger_cli.render.screen import Screen, clean

_ROLES_ZH: Final = {
    "brand-owner": "品牌方",
    "carrier": "承运商",
    "guest": "访客（买家）",
    "insurer": "保险方",
    "inspector": "检验机构",
    "merchant": "商家",
    "operator": "运营方",
    "platform": "平台",
    "processor": "加工方",
    "producer": "生产者",
}
_LISTS_ZH: Final = {
    "results": "检测结果",
    "inputs": "投入",
    "outputs": "产出",
    "lots": "批次",
    "temperatures": "温度",
    "components": "成本构成",
    "keys": "密钥",
    "roles": "角色",
    "name": "名称",
}
_PARTS_EN: Final = {"01": "", "10": "lot ", "21": "item ", "00": "SSCC ", "414": "GLN ", "417": "GLN "}
PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": _PARTS_EN,
    "zh": _PARTS_EN | {"10": "批号 ", "21": "序列号 "},
}
"""Language → what the screen writes before the value of a GS1 key."""
_KINDS_ZH: Final = {"party": "参与方", "ledger": "账本"}


def role_names(roles: Iterable[str], language: str) -> str:
    """Roles as words."""
    names = sorted(roles)
    return "、".join(_ROLES_ZH.get(name, name) for name in names) if language == "zh" else ", ".join(names)


def kind_name(kind: str, language: str) -> str:
    """A kind's name for people."""
    spec = Kinds.default().spec(kind)
    if spec is not None:
        return str(spec.title.get(language, kind))
    return _KINDS_ZH.get(kind, clean(kind)) if language == "zh" else clean(kind)


@cache
def _labels(kind: str) -> Mapping[str, str]:
    """Path of a field → its Chinese name, which the CSV sheets know."""
    sheet = SHEETS.get(kind)
    return {column.path: column.chinese for column in sheet.columns if column.shown} if sheet else {}


@cache
def _order(kind: str) -> Mapping[str, int]:
    """Path of a field → where a sheet of this kind has it: the order in which people expect fields."""
    return {path: number for number, path in enumerate(_labels(kind))}


def price(screen: Screen, amount: object, currency: object) -> str:
    """An amount of minor units as people write it: ``128.00 CNY``."""
    text = money_of(amount, currency)
    if text:
        return f"{text} {clean(currency)}"
    return screen.say(
        "record.minor_units", amount=amount, currency=currency if isinstance(currency, str) else "?"
    )


def field_name(kind: str, path: str, language: str) -> str:
    """A field's name for people: what a sheet of this kind calls it, else its own name."""
    numbers = "".join(f" {int(step) + 1}" for step in path.split(".") if step.isdecimal())
    path = ".".join("*" if step.isdecimal() else step for step in path.split("."))
    own = path.rpartition(".")[2]
    if language == "zh":
        name = _labels(kind).get(f"data.{path}") or _LISTS_ZH.get(own, clean(own))
    else:
        name = clean(own).replace("_", " ")
    return name + numbers


def record_document(placed: VerifiedRecord, party_name: str = "") -> dict[str, Any]:
    """A verified record as JSON."""
    record = placed.record
    document: dict[str, Any] = {
        "ref": placed.ref,
        "entry": placed.entry,
        "position": placed.position,
        "state": "withheld"
        if isinstance(record, Withheld)
        else "newer"
        if isinstance(record, NewerRecord)
        else "shown",
        "record_hash": record.hash,
        "party": placed.party,
        "party_name": party_name,
        "cosigners": list(placed.cosigners),
        "keys": [key.key_id for key in placed.keys],
        "sequenced_at": format_time(placed.sequenced_at),
        "signed_at": format_time(placed.time),
    }
    if isinstance(record, Withheld):
        return document | {"subject_hashes": list(record.subject_hashes)}
    document |= {
        "kind": record.kind,
        "occurred_at": format_time(record.occurred_at),
        "subjects": list(record.subjects),
    }
    if isinstance(record, Record):
        document |= {
            "data": record.data,
            "sealed": record.sealed,
            "evidence": [
                {"name": one.name, "media_type": one.media_type, "sha256": one.sha256, "size": one.size}
                for one in record.evidence
            ],
        }
    return document


def supersedes(placed: VerifiedRecord) -> dict[str, Any]:
    """What a correction of this record has to say."""
    return {
        "supersedes": {"entry": placed.entry, "position": placed.position, "record": placed.record.hash.hex()}
    }


def data_view(screen: Screen, kind: str, data: Mapping[str, Any]) -> RenderableType:
    """A record's data: scalars beside their names, lists of maps as tables."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan")
    grid.add_column(overflow="fold")
    below: list[RenderableType] = []
    order = _order(kind)
    for path, value in sorted(_flat(data), key=lambda field: order.get(f"data.{field[0]}", len(order))):
        label = field_name(kind, path, screen.language)
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            below.append(_list_table(screen, kind, path, value, label, _currency(data, path)))
        else:
            grid.add_row(Text(label), Text(_cell(screen, path, value, _currency(data, path))))
    return Group(grid, *below) if grid.row_count else Group(*below)


def _flat(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        at = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from _flat(value, at)
        else:
            yield at, value


def _currency(data: Mapping[str, Any], path: str) -> object:
    """The currency of the map in which a field stands: the record's, or a correction's new data's."""
    within: object = data
    for step in path.split(".")[:-1]:
        within = within.get(step) if isinstance(within, Mapping) else None
    return within.get("currency") if isinstance(within, Mapping) else None


def _cell(screen: Screen, path: str, value: Any, currency: object) -> str:
    if is_money(path) and type(value) is int and currency is not None:
        return price(screen, value, currency)
    return _scalar(value, screen)


def _list_table(  # noqa: PLR0913, PLR0917  (all of them say what is shown)
    screen: Screen, kind: str, path: str, items: list[dict[str, Any]], title: str, currency: object
) -> Table:
    names: dict[str, None] = {}
    for item in items:
        names.update(dict.fromkeys(item))
    if "not_detected" in names:  # shown in the place of the value
        names = dict.fromkeys(["parameter", "value", *names] if "parameter" in names else ["value", *names])
        del names["not_detected"]
    order = _order(kind)
    ordered = sorted(names, key=lambda name: order.get(f"data.{path}.*.{name}", len(order)))
    table = screen.table(title=title)
    for name in ordered:
        table.add_column(Text(field_name(kind, f"{path}.*.{name}", screen.language)), overflow="fold")
    for item in items:
        table.add_row(*(Text(_item_cell(screen, item, name, currency)) for name in ordered))
    return table


def _item_cell(screen: Screen, item: dict[str, Any], name: str, currency: object) -> str:
    if name == "value" and item.get("not_detected") is True:
        loq = item.get("loq")
        return screen.say("record.not_detected") + (f" (< {clean(loq)})" if loq else "")
    return _cell(screen, name, item[name], currency) if name in item else ""


def _scalar(value: Any, screen: Screen) -> str:
    if value is True or value is False:
        return screen.say("yes" if value else "no")
    if isinstance(value, list):
        return ", ".join(_scalar(item, screen) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{clean(name)}: {_scalar(item, screen)}" for name, item in value.items())
    return "—" if value is None else clean(value)


def short_subject(uri: str, language: str = "en") -> str:
    """A subject as people call it: GTIN and lot of a GS1 Digital Link, else the URI without its scheme."""
    prefix = "https://id.gs1.org/"
    if not uri.startswith(prefix):
        return clean(unquote(uri.removeprefix("https://").removeprefix("http://")))
    steps = uri[len(prefix) :].split("/")
    names = PARTS[language if language in PARTS else "en"]
    pairs = zip(steps[::2], steps[1::2], strict=False)
    return clean(" · ".join(names.get(ai, f"({ai}) ") + unquote(value) for ai, value in pairs))
