"""Sentences of this room: code → (English, Chinese)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Where something stands: the beginning of every sentence about a row.
    "rows.at_file": ("{file}: ", "{file}："),
    "rows.at_row": ("{file}, row {row}: ", "{file}，第 {row} 行："),
    "rows.at_cell": ("{file}, row {row}, column {column}: ", "{file}，第 {row} 行，“{column}”列："),
    "rows.unreadable": (
        "the file cannot be read ({seen}). Check its name and that you may open it.",
        "无法读取文件（{seen}）。请检查文件名以及是否有权打开。",
    ),
    "rows.workbook": (
        "this is a spreadsheet workbook, not text. In the spreadsheet choose Save as → CSV UTF-8 and use that file.",
        "这是电子表格工作簿，不是文本文件。请在表格软件中选择“另存为 → CSV UTF-8”，再使用该文件。",
    ),
    "rows.pdf": (
        "this is a PDF. Write its figures into a template (trustledger template report_copy) and name the PDF as evidence.",
        "这是 PDF 文件。请把其中的数据填入模板（trustledger template report_copy），并把该 PDF 作为附件。",
    ),
}
