"""Sentences of the command line: code → (English, Chinese)."""

# ruff: noqa: E501 -- a sentence is read and translated as one line

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "cli.missing_click": (
        "The command line needs click and rich, and {seen} is not installed: pip install trustledger",
        "命令行需要 click 和 rich，但没有安装 {seen}：请执行 pip install trustledger",
    ),
    "cli.unexpected": (
        "Something unexpected happened ({kind}: {seen}). This is a fault of the program: run it again with --debug and report what it shows.",
        "发生意外错误（{kind}：{seen}）。这是程序的问题：请加 --debug 再运行一次，并反馈所显示的内容。",
    ),
    "cli.interrupted": (
        "Cancelled. Statements that were placed stand whole; running the same command again goes on from there.",
        "已取消。已入账的声明完整有效；再次运行同一命令会从中断处继续。",
    ),
    "cli.cancelled": ("Cancelled.", "已取消。"),
    # The command line itself
    "cli.usage": ("{why} See “{help}”.", "命令用法有误：{why} 请看 “{help}”。"),
    "cli.no_such_option": (
        "There is no option {seen}; did you mean {expected}?",
        "没有选项 {seen}；是否指 {expected}？",
    ),
    "cli.unknown_option": ("There is no option {seen}. See “{help}”.", "没有选项 {seen}。请看 “{help}”。"),
    "cli.unknown_command": (
        "There is no command “{seen}”. See “{help}”.",
        "没有命令“{seen}”。请看 “{help}”。",
    ),
    "cli.no_such_command": (
        "There is no command “{seen}”; did you mean {expected}?",
        "没有命令“{seen}”；是否指 {expected}？",
    ),
    "cli.missing": ("{expected} is missing. See “{help}”.", "缺少 {expected}。请看 “{help}”。"),
    "cli.no_command": (
        "Which command? “{help}” lists them.",
        "请写明命令；“{help}” 会列出所有命令。",
    ),
    "cli.bad_value": ("{at}: {why} See “{help}”.", "{at} 的值无效：{why} 请看 “{help}”。"),
    "cli.contradiction": ("Give only one of {seen}.", "{seen} 只能给出其中一个。"),
    "cli.no_ledger": (
        "Which ledger? Give --ledger DIR, set TRUSTLEDGER_LEDGER, or run “trustledger setup” once.",
        "哪个账本？请用 --ledger DIR 指明，或设置 TRUSTLEDGER_LEDGER，或先运行一次 “trustledger setup”。",
    ),
    "cli.no_key": (
        "Which key? Give --key FILE, or run “trustledger setup” once.",
        "用哪个密钥？请用 --key FILE 指明，或先运行一次 “trustledger setup”。",
    ),
    "cli.no_party": (
        "Which party? Give --as PARTY_URI, or run “trustledger setup” once.",
        "以哪一方的名义？请用 --as PARTY_URI 指明，或先运行一次 “trustledger setup”。",
    ),
    "cli.csv_forward": (
        "--csv writes a recall list, which a forward trace makes: add --forward.",
        "--csv 写出召回清单，须配合正向追踪：请加上 --forward。",
    ),
    "cli.needs_yes": (
        "Erasing asks for consent, and with --json nobody can be asked: add --yes.",
        "删除需要确认，而使用 --json 时无法询问：请加上 --yes。",
    ),
    "cli.not_a_record": (
        "{seen} does not name one record: write entry and position, such as 12/0.",
        "{seen} 不是某一条记录：请写“条目/位置”，如 12/0。",
    ),
    "cli.reference": (
        "{seen} names nothing here: write 12/0 (a record), 12 (an entry), a URI, a GTIN and a lot number, or a lot number that a party of this ledger gave.",
        "{seen} 在此账本中不指任何对象：请写 12/0（记录）、12（条目）、URI、商品条码加批号，或本账本某参与方的批号。",
    ),
    "cli.lot": (
        "{lot} cannot be a lot number of {seen}: it is empty, unprintable or too long.",
        "{lot} 不能作为 {seen} 的批号：为空、含不可显示的字符，或过长。",
    ),
    "cli.several": (
        "{seen} can mean {count} subjects here; name one of them: {expected}",
        "{seen} 在此账本中可指 {count} 个对象，请写明其中一个：{expected}",
    ),
    "cli.nothing_about": (
        "The ledger holds nothing about {seen}: check its spelling; subjects are equal only if every character is.",
        "账本中没有关于 {seen} 的记录：请检查写法，对象名称必须逐字符相同。",
    ),
    # Authority
    "cli.party_unknown": (
        "{seen} is not enrolled in this ledger: “trustledger parties” lists who is.",
        "{seen} 未在此账本登记：“trustledger parties” 会列出已登记的参与方。",
    ),
    "cli.nothing_said": (
        "Nothing is said about the party: give a key, a role, a name or another option. See “{help}”.",
        "没有给出任何内容：请给出密钥、角色、名称或其他选项。请看 “{help}”。",
    ),
    "cli.one_of": ("Give one of {expected}. See “{help}”.", "请给出 {expected} 之一。请看 “{help}”。"),
    "cli.identity": (
        "“{seen}” is not a registered identity: write scheme:number, such as uscc:91110000600037341L, lei:… or vat:….",
        "“{seen}” 不是登记身份：请写成“类别:号码”，如 uscc:91110000600037341L、lei:… 或 vat:…。",
    ),
    "cli.identity_digits": (
        "“{seen}” is not a number of that register ({why}): compare it with the certificate.",
        "“{seen}” 不是该登记机构的有效号码（{why}）：请与证照核对。",
    ),
    "cli.identity_extra": (
        "Check digits of {seen} numbers are verified by python-stdnum, which is not installed: pip install 'trustledger[identity]'. Nothing was written.",
        "核对 {seen} 号码的校验码需要 python-stdnum，目前没有安装：请执行 pip install 'trustledger[identity]'。未写入任何内容。",
    ),
    "cli.accreditation": (
        "“{seen}” is not an accreditation: write BODY:NUMBER or BODY:NUMBER:UNTIL, such as CNAS:L1234:2028-01-01T00:00:00Z.",
        "“{seen}” 不是认可资质：请写成“机构:编号”或“机构:编号:有效期至”，如 CNAS:L1234:2028-01-01T00:00:00Z。",
    ),
    "cli.toml": (
        "“{seen}” is not a TOML file: {why}.",
        "“{seen}” 不是有效的 TOML 文件：{why}。",
    ),
    "cli.scopes": (
        "“{seen}” must hold [[scopes]] tables and nothing else (seen: {at}).",
        "“{seen}” 应只含 [[scopes]] 表（所见：{at}）。",
    ),
    "cli.scope_key": (
        "{file}, scope {number}: “{seen}” limits nothing; expected kinds, subjects, parameters, since or until, at least one of them.",
        "{file} 第 {number} 个范围：“{seen}” 不起限定作用；应为 kinds、subjects、parameters、since、until 中的至少一项。",
    ),
    "cli.scope_value": (
        '{file}, scope {number}: {seen} must be a list of texts, such as ["inspection"].',
        '{file} 第 {number} 个范围：{seen} 应为文本列表，如 ["inspection"]。',
    ),
    "cli.scope_time": (
        "{file}, scope {number}: “{seen}” is no time with an offset; write 2026-10-01T00:00:00+08:00.",
        "{file} 第 {number} 个范围：“{seen}” 不是带时差的时间；请写 2026-10-01T00:00:00+08:00。",
    ),
    "cli.key_reference": (
        "“{seen}” names no key: give its .pub file, its vkey, or its key ID of eight hexadecimal digits (“trustledger party show” lists them).",
        "“{seen}” 不指任何密钥：请给出 .pub 文件、vkey 或八位十六进制密钥 ID（“trustledger party show” 会列出）。",
    ),
    "cli.key_unknown": (
        "No party here has or had the key {seen}: “trustledger party show PARTY” lists a party's keys.",
        "没有参与方持有或曾持有密钥 {seen}：“trustledger party show 参与方” 会列出其密钥。",
    ),
    "cli.key_several": (
        "Several keys have the ID {seen}: name one by its vkey: {expected}",
        "有多把密钥的 ID 为 {seen}：请用 vkey 指明其中一把：{expected}",
    ),
    "cli.shut_out": (
        "Under this policy {parties} could no longer sign what they signed ({count}). Nothing was written: mend it, or add --force.",
        "按此规则，{parties} 将不能再签署以往签署过的内容（{count} 项）。未写入任何内容：请修改规则，或加 --force。",
    ),
    "cli.public_key": (
        "“{seen}” is a public key, and signing takes the private one: give “{expected}”.",
        "“{seen}” 是公钥，签署须用私钥：请给出 “{expected}”。",
    ),
    "cli.private_key": (
        "“{seen}” is a private key, which nobody else needs: give “{expected}”. Nothing of it was written.",
        "“{seen}” 是私钥，不应交给他人：请给出 “{expected}”。私钥内容未被写入。",
    ),
    "cli.half_made": (
        "An earlier init broke off in “{seen}” before its card was written, and nobody has said anything there: delete its data/ folder and run init again. Keys in its private/ folder are used again.",
        "先前的 init 在 “{seen}” 中途中断，名片尚未写出，也没有任何人写入内容：请删除其中的 data/ 文件夹，再次运行 init。private/ 中的密钥会继续使用。",
    ),
    "cli.passphrases": (
        "{seen} passphrase [seen:file|files] for {expected} [expected:key|keys] with a passphrase: give one for each such key, in their order.",
        "给出了 {seen} 个口令文件，而有口令的密钥为 {expected} 把：请按密钥顺序逐一对应。",
    ),
    "cli.last_recovery": (
        "{seen} is the last recovery key of {party}: once it has ended no other can ever be added, and stolen keys could not be taken back. Nothing was written. To change it, “trustledger key rotate”; to end it all the same, add --force.",
        "{seen} 是 {party} 最后一把恢复密钥：一旦终止，再也不能添加恢复密钥，密钥被盗后也无法收回。未写入任何内容。更换请用 “trustledger key rotate”；确要终止，请加 --force。",
    ),
    "cli.log_key_unknown": (
        "{seen} is no key of this log now: “trustledger key rotate --log” adds one, and its answer lists them.",
        "{seen} 目前不是此日志的密钥：“trustledger key rotate --log” 可增加密钥，并列出现有密钥。",
    ),
    "cli.log_key_listed": (
        "The key in “{seen}” signs for the log already: name another file, or none to make a new key.",
        "“{seen}” 中的密钥已在为日志签名：请指定别的文件，或不指定以生成新密钥。",
    ),
    "cli.last_log_key": (
        "{seen} is the log's only key: add the next one first (“trustledger key rotate --log”).",
        "{seen} 是日志唯一的密钥：请先增加新的密钥（“trustledger key rotate --log”）。",
    ),
    "cli.log_rotate": (
        "With --log give at most the file of the new key: the ledger knows the old one. See “{help}”.",
        "使用 --log 时最多给出新密钥的文件：旧密钥账本已知。请看 “{help}”。",
    ),
    "cli.log_revoke": (
        "A key of the log ends without --reason and --since. See “{help}”.",
        "终止日志密钥时不使用 --reason 和 --since。请看 “{help}”。",
    ),
    "cli.no_policy": (
        "This ledger has no registration policy, and roles are not asked for: “trustledger policy set default” sets one.",
        "此账本没有登记规则，不核对角色：可用 “trustledger policy set default” 设置。",
    ),
    "cli.not_utf8": (
        "“{seen}” is not UTF-8 text (byte {at}): save it as UTF-8.",
        "“{seen}” 不是 UTF-8 文本（第 {at} 字节）：请另存为 UTF-8。",
    ),
    # Files
    "cli.ledger_exists": (
        "“{seen}” holds a ledger already, and nothing in it was touched: name a new directory.",
        "“{seen}” 已有账本，未作任何改动：请指定新目录。",
    ),
    "cli.file_exists": (
        "“{seen}” exists already, and nothing was written: choose another name, or add --force to replace it.",
        "“{seen}” 已经存在，未写入任何内容：请换一个文件名，或加 --force 覆盖。",
    ),
    "cli.not_a_file": (
        "“{seen}” is a directory or a device, which is never replaced: choose another name.",
        "“{seen}” 是目录或设备，不会被替换：请换一个文件名。",
    ),
    "cli.no_file": ("There is no file “{seen}”: check the path.", "没有文件 “{seen}”：请检查路径。"),
    "cli.unreadable": (
        "“{seen}” cannot be read: {why}. Check the path and your rights.",
        "无法读取 “{seen}”：{why}。请检查路径和权限。",
    ),
    "cli.unwritable": (
        "“{seen}” cannot be written: {why}. Check the path, your rights and the free space.",
        "无法写入 “{seen}”：{why}。请检查路径、权限和剩余空间。",
    ),
    "cli.large_file": (
        "“{seen}” has more than {expected} bytes, so it is not what is expected here: check which file you named.",
        "“{seen}” 超过 {expected} 字节，不是此处应有的文件：请检查文件名。",
    ),
    "cli.empty_passphrase": (
        "The first line of “{seen}” is empty: write the passphrase there.",
        "“{seen}” 的首行为空：请在首行写入口令。",
    ),
    "cli.profile_damaged": (
        "“{seen}” is not a profile of “trustledger setup”: run setup again, or delete the file.",
        "“{seen}” 不是 “trustledger setup” 写出的配置文件：请重新运行 setup，或删除该文件。",
    ),
    "cli.zone": (
        "There is no time zone “{seen}”: write one such as Asia/Shanghai or Europe/Berlin.",
        "没有时区“{seen}”：请写 Asia/Shanghai、Europe/Berlin 等名称。",
    ),
    "cli.bad_backup": (
        "The copy in “{seen}” is not what was signed (faults: {count}). Do not rely on it, and audit the ledger itself.",
        "“{seen}” 中的副本与当初签署的不符（错误 {count} 处）：请勿使用，并审计账本本身。",
    ),
    "cli.newer_backup": (
        "The copy in “{seen}” was made but not verified: part of it is of a newer format. Update trustledger and run “trustledger audit” on the copy.",
        "“{seen}” 中的副本已写出，但未能验证：有一部分是更新的格式。请升级 trustledger，然后对副本运行 “trustledger audit”。",
    ),
    "cli.backup_inside": (
        "“{seen}” lies within the ledger “{expected}” itself: a copy belongs elsewhere, best on another disk.",
        "“{seen}” 位于账本 “{expected}” 自身之内：副本应放在别处，最好在另一块磁盘上。",
    ),
    "cli.no_checkpoint": (
        "“{seen}” is not a checkpoint that “trustledger checkpoint” wrote, and says nothing about the ledger: check which file you named. ({why})",
        "“{seen}” 不是 “trustledger checkpoint” 写出的检查点，不能说明账本有任何问题：请检查文件名。（{why}）",
    ),
    "cli.other_checkpoint": (
        "“{at}” is a checkpoint of the ledger {seen}, and this is {expected}: check which file you named.",
        "“{at}” 是账本 {seen} 的检查点，而这里是 {expected}：请检查文件名。",
    ),
    "cli.not_openings": (
        "{seen}, line {line}, is not an opening of a sealed value: give the .openings file that “trustledger sign” wrote.",
        "{seen} 第 {line} 行不是密封值的开启材料：请使用 “trustledger sign” 写出的 .openings 文件。",
    ),
}
