"""Sentences of this room: code → (English, Chinese)."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "store.missing": (
        "There is no ledger store at {path}. Check the path, or create one first.",
        "{path} 处没有账本存储。请检查路径，或先新建账本。",
    ),
    "store.not_a_directory": (
        "{path} is a file; a ledger store is a directory. Name the directory that holds the store.",
        "{path} 是一个文件，而账本存储是一个目录。请指定存放账本的目录。",
    ),
    "store.empty": (
        (
            "The store at {path} is empty: it was never finished, or its contents are lost. Restore it "
            "from a backup, or delete it and create it anew."
        ),
        "{path} 处的存储是空的：要么创建时中断，要么内容已丢失。请从备份恢复，或删除后重新创建。",
    ),
    "store.truncated": (
        "{path} is cut short: {seen} bytes where {expected} were expected. Restore it from a backup.",
        "{path} 不完整：只有 {seen} 字节，应为 {expected}。请从备份恢复。",
    ),
    "store.not_lmdb": (
        (
            "{path} is not an LMDB file of this kind of machine: its first bytes are not those of one. "
            "Check the path, or restore it from a backup."
        ),
        "{path} 不是本机可用的 LMDB 文件：文件开头的字节不符。请检查路径，或从备份恢复。",
    ),
    "store.lmdb_version": (
        (
            "{path} has LMDB data version {seen}; this program reads version {expected}. Use the program "
            "that made it."
        ),
        "{path} 的 LMDB 数据版本为 {seen}，本程序只能读取版本 {expected}。请使用创建它的程序。",
    ),
    "store.foreign": (
        (
            "The LMDB file at {path} is not a TrustLedger store; another program made it. Name another "
            "directory."
        ),
        "{path} 处的 LMDB 文件不是 TrustLedger 存储，而是其他程序创建的。请换一个目录。",
    ),
    "store.newer": (
        (
            "The store at {path} has layout {seen}, made by a later version; this one knows {expected}. "
            "Update TrustLedger."
        ),
        "{path} 处的存储布局为 {seen}，由更新的版本创建；本版本只支持 {expected}。请升级 TrustLedger。",
    ),
    "store.tables_missing": (
        (
            "The store at {path} lacks the tables {seen}. It belongs to something else or is damaged; "
            "check the path, or restore it from a backup."
        ),
        "{path} 处的存储缺少数据表 {seen}：它属于其他用途，或已损坏。请检查路径，或从备份恢复。",
    ),
    "store.damaged": (
        (
            "The store at {path} is damaged ({seen}). Do not write to it; restore it from a backup and run "
            "an audit."
        ),
        "{path} 处的存储已损坏（{seen}）。请勿再写入；请从备份恢复，并执行审计。",
    ),
    "store.full": (
        "No room left for the store at {path} ({seen}). Nothing was written; free some space and try again.",
        "{path} 处的存储空间不足（{seen}）。未写入任何内容；请释放空间后重试。",
    ),
    "store.failed": (
        (
            "The store at {path} failed: {seen}. Check the device, then read the ledger's head before "
            "trying again."
        ),
        "{path} 处的存储操作失败：{seen}。请检查存储设备，重试前先重新读取账本的最新状态。",
    ),
    "store.permission": (
        "No permission for the store at {path} ({seen}). Ask its owner for access, or open it read-only.",
        "没有访问 {path} 处存储的权限（{seen}）。请向所有者申请权限，或以只读方式打开。",
    ),
    "store.moved": (
        (
            "The store at {path} was written to while it was read without its lock file, which this account "
            "may not write. Try again when nobody writes, or read a copy (“trustledger backup”)."
        ),
        (
            "读取 {path} 处的存储期间有人写入，而此账户无权写入其锁文件，只能无锁读取。"
            "请在无人写入时重试，或读取备份（“trustledger backup”）。"
        ),
    ),
    "store.readers_full": (
        "Too many snapshots of the store at {path} are open at once. Close some and try again.",
        "{path} 处的存储同时打开的快照过多。请关闭一些后重试。",
    ),
    "store.growth_blocked": (
        (
            "The store at {path} must be enlarged, but {seen} of this process's snapshots stayed open for "
            "{seconds} seconds. Close them and try again."
        ),
        "{path} 处的存储需要扩容，但本进程有 {seen} 个快照在 {seconds} 秒内未关闭。请关闭后重试。",
    ),
    "store.map_refused": (
        (
            "The store at {path} needs a map of {seen} bytes, which the system refuses. Raise the limit on "
            "address space (ulimit -v), or use a 64-bit system."
        ),
        (
            "{path} 处的存储需要 {seen} 字节的内存映射，但系统拒绝了。请放宽地址空间限制（ulimit -v），或改"
            "用 64 位系统。"
        ),
    ),
    "store.head_moved": (
        (
            "Somebody else appended first: the head of the store at {path} is {seen}, expected {expected}. "
            "Nothing was written; read it again and try again."
        ),
        (
            "已有其他人先行追加：{path} 处存储的最新状态为 {seen}，预期为 {expected}。未写入任何内容；请重"
            "新读取后再试。"
        ),
    ),
    "store.locked": (
        (
            "Another writer holds the lock {lock}; waited {seconds} seconds. Try again when it has "
            "finished, or wait longer."
        ),
        "另一个写入者正持有锁 {lock}，已等待 {seconds} 秒。请待其完成后重试，或延长等待时间。",
    ),
    "store.closed": (
        "The store at {path} was closed. Open it again.",
        "{path} 处的存储已关闭。请重新打开。",
    ),
    "store.snapshot_closed": (
        "This snapshot of the store at {path} was closed. Take a new one.",
        "{path} 处存储的这个快照已关闭。请重新获取快照。",
    ),
    "store.forked": (
        (
            "The store at {path} was opened by process {expected} and used in process {seen}, forked from "
            "it. Open it anew in the child."
        ),
        "{path} 处的存储由进程 {expected} 打开，却在其派生的进程 {seen} 中使用。请在子进程中重新打开。",
    ),
    "store.forked_open": (
        (
            "The process this one was forked from was reading the store at {path} at that moment, so it "
            "cannot be opened here. Start the child by spawn, or fork while no snapshot is open."
        ),
        (
            "派生本进程时，父进程正在读取 {path} 处的存储，因此无法在此打开。请改用 spawn 方式启动子进程，"
            "或在没有打开快照时派生。"
        ),
    ),
    "store.readonly": (
        "The store at {path} was opened read-only. Open it for writing.",
        "{path} 处的存储以只读方式打开。请以可写方式打开。",
    ),
    "store.durability": (
        (
            "The store at {path} is open in this process with durability {seen}, not {expected}. Close it "
            "there first."
        ),
        "{path} 处的存储已在本进程中以持久化级别 {seen} 打开，而不是 {expected}。请先将其关闭。",
    ),
    "store.table": (
        "The store has no table {seen}; it was opened with {expected}.",
        "存储中没有数据表 {seen}；打开时指定的是 {expected}。",
    ),
    "store.table_names": (
        (
            "{seen}: not a fit choice of tables. Use 1 to 63 different names of at most 32 characters a-z, "
            "0-9 and _, a letter first."
        ),
        (
            "{seen}：数据表名称不合要求。请使用 1 至 63 个互不相同的名称，每个最多 32 个字符（a-z、0-9、_）"
            "，以字母开头。"
        ),
    ),
    "store.key_size": (
        "Table {table}: a key of {seen} bytes; keys have 1 to {expected}. Nothing was written.",
        "数据表 {table}：键长 {seen} 字节，应为 1 至 {expected} 字节。未写入任何内容。",
    ),
    "store.value_size": (
        "Table {table}: a value of {seen} bytes; at most {expected} are kept. Nothing was written.",
        "数据表 {table}：值长 {seen} 字节，最多允许 {expected} 字节。未写入任何内容。",
    ),
    "store.order": (
        "Table {table}: keys to load must ascend and come after those already there. Nothing was written.",
        "数据表 {table}：装载的键必须递增，且排在已有的键之后。未写入任何内容。",
    ),
    "store.copy_exists": (
        "{path} exists already and is not an empty directory. Name a new directory for the copy.",
        "{path} 已存在且不是空目录。请为副本指定一个新目录。",
    ),
}
