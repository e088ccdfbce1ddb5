"""Sentences of this room: code → (English, Chinese)."""

# ruff: noqa: E501 -- a sentence is read and translated as one line

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
    # JSON Lines.
    "jsonl.long_line": (
        "the line is longer than {expected} bytes. One record stands on one line; put files into evidence, not into data.",
        "该行超过 {expected} 字节。每行一条记录；文件请放入 evidence，不要放进 data。",
    ),
    "jsonl.deep": (
        "brackets nest deeper than {expected}. Data has at most 16 levels.",
        "括号嵌套超过 {expected} 层。data 最多 16 层。",
    ),
    "jsonl.encoding": (
        "bytes {seen} are not UTF-8. Save the file as UTF-8.",
        "字节 {seen} 不是 UTF-8。请将文件保存为 UTF-8。",
    ),
    "jsonl.surrogate": (
        "a \\u escape is half of a character. Write the character itself, in UTF-8.",
        "\\u 转义只有半个字符。请直接用 UTF-8 写出该字符。",
    ),
    "jsonl.syntax": (
        "not JSON from character {position} on: {seen}. One complete JSON object must stand on one line.",
        "从第 {position} 个字符起不是合法的 JSON：{seen}。每行必须是一个完整的 JSON 对象。",
    ),
    "jsonl.not_object": (
        'the line is {seen}, not an object. Write {{"kind": …, "subject": …, "occurred_at": …, "data": {{…}}}}.',
        '该行是 {seen}，不是对象。请写成 {{"kind": …, "subject": …, "occurred_at": …, "data": {{…}}}}。',
    ),
    "jsonl.unknown_field": (
        "there is no field {seen}; did you mean {expected}? Fields of the kind's own belong into data.",
        "没有字段 {seen}；是否指 {expected}？该类型自己的字段请放入 data。",
    ),
    "jsonl.missing_field": (
        "the field {expected} is missing. A row has at least kind, subject, occurred_at and data.",
        "缺少字段 {expected}。每行至少要有 kind、subject、occurred_at 和 data。",
    ),
    "jsonl.not_text": (
        "{seen} is not text. Write text between quotation marks.",
        "{seen} 不是文本。请把文本写在引号内。",
    ),
    "jsonl.not_list": (
        "{seen} is not a list. Write it in square brackets, even a single item.",
        "{seen} 不是列表。即使只有一项也请写在方括号内。",
    ),
    "jsonl.not_map": (
        "{seen} is not an object. Write fields and values in braces.",
        "{seen} 不是对象。请把字段和值写在花括号内。",
    ),
    "jsonl.not_texts": (
        "{seen} stands in this list, and is not text. Write each item between quotation marks.",
        "列表中的 {seen} 不是文本。请把每一项写在引号内。",
    ),
    "jsonl.not_evidence": (
        "{seen} stands in this list. Write each file as its path between quotation marks, or as an object with media_type, name, sha256 and size.",
        "列表中有 {seen}。请把每个文件写成引号内的路径，或含 media_type、name、sha256、size 的对象。",
    ),
    "jsonl.duplicate_key": (
        "the key {seen} stands twice in one object. Keep one of them.",
        "同一对象中键 {seen} 出现两次。请只保留一个。",
    ),
    "jsonl.float": (
        'the number {seen} has a fraction or an exponent, and would not stay exact. Write it as text: "{seen}".',
        '数字 {seen} 带小数或指数，无法保持精确。请写成文本："{seen}"。',
    ),
    "jsonl.constant": (
        "{seen} is not JSON. Leave the field out, or write null.",
        "{seen} 不是 JSON。请去掉该字段或写 null。",
    ),
    "jsonl.integer": (
        'the number {seen} is beyond ±{expected}. Write it as text: "{seen}".',
        '数字 {seen} 超出 ±{expected}。请写成文本："{seen}"。',
    ),
    # CSV: the file.
    "csv.empty": (
        "the file is empty. Begin with a template: trustledger template KIND.",
        "文件为空。请从模板开始：trustledger template 类型。",
    ),
    "csv.encoding": (
        "the text is neither UTF-8 nor GB 18030. Save it as CSV UTF-8.",
        "文本既不是 UTF-8 也不是 GB 18030。请另存为 CSV UTF-8。",
    ),
    "csv.nul": (
        "there is a NUL byte: the file is damaged, or UTF-16 without a byte order mark. Save it as CSV UTF-8.",
        "含有 NUL 字节：文件已损坏，或是没有 BOM 的 UTF-16。请另存为 CSV UTF-8。",
    ),
    "csv.long_line": (
        "the line is longer than {expected} bytes. This is not a table of rows; save it as CSV UTF-8.",
        "该行超过 {expected} 字节。这不是按行排列的表格；请另存为 CSV UTF-8。",
    ),
    "csv.quote": (
        'from here on a quote (") is not closed, or text follows a closed one; the rest cannot be read. Write a quote inside a cell twice ("") and the whole cell between quotes.',
        '从此处起引号（"）没有配对，或配对后还有文字，其余内容无法读取。单元格内的引号请写两次（""），并用引号括起整个单元格。',
    ),
    "csv.temporary": (
        "the temporary file that large sheets need cannot be written ({seen}). Make room in the temporary folder.",
        "无法写入处理大表所需的临时文件（{seen}）。请清理临时目录的空间。",
    ),
    # CSV: the header.
    "csv.header": (
        "no header is known ({seen}). The first row must name the columns; begin with trustledger template KIND.",
        "没有认识的表头（{seen}）。第一行必须是列名；请从 trustledger template 类型 开始。",
    ),
    "csv.kind": (
        "there is no kind {seen} for sheets. Write one of: {expected}. Kinds of your own come as JSON Lines.",
        "表格没有类型 {seen}。请写其中之一：{expected}。自定义类型请用 JSON Lines。",
    ),
    "csv.kind_ambiguous": (
        "these columns fit several kinds ({seen}). Say which: add a column kind, or pass --kind.",
        "这些列适合多种类型（{seen}）。请说明是哪一种：加一列“类型”，或使用 --kind。",
    ),
    "csv.kind_unclear": (
        "these columns fit no kind. The nearest is {kind}: it needs {expected} and has no {seen}. Add a column kind, or begin with trustledger template {kind}.",
        "这些列不符合任何类型。最接近的是 {kind}：它需要 {expected}，而没有 {seen}。请加一列“类型”，或从 trustledger template {kind} 开始。",
    ),
    "csv.column_unknown": (
        "there is no column {seen}; did you mean {expected}? Rename it or take it out.",
        "没有名为“{seen}”的列；是否指“{expected}”？请改名或删除该列。",
    ),
    "csv.column_no_such": (
        "there is no column {seen} in such a sheet. Take it out, or begin with trustledger template KIND.",
        "此类表格没有名为“{seen}”的列。请删除该列，或从 trustledger template 类型 开始。",
    ),
    "csv.many_columns": (
        "the header has {seen} columns, more than {expected}. Take out the empty and the unneeded ones.",
        "表头有 {seen} 列，超过 {expected} 列。请删除空列和不需要的列。",
    ),
    "csv.column_twice": (
        "this column says the same as {expected}. Keep one of them.",
        "该列与“{expected}”含义相同。请只保留一列。",
    ),
    "csv.columns_missing": (
        "a sheet of kind {seen} needs these columns as well: {expected}.",
        "类型 {seen} 的表格还需要这些列：{expected}。",
    ),
    "csv.column_of_other_kind": (
        "{seen} stands in a column that {kind} does not have. Empty the cell.",
        "{seen} 所在的列不属于类型 {kind}。请清空该单元格。",
    ),
    "csv.column_unnamed": (
        "{seen} stands in a column without a header. Name the column or empty it.",
        "{seen} 所在的列没有表头。请给该列命名或清空该列。",
    ),
    # CSV: rows.
    "csv.width": (
        "the row has {seen} cells, the header {expected}. Put cells that contain the delimiter between quotes.",
        "该行有 {seen} 个单元格，表头有 {expected} 个。含有分隔符的单元格请用引号括起。",
    ),
    "csv.rows_disagree": (
        'this row continues the record of row {first}, but says "{seen}" where that row says "{expected}". Make them equal, or leave this cell empty.',
        "该行接续第 {first} 行的记录，但此处为“{seen}”，第 {first} 行为“{expected}”。请改为一致，或留空。",
    ),
    "csv.came_back": (
        "this row belongs to the record that began in row {first}, too far above. Sort the sheet so that rows of one record stand together.",
        "该行属于从第 {first} 行开始的记录，相隔太远。请排序，使同一记录的各行相邻。",
    ),
    "csv.subject_missing": (
        "the row does not say what it is about. Fill in GTIN and lot, or subject.",
        "该行没有说明对象。请填写商品条码和批号，或“对象”。",
    ),
    "csv.occurred_at_missing": (
        "the row does not say when it happened. Fill in occurred_at, such as 2026-10-05 08:00.",
        "该行没有说明发生时间。请填写“发生时间”，例如 2026-10-05 08:00。",
    ),
    "csv.seal_unknown": (
        "there is no column {seen} whose value could be sealed. Write the header of a column of this sheet.",
        "没有可以保密的列“{seen}”。请写本表中某列的表头。",
    ),
    "csv.seal_empty": (
        "the column {seen} is to be sealed, but is empty in this row.",
        "要求对“{seen}”列保密，但该行此列为空。",
    ),
    # CSV: what a spreadsheet did to a cell.
    "csv.long_cell": (
        "a cell has {seen} characters; a spreadsheet's cell has at most {expected}.",
        "单元格有 {seen} 个字符；电子表格的单元格最多 {expected} 个。",
    ),
    "csv.formula": (
        "{seen} is a formula, not its result. In the spreadsheet, paste the column as values.",
        "{seen} 是公式而不是结果。请在表格软件中将该列“选择性粘贴为数值”。",
    ),
    "csv.error_value": (
        "{seen} is a spreadsheet's error. Mend the formula there and save the file again.",
        "{seen} 是表格软件的错误值。请先修正公式再重新保存。",
    ),
    "csv.hashes": (
        "{seen} is what a spreadsheet shows when a column is too narrow. Widen the column and save the file again.",
        "{seen} 表示列宽不足。请加宽该列后重新保存。",
    ),
    "csv.control": (
        "there is a control character ({seen}) in the cell. Type the cell anew.",
        "单元格中有控制字符（{seen}）。请重新输入。",
    ),
    "csv.scientific": (
        "a spreadsheet wrote a long number as {seen}, and digits may be lost. Format the column as text and type the number again.",
        "表格软件把长数字写成了 {seen}，可能已丢失数字。请将该列设为“文本”格式并重新输入。",
    ),
    "csv.gtin_scientific": (
        "a spreadsheet wrote the GTIN as {seen}, and its last digits are lost. Format the column as text and type the GTIN again.",
        "表格软件把 GTIN 写成了 {seen}，末尾数字已丢失。请将该列设为“文本”格式并重新输入。",
    ),
    "csv.gtin_zeros": (
        "the GTIN {seen} is too short: a spreadsheet takes leading zeros away. Expected: {expected} (digits of a GTIN). Format the column as text and type it again.",
        "GTIN {seen} 位数不足：表格软件会去掉前面的零。应为：{expected}（GTIN 位数）。请将该列设为“文本”格式并重新输入。",
    ),
    "csv.gtin": (
        "{seen} is not a GTIN: 8, 12, 13 or 14 digits. What has none is named by lot alone, or by subject.",
        "{seen} 不是 GTIN（8、12、13 或 14 位数字）。没有 GTIN 的请只填批号，或填“对象”。",
    ),
    "csv.check_digit": (
        "the GTIN {seen} does not end in its check digit {expected}. Compare it with the bar code.",
        "GTIN {seen} 的校验位应为 {expected}。请与条码核对。",
    ),
    "csv.trailing_zero": (
        "{seen} is a number to the spreadsheet, not text. Write {expected}, with the column formatted as text.",
        "{seen} 被表格软件当成了数字。请写 {expected}，并将该列设为“文本”格式。",
    ),
    "csv.lot_date": (
        "a spreadsheet made a date of the lot: {seen}. Format the column as text and type the lot again.",
        "表格软件把批号变成了日期：{seen}。请将该列设为“文本”格式并重新输入批号。",
    ),
    "csv.lot_boolean": (
        "a spreadsheet made TRUE or FALSE of the lot: {seen}. Format the column as text and type the lot again.",
        "表格软件把批号变成了逻辑值：{seen}。请将该列设为“文本”格式并重新输入批号。",
    ),
    "csv.lot_scientific": (
        "a spreadsheet wrote the lot as {seen}. Format the column as text and type the lot again.",
        "表格软件把批号写成了 {seen}。请将该列设为“文本”格式并重新输入批号。",
    ),
    "csv.lot_missing": (
        "the lot is empty, and this row is about a lot. Fill it in.",
        "批号为空，而该行针对某一批次。请填写批号。",
    ),
    "csv.no_party": (
        "the lot {seen} has no GTIN, or GS1 does not allow its characters; it is then named under the party whose lot it is. Fill in lot_party, run trustledger setup, or pass --as PARTY_URI.",
        "批号 {seen} 没有 GTIN，或含有 GS1 不允许的字符，须以所属主体命名。请填写“批号所属方”，运行 trustledger setup，或使用 --as 主体URI。",
    ),
    "csv.uri_and_gtin": (
        "{seen} is a whole URI, so the cells for GTIN, lot and party beside it must be empty.",
        "{seen} 已是完整的 URI，旁边的商品条码、批号和所属方必须留空。",
    ),
    "csv.did_not_occur": (
        "what did not occur has no content of its own, but {seen} stands here. Empty the columns of the kind but for the lot and the time; or write incorrect_data as the reason.",
        "未发生之事没有内容，但此处有 {seen}。除批号和发生时间外，请清空该类型的各列；或将更正原因写为“数据有误”。",
    ),
    # CSV: numbers.
    "csv.decimal": (
        "{seen} is not a number. Write digits and a point, such as 0.012, at most 40 characters.",
        "{seen} 不是数字。请只写数字和小数点，例如 0.012，最多 40 个字符。",
    ),
    "csv.integer": (
        "{seen} is not a whole number. Write digits only.",
        "{seen} 不是整数。请只写数字。",
    ),
    "csv.thousands": (
        "{seen} has separators between thousands. Write {expected}; if the mark was the decimal point, write a point.",
        "{seen} 带有千位分隔符。请写 {expected}；如果它是小数点，请写“.”。",
    ),
    "csv.decimal_comma": (
        "{seen} has a decimal comma. Write {expected}.",
        "{seen} 使用了逗号作小数点。请写 {expected}。",
    ),
    "csv.boolean": (
        "{seen} is neither yes nor no. Write yes or no.",
        "{seen} 既不是“是”也不是“否”。请写“是”或“否”。",
    ),
    "csv.word": (
        "{seen} is not one of the words known here. Write one of: {expected}.",
        "{seen} 不是这里认识的词。请写其中之一：{expected}。",
    ),
    "csv.currency": (
        'the currency "{seen}" is not an ISO 4217 code, which the amount needs. Write CNY, EUR, USD …',
        "币种“{seen}”不是 ISO 4217 代码，而金额需要它。请写 CNY、EUR、USD 等。",
    ),
    "csv.money_digits": (
        "{seen} has more digits than {currency} has ({expected} after the point). Write what was really charged.",
        "{seen} 的位数超过 {currency} 的规定（小数点后 {expected} 位）。请写实际收取的金额。",
    ),
    # CSV: results of tests.
    "csv.result": (
        "{seen} is not a result. Write a number such as 0.012, <0.005 (its LOQ), or ND / 未检出.",
        "{seen} 不是检测结果。请写数字（如 0.012）、<0.005（定量限）或 未检出 / ND。",
    ),
    "csv.bound": (
        "{seen} is a bound, not a measurement. Write the number that was measured, or <LOQ if it was not detected.",
        "{seen} 是界限而不是测量值。请写测得的数值；未检出时请写 <定量限。",
    ),
    "csv.lod": (
        "{seen} names the limit of detection. Write the limit of quantification (LOQ), which decides what can be told.",
        "{seen} 写的是检出限。请写定量限（LOQ），判定以它为准。",
    ),
    "csv.uncertainty_in_value": (
        "{seen} holds two numbers. Write the uncertainty into its own column.",
        "{seen} 包含两个数。请把不确定度写入单独的一列。",
    ),
    "csv.result_conflict": (
        "the cell says {seen}, the column {field} says {expected}. Make them equal, or empty one.",
        "该单元格为 {seen}，而 {field} 列为 {expected}。请改为一致，或清空其一。",
    ),
    "csv.result_twice": (
        "row {first} of this report already says of {parameter}: {expected}; this row says {seen}. Keep one of them; if both were measured, tell them apart by method or basis.",
        "本报告第 {first} 行对{parameter}已写 {expected}，本行为 {seen}。请只保留一行；若两者均为实测，请用检测方法或基准加以区分。",
    ),
    # CSV: times.
    "csv.time": (
        "{seen} is not a time known here. Write 2026-10-05 or 2026-10-05 08:00, with a 24-hour clock.",
        "{seen} 不是认识的时间。请写 2026-10-05 或 2026-10-05 08:00（24 小时制）。",
    ),
    "csv.time_ambiguous": (
        "{seen}: which number is the month is not guessed. Write the year first: {expected}.",
        "{seen}：不猜测哪个数是月份。请先写年份：{expected}。",
    ),
    "csv.time_impossible": (
        "there is no such day or time: {seen}.",
        "没有这样的日期或时间：{seen}。",
    ),
    "csv.time_year": (
        "the year of {seen} is a slip. Write a year within {expected}.",
        "{seen} 的年份有误。年份应在 {expected} 之内。",
    ),
    "csv.time_serial": (
        "{seen} is a spreadsheet's inner number for a date ({expected}?). Format the column as a date and save again.",
        "{seen} 是表格软件内部的日期数字（{expected}？）。请将该列设为“日期”格式后重新保存。",
    ),
    "csv.no_zone": (
        "{seen} has no offset, and no time zone is known. Run trustledger setup, pass --zone Asia/Shanghai, or write 2026-10-05T08:00:00+08:00.",
        "{seen} 没有时差，也不知道时区。请运行 trustledger setup，使用 --zone Asia/Shanghai，或写 2026-10-05T08:00:00+08:00。",
    ),
    "csv.time_skipped": (
        "{seen} does not exist in {zone}: clocks were put forward over it. Write the time with its offset.",
        "{seen} 在 {zone} 不存在：当时时钟向前拨过了它。请写带时差的时间。",
    ),
    "csv.time_twice": (
        "{seen} happened twice in {zone}, as clocks were put back. Write which: {expected}.",
        "{seen} 在 {zone} 出现两次，因为时钟往回拨过。请写明是哪一个：{expected}。",
    ),
    "csv.time_zone": (
        "the offset of {seen} in {zone} cannot be written in hours and minutes. Write the time with its offset.",
        "{seen} 在 {zone} 的时差无法用小时和分钟表示。请写带时差的时间。",
    ),
}
