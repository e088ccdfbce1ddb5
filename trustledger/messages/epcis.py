"""Sentences of this room: code → (English, Chinese)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "epcis.unreadable": (
        "the file cannot be read ({seen}). Check its name and that you may open it.",
        "无法读取文件（{seen}）。请检查文件名以及是否有权打开。",
    ),
    "epcis.too_large": (
        "the file has more than {expected} bytes. Split its eventList into several documents.",
        "文件超过 {expected} 字节。请把 eventList 拆分为多个文档。",
    ),
    "epcis.xml": (
        (
            "this is XML; events are read as EPCIS 2.0 JSON or JSON-LD. Ask the sender for JSON, or convert "
            "the file with any EPCIS 2.0 converter."
        ),
        (
            "这是 XML；本程序读取 EPCIS 2.0 的 JSON 或 JSON-L"
            "D。请向发送方索取 JSON，或用 EPCIS 2.0 转换工具转换该文件。"
        ),
    ),
    "epcis.utf8": (
        "byte {at} is not UTF-8. Save the file as UTF-8.",
        "第 {at} 字节不是 UTF-8。请把文件另存为 UTF-8。",
    ),
    "epcis.json": (
        "this is not JSON from line {at} on: {seen}. Export the file again.",
        "从第 {at} 行起不是合法的 JSON：{seen}。请重新导出该文件。",
    ),
    "epcis.duplicate_key": (
        (
            "the key “{seen}” stands twice in one object, and readers disagree about which one "
            "counts. Remove "
            "one."
        ),
        "键“{seen}”在同一对象中出现两次，不同软件取舍不同。请删除其中一个。",
    ),
    "epcis.too_deep": (
        "objects are nested more than 14 levels deep. Flatten the extension that does so.",
        "对象嵌套超过 14 层。请简化造成嵌套的扩展字段。",
    ),
    "epcis.no_events": (
        (
            "there are no events here. Expected an EPCISDocument, an EPCISQueryDocument, one event, "
            "or a list "
            "of events."
        ),
        "这里没有事件。应为 EPCISDocument、EPCISQueryDocument、单个事件或事件列表。",
    ),
    "epcis.not_event": (
        "this is a {seen}, not an event. Expected an object with type and eventTime.",
        "这是 {seen}，不是事件。应为带有 type 和 eventTime 的对象。",
    ),
    "epcis.type": (
        (
            ""
            "“{seen}” is no type of event. Expected ObjectEvent, AggregationEvent, AssociationEvent, "
            "Transformati"
            "onEvent or TransactionEvent."
        ),
        (
            ""
            "“{seen}”不是事件类型。应为 ObjectEvent、AggregationEv"
            "ent、AssociationEvent、TransformationEvent 或 "
            "TransactionEve"
            "nt。"
        ),
    ),
    "epcis.time": (
        "“{seen}” is no eventTime. Write date, time and offset, such as 2026-10-05T08:00:00+08:00.",
        "“{seen}”不是有效的 eventTime。请写明日期、时间和时差，例如 2026-10-05T08:00:00+08:00。",
    ),
    "epcis.event_id": (
        "“{seen}” is no eventID. Expected a text of 1 to 255 characters, or none at all.",
        "“{seen}”不是有效的 eventID。应为 1 至 255 个字符的文本，或省略。",
    ),
    "epcis.nothing": (
        (
            "the event names no goods, no document and no place, so it is about nothing. Add an epcList or "
            "quantityList."
        ),
        "该事件没有货物、单据或地点，无所指向。请添加 epcList 或 quantityList。",
    ),
    "epcis.not_identifier": (
        (
            "expected the URI of a thing or place, or an object with an id; found “{seen}”. Write the URI as "
            "text."
        ),
        "此处应为物品或地点的 URI，或带 id 的对象；实际为“{seen}”。请以文本写明 URI。",
    ),
    "epcis.not_list": (
        "expected a list, found “{seen}”. Put the value in square brackets.",
        "此处应为列表，实际为“{seen}”。请把值放入方括号。",
    ),
    "epcis.unit": (
        "“{seen}” is no unit. Write a UN/ECE code such as KGM.",
        "“{seen}”不是单位。请写 UN/ECE 代码，例如 KGM。",
    ),
    "epcis.number": (
        "“{seen}” cannot be kept exactly. Expected a decimal of at most 40 characters, such as 26.5.",
        "“{seen}”无法精确保存。应为不超过 40 个字符的十进制数，例如 26.5。",
    ),
    "epcis.sensor": (
        "expected a sensorElement, found a {seen}. Make it an object with a sensorReport.",
        "此处应为 sensorElement，实际为 {seen}。请写成带 sensorReport 的对象。",
    ),
    "epcis.urn": (
        (
            ""
            "“{seen}” is no EPC URN of its scheme: company prefix and reference have the wrong "
            "number of digits o"
            "r parts. Correct it at its source."
        ),
        "“{seen}”不符合其 EPC URN 方案：厂商代码与参考号的位数或段数不对。请在源头更正。",
    ),
    "epcis.link": (
        (
            ""
            "“{seen}” is no GS1 Digital Link: after the key may stand only what qualifies it, each "
            "once. Correct "
            "it at its source."
        ),
        "“{seen}”不是有效的 GS1 Digital Link：主键之后只能有其限定符，且各出现一次。请在源头更正。",
    ),
    "epcis.uri": (
        "“{seen}” is not the URI of a thing. Write a Digital Link, an EPC URN or another complete URI.",
        "“{seen}”不是可用的 URI。请写 Digital Link、EPC URN 或其他完整的 URI。",
    ),
    "epcis.field_too_large": (
        (
            "this field alone has more than {expected} bytes, more than a record can hold. Keep it as a file "
            "and name that as evidence."
        ),
        "仅此字段就超过 {expected} 字节，一条记录容纳不下。请另存为文件并作为证据附件。",
    ),
    "epcis.too_many_parts": (
        "the event would become more than {expected} records. Split it into several events.",
        "该事件将产生超过 {expected} 条记录。请拆分为多个事件。",
    ),
}
