"""Sentences about Merkle proofs, signed notes, keys and checkpoints: code → (English, Chinese)."""

# ruff: noqa: E501 - a sentence is one string, so that it can be searched for

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Merkle trees
    "merkle.size": (
        "Tree size {seen} is not possible: expected a whole number from 0 to 2^63 - 1.",
        "树的大小 {seen} 不可能：应为 0 到 2^63 - 1 的整数。",
    ),
    "merkle.index": (
        "Leaf index {seen} is not in a tree of {size} leaves: expected a whole number from 0 to one below the size.",
        "叶子序号 {seen} 不在大小为 {size} 的树中：应为从 0 起、小于树大小的整数。",
    ),
    "merkle.sizes": (
        "The old tree ({old} leaves) is larger than the new one ({new}): a log never shrinks. Check the order of the checkpoints.",
        "旧树（{old} 片叶子）比新树（{new} 片）大：日志不会缩短。请检查两个检查点的先后顺序。",
    ),
    "merkle.hash": (
        "A hash in the proof is {seen} instead of {expected} bytes long: the proof is damaged.",
        "证明中有一个哈希的长度是 {seen}，应为 {expected} 字节：证明已损坏。",
    ),
    "merkle.proof_type": (
        "The proof is of type {seen}: expected a list of hashes.",
        "证明的类型是 {seen}：应为哈希列表。",
    ),
    "merkle.proof_too_long": (
        "The proof has {seen} hashes; no proof needs more than {limit}.",
        "证明含 {seen} 个哈希；任何证明都不会超过 {limit} 个。",
    ),
    "merkle.proof_length": (
        "The inclusion proof has {seen} hashes, which does not fit leaf {index} of a tree of {size} leaves.",
        "包含证明有 {seen} 个哈希，与大小为 {size} 的树中第 {index} 片叶子不符。",
    ),
    "merkle.inclusion": (
        "The proof for leaf {index} of {size} leads to root {seen}, not to {expected}: the entry is not in that tree, or was changed.",
        "第 {index} 片叶子（共 {size} 片）的证明得到根 {seen}，而不是 {expected}：该条目不在这棵树中，或已被改动。",
    ),
    "merkle.consistency_length": (
        "The consistency proof has {seen} hashes, which does not fit trees of {old} and {new} leaves.",
        "一致性证明有 {seen} 个哈希，与大小为 {old} 和 {new} 的两棵树不符。",
    ),
    "merkle.consistency_old": (
        "The consistency proof from {old} to {new} leaves gives the old root as {seen}, not {expected}: history may have been rewritten.",
        "从 {old} 到 {new} 片叶子的一致性证明得到的旧根是 {seen}，而不是 {expected}：历史可能被改写。",
    ),
    "merkle.consistency_new": (
        "The consistency proof from {old} to {new} leaves gives the new root as {seen}, not {expected}: history may have been rewritten.",
        "从 {old} 到 {new} 片叶子的一致性证明得到的新根是 {seen}，而不是 {expected}：历史可能被改写。",
    ),
    "merkle.frontier": (
        "A frontier of {size} leaves has {expected} subtree roots, but {seen} were given.",
        "{size} 片叶子的前沿应有 {expected} 个子树根，实际给出 {seen} 个。",
    ),
    "merkle.read": (
        "The store returned {seen} hashes where {expected} were asked for: the tree in the store is damaged; run an audit.",
        "存储返回了 {seen} 个哈希，应为 {expected} 个：存储中的树已损坏，请运行审计。",
    ),
    # Signatures
    "signature.key_size": (
        "The public key is {seen} instead of {expected} bytes long.",
        "公钥的长度是 {seen}，应为 {expected} 字节。",
    ),
    "signature.size": (
        "The signature is {seen} instead of {expected} bytes long: it is damaged or of another kind.",
        "签名的长度是 {seen}，应为 {expected} 字节：签名已损坏，或属于其他类型。",
    ),
    "signature.key": (
        "Public key {seen} is not accepted: it is not in canonical form, or of small order, so that it would fit any message. Make a new key.",
        "不接受公钥 {seen}：它不是规范形式，或阶太小而能匹配任何消息。请另建密钥。",
    ),
    "signature.point": (
        "The first half of the signature, {seen}, is not in canonical form or of small order: sign again with a standard Ed25519 library.",
        "签名的前半部分 {seen} 不是规范形式，或阶太小：请用标准的 Ed25519 库重新签名。",
    ),
    "signature.scalar": (
        "The second half of the signature, {seen}, is out of range: the signature was altered after signing.",
        "签名的后半部分 {seen} 超出范围：签名之后被改动过。",
    ),
    "signature.wrong": (
        "The signature is not by key {key} over this text: the text was changed, or another key signed it.",
        "该签名不是密钥 {key} 对此文本的签名：文本被改动，或由其他密钥签署。",
    ),
    "signature.type": (
        "The key of {name} has signature type {seen}, which cannot be verified here: expected an Ed25519 key (type 1).",
        "{name} 的密钥签名类型是 {seen}，此处无法验证：应为 Ed25519 密钥（类型 1）。",
    ),
    # Verifier keys
    "vkey.form": (
        "{seen} is not a verifier key: expected NAME+KEYID+BASE64, as in the .pub file or the ledger card.",
        "{seen} 不是验证密钥：应为 NAME+KEYID+BASE64，见 .pub 文件或账本名片。",
    ),
    "vkey.type": (
        "Key type {seen} is not known: expected an Ed25519 key (type 1).",
        "未知的密钥类型 {seen}：应为 Ed25519 密钥（类型 1）。",
    ),
    "vkey.public": (
        "A public key of type {type} cannot have {seen} bytes: expected {expected}. The key was cut or damaged.",
        "类型 {type} 的公钥不能是 {seen} 字节：应为 {expected}。密钥被截断或损坏。",
    ),
    "vkey.key_id": (
        "The key ID {seen} does not belong to this name and key: expected {expected}. Copy the whole line again.",
        "密钥编号 {seen} 与名称和密钥不符：应为 {expected}。请重新复制整行。",
    ),
    # Signed notes
    "note.too_long": (
        "The signed note has {seen} bytes; at most {limit} are allowed here.",
        "签名文件有 {seen} 字节；此处最多允许 {limit} 字节。",
    ),
    "note.too_many_lines": (
        "The signed note has {seen} signature lines; at most {limit} are allowed here.",
        "签名文件有 {seen} 行签名；此处最多允许 {limit} 行。",
    ),
    "note.utf8": (
        "The signed note is not valid UTF-8 at byte {at}: the file is damaged or not a signed note.",
        "签名文件在第 {at} 字节处不是有效的 UTF-8：文件已损坏，或不是签名文件。",
    ),
    "note.control": (
        "The signed note holds the control character {seen} at character {at}: expected plain text with newlines (LF) only.",
        "签名文件在第 {at} 个字符处有控制字符 {seen}：只允许纯文本和换行符（LF）。",
    ),
    "note.blank_line": (
        "The signed note has no blank line between text and signatures: it is unsigned, or was cut.",
        "签名文件的正文与签名之间没有空行：文件未签名，或被截断。",
    ),
    "note.signature_lines": (
        "The signed note does not end in complete signature lines: it is unsigned, or was cut.",
        "签名文件末尾没有完整的签名行：文件未签名，或被截断。",
    ),
    "note.line": (
        "Signature line {at} is malformed: {seen}. Expected an em dash, the key's name and base64, one space between.",
        "第 {at} 行签名格式不对：{seen}。应为破折号“—”、密钥名称和 base64，以一个空格相隔。",
    ),
    "note.base64": (
        "{at}: {seen} is not strict base64: expected the standard alphabet with padding.",
        "{at}：{seen} 不是严格的 base64：应使用标准字母表并带填充。",
    ),
    "note.name": (
        "{seen} cannot be the name of a key: expected text without spaces, control characters and plus signs.",
        "{seen} 不能作密钥名称：应为不含空格、控制字符和加号的文本。",
    ),
    "note.text_end": (
        "The text of a signed note must end with a newline.",
        "签名文件的正文必须以换行符结尾。",
    ),
    "note.unsigned": (
        "The note is signed by none of the accepted keys, only by: {seen}. Check that you have the right key or card.",
        "签名文件不含任何受信任密钥的签名，只有：{seen}。请检查密钥或账本名片是否正确。",
    ),
    "note.ambiguous_key": (
        "Two different accepted keys are both named {name} with ID {key_id}: remove one.",
        "有两个不同的受信任密钥同名为 {name}、编号同为 {key_id}：请去掉一个。",
    ),
    # Private keys and key files
    "key.pem_form": (
        "This is not a private key file: expected an optional line “Party: NAME” and one PKCS#8 PEM block.",
        "这不是私钥文件：应为可选的一行“Party: 名称”和一个 PKCS#8 PEM 块。",
    ),
    "key.pem_damaged": (
        "The private key cannot be read: the file is damaged. Restore it from your backup.",
        "无法读取私钥：文件已损坏。请从备份中恢复。",
    ),
    "key.passphrase_missing": (
        "The private key is protected by a passphrase: give it at the prompt or in a passphrase file.",
        "私钥有口令保护：请在提示处输入口令，或用口令文件提供。",
    ),
    "key.passphrase_wrong": (
        "The private key cannot be opened: the passphrase is wrong, or the file is damaged.",
        "无法打开私钥：口令错误，或文件已损坏。",
    ),
    "key.passphrase_unneeded": (
        "A passphrase was given, but the private key file is not protected by one: protect it, or leave the passphrase out.",
        "给出了口令，但私钥文件没有口令保护：请加上保护，或不要提供口令。",
    ),
    "key.passphrase_size": (
        "A passphrase has from 1 to {limit} bytes; this one has {seen}.",
        "口令长度应为 1 到 {limit} 字节；现为 {seen} 字节。",
    ),
    "key.not_ed25519": (
        "The file holds a private key that is not Ed25519: make one with “trustledger key new”.",
        "文件中的私钥不是 Ed25519：请用 “trustledger key new” 新建。",
    ),
    "key.party_missing": (
        "The private key file does not say whose it is: give the party's URI, or add a first line “Party: URI”.",
        "私钥文件没有写明所属方：请提供该方的 URI，或在首行加上“Party: URI”。",
    ),
    "key.party_differs": (
        "The private key file belongs to {seen}, not to {expected}: use the other file, or the other party.",
        "私钥文件属于 {seen}，而不是 {expected}：请换用正确的文件或参与方。",
    ),
    "key.seed": (
        "A private key seed has {expected} bytes; this one has {seen}.",
        "私钥种子应为 {expected} 字节；现为 {seen} 字节。",
    ),
    "key.file_missing": (
        "There is no key file at {at}: check the path, or make a key with “trustledger key new”.",
        "{at} 处没有密钥文件：请检查路径，或用 “trustledger key new” 新建密钥。",
    ),
    "key.file_unreadable": (
        "The key file {at} cannot be read: {seen}.",
        "无法读取密钥文件 {at}：{seen}。",
    ),
    "key.file_exists": (
        "{at} exists already and is left alone: a key is never overwritten. Choose another name.",
        "{at} 已经存在，未作改动：密钥绝不会被覆盖。请另选文件名。",
    ),
    "key.file_unwritable": (
        "The key file {at} cannot be written: {seen}. Nothing was kept.",
        "无法写入密钥文件 {at}：{seen}。没有留下任何文件。",
    ),
    "key.note_form": (
        "This is not a public key note (.pub): expected trustledger/key@v1, one key, and one signature by it.",
        "这不是公钥文件（.pub）：应含 trustledger/key@v1、一个密钥和该密钥的一行签名。",
    ),
    "key.note_newer": (
        "The public key note begins with {seen}: it was made by a newer version of TrustLedger. Update to read it.",
        "公钥文件以 {seen} 开头：由更新版本的 TrustLedger 生成。请升级后读取。",
    ),
    "key.note_signer": (
        "The public key note is signed by {seen}, not by the key {expected} that it holds.",
        "公钥文件由 {seen} 签署，而不是由其中的密钥 {expected} 签署。",
    ),
    # Checkpoints
    "checkpoint.lines": (
        "This is not a checkpoint of a ledger: expected exactly three lines (origin, size, root).",
        "这不是账本的检查点：应恰为三行（来源、大小、根）。",
    ),
    "checkpoint.size": (
        "Checkpoint size {seen} is not allowed: expected a decimal number without sign or leading zeros, below 2^63.",
        "检查点的大小 {seen} 不符合格式：应为小于 2^63 的十进制数，无符号、无前导零。",
    ),
    "checkpoint.root": (
        "The root in the checkpoint is {seen} instead of {expected} bytes long.",
        "检查点中的根长度是 {seen}，应为 {expected} 字节。",
    ),
    "checkpoint.empty_root": (
        "A checkpoint of size 0 must carry the empty root {expected}; this one carries {seen}.",
        "大小为 0 的检查点必须带空树的根 {expected}；现为 {seen}。",
    ),
    "checkpoint.origin": (
        "The checkpoint is of ledger {seen}, not of {expected}: it belongs elsewhere.",
        "检查点属于账本 {seen}，而不是 {expected}：它属于别处。",
    ),
    "checkpoint.log_key": (
        "The key {seen} cannot sign for the log: a log key is named as the ledger, {expected}.",
        "密钥 {seen} 不能代表日志签名：日志密钥的名称应为账本来源 {expected}。",
    ),
    "checkpoint.unsigned": (
        "The checkpoint is not signed by any log key of {origin}, only by: {seen}. Check the ledger card.",
        "检查点没有 {origin} 日志密钥的签名，只有：{seen}。请检查账本名片。",
    ),
    "checkpoint.no_signers": (
        "A checkpoint needs at least one signer.",
        "检查点至少需要一个签名者。",
    ),
    "cosignature.key": (
        "The key {seen} of type {type} cannot check this cosignature: expected the witness's own key of type 4.",
        "类型 {type} 的密钥 {seen} 不能验证此见证签名：应使用该见证者类型 4 的密钥。",
    ),
    "cosignature.size": (
        "The cosignature of {name} is {seen} instead of {expected} bytes long.",
        "{name} 的见证签名长度是 {seen}，应为 {expected} 字节。",
    ),
    "cosignature.time": (
        "The cosignature of {name} carries the time {seen}, which is out of range.",
        "{name} 的见证签名所带时间 {seen} 超出范围。",
    ),
}
