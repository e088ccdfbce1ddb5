"""What happens in the demo: six parties, one lot of milk powder, and a fraud. Only calls of the library.

Everything lives in a folder that is gone afterwards. The fraud is what somebody with access to the server
can do: open the database file with a hex editor and improve one figure, from over the limit to under it,
wherever it stands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from trustledger import (
    AuditReport,
    Ed25519Signer,
    Ledger,
    Receipt,
    key_note,
    processing,
    product,
    shipping,
    write_key_file,
)
from trustledger.audit import audit_directory
from trustledger.encoding import parse_time
from trustledger.gs1 import lot_of_party, lot_uri, product_uri
from trustledger.interchange import ReadOptions
from trustledger.interchange.upload import Uploaded, sign, upload
from trustledger.kinds.build import lot
from trustledger.ledger import read_submissions
from trustledger.views.model import Trace
from trustledger.views.provenance import trace
from trustledger.views.recall import RecallRow, recall_list

ORIGIN: Final = "shop.example/ledger"
OPERATOR: Final = "https://shop.example/"
FARM: Final = "https://farm.example/"
DAIRY: Final = "https://dairy.example/"
LAB: Final = "https://lab.example/"
CARRIER: Final = "https://carrier.example/"
STORE: Final = "https://store7.example/"
GTIN: Final = "09506000134352"
PRODUCT: Final = product_uri(GTIN)
LOT_7: Final = lot_uri(GTIN, "LOT-7")
LOT_8: Final = lot_uri(GTIN, "LOT-8")
RAW_1: Final = lot_of_party(FARM, "原奶-0901")
RAW_2: Final = lot_of_party(FARM, "原奶-0902")
LIMIT: Final = "0.2"
"""mg/kg of lead in milk powder (GB 2762-2025, milk products)."""
TRUE_FIGURE: Final = "0.290"
FALSE_FIGURE: Final = "0.120"
"""As long as the true one, so that it fits in its place."""
ZONE: Final = ZoneInfo("Asia/Shanghai")

SHEET: Final = """批号,发生时间,名称,地点,国家,数量,单位,采收日期
原奶-0901,2026/9/1 6:30,生牛乳,呼伦贝尔·青青牧场,CN,500,公斤,2026-09-01
原奶-0902,2026/9/1 17:10,生牛乳,呼伦贝尔·青青牧场,CN,400,公斤,2026-09-01
"""
"""A merchant's sheet, as a Chinese spreadsheet program saves it: GB 18030, local times, 公斤."""

_REPORT: Final = f"""gtin,lot,occurred_at,category,report,parameter,value,unit,loq,basis,method,limit,lab
'{GTIN},LOT-7,2026-09-05 10:00,milk powder,R-118,lead,{TRUE_FIGURE},mg/kg,0.005,as sold,GB 5009.12,{LIMIT},LAB
'{GTIN},LOT-7,2026-09-05 10:00,milk powder,R-118,melamine,ND,mg/kg,0.05,as sold,GB/T 22388,2.5,LAB
"""
"""The laboratory's report: two rows, one record."""


class Member(NamedTuple):
    """A party of the story: its roles and its name in both languages."""

    uri: str
    roles: tuple[str, ...]
    en: str
    zh: str


CAST: Final = (
    Member(FARM, ("producer",), "Green Pasture Farm", "青青牧场"),
    Member(DAIRY, ("brand-owner", "processor"), "White Birch Dairy", "白桦乳业"),
    Member(LAB, ("inspector",), "Example Laboratory", "示例检测中心"),
    Member(CARRIER, ("carrier",), "Northern Cold Chain", "北方冷链"),
    Member(STORE, ("merchant",), "Corner Shop No. 7", "七号便利店"),
)


class Story:
    """The parties with their keys, and what they do one after the other.

    Args:
        folder: An empty folder.
        language: In which the parties are named.

    Attributes:
        ledger: The ledger.
        keys: URI of a party → its key. In earnest nobody has all of them.
        chinese: The parties are named in Chinese.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.path = folder / "shop.ledger"
        self.copy = folder / "tampered.ledger"
        self.chinese = language == "zh"
        self.keys = {uri: Ed25519Signer.generate(uri) for uri in (OPERATOR, *(member.uri for member in CAST))}
        log = Ed25519Signer.generate(ORIGIN)
        name = "示例商城" if self.chinese else "Example Marketplace"
        self._now = parse_time("2026-08-01T08:00:00+08:00")
        self.ledger = Ledger.create(
            self.path, origin=ORIGIN, operator=self.keys[OPERATOR], log=log, name=name, clock=self.clock
        )
        write_key_file(self.path / "private" / "log.key", log)
        self.card = (self.path / "ledger.card").read_bytes()

    def clock(self) -> int:
        """The time in the story, ms: a second for each act, so that the story is the same whenever it is told."""
        self._now += 1000
        return self._now

    @property
    def melamine(self) -> str:
        """What the second parameter is called on paper."""
        return "三聚氰胺" if self.chinese else "melamine"

    def at(self, moment: str) -> None:
        """Time passes until then (RFC 3339)."""
        self._now = max(self._now, parse_time(moment))

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def name(self, uri: str) -> str:
        """What a party is called."""
        state = self.ledger.party(uri)
        return state.name if state else uri

    def enrol(self) -> None:
        """The operator enrols everybody, by the public notes of their keys."""
        for member in CAST:
            note = key_note(self.keys[member.uri])
            name = member.zh if self.chinese else member.en
            self.ledger.enrol(
                member.uri, operator=self.keys[OPERATOR], key_note=note, roles=member.roles, name=name
            )

    def farm_uploads(self) -> Uploaded:
        """The farm appends its sheet."""
        self.at("2026-09-01T20:00:00+08:00")
        sheet = self.folder / "原奶.csv"
        sheet.write_bytes(SHEET.encode("gb18030"))
        return upload(self.ledger, [sheet], ReadOptions(zone=ZONE), signer=self.keys[FARM])

    def dairy_appends(self) -> Receipt:
        """The dairy appends typed records from its own software; how much it lost stays private."""
        self.at("2026-09-03T16:00:00+08:00")
        names = {"en": "Whole milk powder", "zh": "全脂奶粉"}
        goods = product(
            PRODUCT,
            occurred_at="2026-08-01T00:00:00+08:00",
            names=names,
            category="milk powder",
            market="CN",
            required=["lead", self.melamine],
        )
        first = processing(
            occurred_at="2026-09-02T15:00:00+08:00",
            step="喷雾干燥" if self.chinese else "spray drying",
            run="RUN-31",
            inputs=[lot(RAW_1, "500", "kg"), lot(RAW_2, "150", "kg")],
            outputs=[lot(LOT_7, "80", "kg")],
            loss={"quantity": "570", "unit": "kg"},
            seal=["/loss"],
        )
        second = processing(
            occurred_at="2026-09-03T15:00:00+08:00",
            step="喷雾干燥" if self.chinese else "spray drying",
            run="RUN-32",
            inputs=[lot(RAW_2, "250", "kg")],
            outputs=[lot(LOT_8, "31", "kg")],
        )
        return self.ledger.append([goods, first, second], signer=self.keys[DAIRY])

    def lab_signs(self) -> Path:
        """The laboratory signs its report on a machine that has only the ledger's card."""
        self.at("2026-09-05T11:00:00+08:00")
        report, statement = self.folder / "R-118.csv", self.folder / "R-118.statement"
        report.write_text(
            _REPORT.replace("LAB", self.name(LAB)).replace("melamine", self.melamine), encoding="utf-8"
        )
        options = ReadOptions(zone=ZONE)
        with statement.open("wb") as out:
            sign(
                [report],
                options,
                card=self.ledger.public_card,
                signer=self.keys[LAB],
                out=out,
                openings=lambda _: None,
                time=self.clock(),
            )
        return statement

    def submit(self, statement: Path) -> int:
        """Somebody submits the laboratory's statement; gives its entry."""
        with statement.open("rb") as file:
            return [self.ledger.submit(submission).entry for submission in read_submissions(file)][-1]

    def hand_over(self) -> Receipt:
        """Carrier and shop sign the handing-over together; the other lot goes elsewhere."""
        self.at("2026-09-08T09:30:00+08:00")
        delivered = shipping(
            LOT_7,
            occurred_at="2026-09-08T09:20:00+08:00",
            direction="received",
            from_=self.name(DAIRY),
            to=self.name(STORE),
            carrier=self.name(CARRIER),
            document="DN-4711",
            quantity="80",
            unit="kg",
            temperatures=[{"value": "4.2", "unit": "°C", "at": "2026-09-08T09:15:00+08:00"}],
        )
        return self.ledger.append([delivered], signer=self.keys[STORE], cosigners=[self.keys[CARRIER]])

    def dispatch(self) -> Receipt:
        """The dairy dispatches the other lot."""
        self.at("2026-09-09T08:30:00+08:00")
        sent = shipping(
            LOT_8,
            occurred_at="2026-09-09T08:00:00+08:00",
            direction="dispatched",
            to="三号市场" if self.chinese else "Market Hall 3",
            carrier=self.name(CARRIER),
            document="DN-4712",
            quantity="31",
            unit="kg",
        )
        return self.ledger.append([sent], signer=self.keys[DAIRY])

    def trace_back(self) -> Trace:
        """Where the powder in the shop comes from."""
        return trace(self.ledger, LOT_7)

    def trace_forward(self) -> tuple[Trace, list[RecallRow]]:
        """Where the second raw lot went: whom to call if it is bad."""
        found = trace(self.ledger, RAW_2, forward=True)
        return found, recall_list(found)

    def audit(self) -> AuditReport:
        """Everything computed again, against the card."""
        return audit_directory(self.path, trust=self.card)

    def tamper(self) -> int:
        """In a copy, improve the laboratory's figure with a hex editor; gives how often it stood there."""
        self.ledger.backup(self.copy)
        database = self.copy / "data" / "data.mdb"
        old, new = (b"\xa5value\xa5" + figure.encode() for figure in (TRUE_FIGURE, FALSE_FIGURE))
        raw = database.read_bytes()
        database.write_bytes(raw.replace(old, new))
        return raw.count(old)

    def audit_copy(self) -> AuditReport:
        """The same audit of the copy."""
        return audit_directory(self.copy, trust=self.card)
