"""Sentences of this room: code → (English, Chinese)."""

# ruff: noqa: E501 -- a sentence is read and translated as one line

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "upload.problems": (
        "nothing was appended. Rows to mend: {rows} (problems: {count}). New: {new}; already there: {existing}.",
        "未追加任何记录：有 {rows} 行需要修改（共 {count} 个问题）。{new} 条为新记录，{existing} 条已存在。",
    ),
    "upload.no_party": (
        "it is not known for whom these files are compared. Run trustledger setup, or pass --as PARTY_URI.",
        "不知道以哪个主体的身份核对这些文件。请运行 trustledger setup，或使用 --as 主体URI。",
    ),
    "upload.authority_kind": (
        "{seen} records are not uploaded. Enrol parties and keys with trustledger party add.",
        "类型 {seen} 不能通过文件上传。请用 trustledger party add 登记主体和密钥。",
    ),
    "upload.other_content": (
        (
            "record {ref} stands already and says {expected}; this row says {seen}. If the row is right, append a "
            "correction of {ref} (trustledger template correction); if not, mend the row."
        ),
        (
            "记录 {ref} 已存在，其内容为 {expected}，本行为 {seen}。若本行正确，请追加对 {ref} 的更正"
            "（trustledger template correction）；否则请修改本行。"
        ),
    ),
    "upload.other_record": (
        "record {ref} stands already and says something else. If the row is right, append a correction of {ref} (trustledger template correction); if not, mend the row.",
        "记录 {ref} 已存在，但内容不同。若本行正确，请追加对 {ref} 的更正（trustledger template correction）；否则请修改本行。",
    ),
    "upload.other_kind": (
        "record {ref} is about the same event and of kind {expected}; this row is of kind {seen}. If the row is right, append a correction of {ref} (trustledger template correction); if not, mend the row.",
        "记录 {ref} 针对同一事件，类型为 {expected}；本行类型为 {seen}。若本行正确，请追加对 {ref} 的更正（trustledger template correction）；否则请修改本行。",
    ),
    "upload.other_subjects": (
        "record {ref} stands already and is also about {expected}, this row about {seen}. If the row is right, append a correction of {ref} (trustledger template correction); if not, mend the row.",
        "记录 {ref} 已存在，其对象还包括 {expected}，本行则为 {seen}。若本行正确，请追加对 {ref} 的更正（trustledger template correction）；否则请修改本行。",
    ),
    "upload.other_evidence": (
        "record {ref} stands already with the evidence {expected}, this row names {seen}. If the row is right, append a correction of {ref} (trustledger template correction); if not, mend the row.",
        "记录 {ref} 已存在，其附件为 {expected}，本行为 {seen}。若本行正确，请追加对 {ref} 的更正（trustledger template correction）；否则请修改本行。",
    ),
    "upload.other_sealed": (
        "record {ref} stands already with a sealed value that is not the one here (neither is shown). If the row is right, append a correction of {ref} (trustledger template correction); if not, mend the row.",
        "记录 {ref} 已存在，此处保密的值与其不同（两者均不显示）。若本行正确，请追加对 {ref} 的更正（trustledger template correction）；否则请修改本行。",
    ),
    "upload.sealed_there": (
        "record {ref} stands already with a sealed value here; this row makes it public. Seal it in this row too (column seal), or take the row out.",
        "记录 {ref} 已存在，此处的值是保密的，而本行将其公开。请在本行同样对其保密（“保密列”列），或删除本行。",
    ),
    "upload.sealed_here": (
        "record {ref} stands already and says this value in public; sealing it now hides nothing. Take it out of the column seal, or take the row out.",
        "记录 {ref} 已存在，且公开了此处的值；现在保密已无作用。请从“保密列”列中去掉它，或删除本行。",
    ),
    "upload.lot_elsewhere": (
        "{seen} is a new lot of {party}; {other} has a lot {seen} too: if that one is meant, name its party in column lot_party.",
        "{seen} 是 {party} 的新批次；{other} 也有批次 {seen}：若指的是那一批，请在“批号所属方”列填写其所属主体。",
    ),
    "upload.corrects_nothing": (
        "no record stands at {ref}, so there is nothing to correct. trustledger show prints a record's entry, position and hash.",
        "{ref} 处没有记录，无可更正。trustledger show 会给出记录的条目、位置和哈希。",
    ),
    "upload.corrects_other": (
        "record {ref} has the hash {expected}, not {seen}. Copy entry, position and hash from trustledger show.",
        "记录 {ref} 的哈希是 {expected}，不是 {seen}。请从 trustledger show 一并复制条目、位置和哈希。",
    ),
    "upload.corrects_others_word": (
        "record {ref} was signed by {expected}, and you sign as {seen}. Only who said a thing can correct it: ask them.",
        "记录 {ref} 由 {expected} 签署，而您以 {seen} 的身份签署。谁说的话由谁更正：请联系对方。",
    ),
    "upload.corrects_elsewhere": (
        "record {ref} is not about {seen}. Name the lot or product that it is about; if that was the mistake, correct {ref} as did_not_occur and append the right record.",
        "记录 {ref} 与 {seen} 无关。请填写该记录所针对的批次或产品；若错的正是批次，请以“未发生”更正 {ref}，再追加正确的记录。",
    ),
    "upload.twice": (
        "this row is about the same fact as row {first} of {first_file}, but says something else. Keep one of them.",
        "该行与 {first_file} 第 {first} 行是同一件事，但内容不同。请只保留一行。",
    ),
    "upload.evidence_missing": (
        "the file {seen} is not there. Put it into {expected}, or take it out of the row.",
        "文件 {seen} 不存在。请把它放入 {expected}，或从该行中删除。",
    ),
    "upload.evidence_outside": (
        "the path {seen} is not within {expected}. Write it relative to the file of rows, with / and without ..",
        "路径 {seen} 不在 {expected} 之内。请写相对于数据文件的路径，用 / 分隔，不含 ..",
    ),
    "upload.evidence_unreadable": (
        "the file {seen} cannot be read ({reason}). Check that you may open it.",
        "无法读取文件 {seen}（{reason}）。请检查是否有权打开。",
    ),
    "upload.temporary": (
        (
            "the temporary file that an upload needs cannot be used ({seen}). Nothing more was appended; make room in the "
            "temporary folder and upload again."
        ),
        "无法使用上传所需的临时文件（{seen}）。没有再追加记录；请清理临时目录后重新上传。",
    ),
}
