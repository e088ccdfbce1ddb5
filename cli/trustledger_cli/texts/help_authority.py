"""Help pages of authority: parties, the life of keys, the registration policy."""

# ruff: noqa: E501 -- a text is read and translated as one

from __future__ import annotations

from typing import Final

from trustledger_cli.texts.topic import Topic

TOPICS: Final[dict[str, Topic]] = {
    "party": Topic(
        """
Parties: who may sign what.

Example:
trustledger party add https://farm.example --role producer --pub farm.key.pub --name "Green Farm" --key operator.key
trustledger party show https://farm.example
""",
        """
参与方：谁可以签署什么。

示例：
trustledger party add https://farm.example --role producer --pub farm.key.pub --name "青青农场" --key operator.key
trustledger party show https://farm.example
""",
    ),
    "party add": Topic(
        """
Enrol a party, add keys to it, or change what the ledger knows of it.
Signed by the operator. What is not given stays as it is; what is given replaces what stood (keys are added), and “none” takes it away. The fingerprint of a key should be compared by telephone or in person first. Say with --custody where the shop keeps a party's key for it: traces show who really stands behind a signature.
The --scope-… options are one scope, and all of them must fit. A subject's beginning is compared character by character: end it with “/” or give a full identifier, for “…/10/LOT-7” lets LOT-70 through too. An accreditation gives no right; results outside it are findings. Check digits of identities need pip install 'trustledger[identity]'.

Example:
trustledger party add https://farm.example --role producer --pub farm.key.pub --name "Green Farm" --key operator.key
trustledger party add https://lab.example --role inspector --pub lab.key.pub --accreditation CNAS:L1234:2030-01-01T00:00:00Z --accredits lead --scope-kind inspection --key operator.key
trustledger party add https://dairy.example --pub a.pub --pub b.pub --pub c.pub --threshold 2 --role processor --key operator.key
""",
        """
登记参与方、为其增加密钥，或更改账本所知的信息。
由运营方签名。未给出的项目保持不变；给出的项目取代原值（密钥为增加），“none” 表示取消。登记密钥之前，请通过电话或当面核对指纹。商店代为保管密钥的，请用 --custody 注明：追溯时会显示签名背后究竟是谁。
各 --scope-… 选项合为一个范围，须同时符合。对象开头逐字符比较：请以 “/” 结尾或写完整标识，因为 “…/10/LOT-7” 也会放过 LOT-70。认可资质不授予权限；超出范围的结果会被标出。核对登记身份的校验码需要 pip install 'trustledger[identity]'。

示例：
trustledger party add https://farm.example --role producer --pub farm.key.pub --name "青青农场" --key operator.key
trustledger party add https://lab.example --role inspector --pub lab.key.pub --accreditation CNAS:L1234:2030-01-01T00:00:00Z --accredits 铅 --scope-kind inspection --key operator.key
trustledger party add https://dairy.example --pub a.pub --pub b.pub --pub c.pub --threshold 2 --role processor --key operator.key
""",
    ),
    "party show": Topic(
        """
All that the ledger knows of a party: roles, limits, accreditations, owner, and every key with who keeps it and how it stands.

Example:
trustledger party show https://lab.example
""",
        """
显示账本所知的参与方信息：角色、限定范围、认可资质、所有者，以及每把密钥的保管方和状态。

示例：
trustledger party show https://lab.example
""",
    ),
    "party history": Topic(
        """
Each record that changed a party: when, signed by whom, and what it changed.

Example:
trustledger party history https://lab.example
""",
        """
列出改变过某参与方的每条记录：时间、签署方和变更内容。

示例：
trustledger party history https://lab.example
""",
    ),
    "party role": Topic(
        """
Give roles to a party, or take them away.
Signed by the operator. A role holds from the next entry on; what was signed before stays right.

Example:
trustledger party role https://farm.example --add processor --key operator.key
trustledger party role https://farm.example --set producer --key operator.key
""",
        """
给予或取消参与方的角色。
由运营方签名。自下一条目起生效；此前签署的内容不受影响。

示例：
trustledger party role https://farm.example --add processor --key operator.key
trustledger party role https://farm.example --set producer --key operator.key
""",
    ),
    "party suspend": Topic(
        """
Keep a party from signing anything, or lift that again.
Signed by the operator. The reason is public. What the party said before stands.

Example:
trustledger party suspend https://lab.example --reason "accreditation withdrawn" --key operator.key
trustledger party suspend https://lab.example --lift --key operator.key
""",
        """
暂停参与方的签署资格，或予以恢复。
由运营方签名。原因公开。该方此前签署的内容仍然有效。

示例：
trustledger party suspend https://lab.example --reason "认可资质被撤销" --key operator.key
trustledger party suspend https://lab.example --lift --key operator.key
""",
    ),
    "key": Topic(
        """
Keys: what a party signs with, from the first to the last.

Example:
trustledger key new farm.key --party https://farm.example
trustledger key rotate farm.key.pub farm-2.key.pub --key farm.key
""",
        """
密钥：参与方用来签名，从启用到终止。

示例：
trustledger key new farm.key --party https://farm.example
trustledger key rotate farm.key.pub farm-2.key.pub --key farm.key
""",
    ),
    "key new": Topic(
        """
Make a key for a party.
FILE holds the private key (mode 0600) and never leaves the party; FILE.pub is public and goes to the ledger's operator. The operator's recovery key is made so too, before the ledger is (init --recovery), and kept offline.

Example:
trustledger key new farm.key --party https://farm.example --passphrase
trustledger key new recovery.key --party https://shop.example --passphrase
""",
        """
为参与方生成密钥。
FILE 是私钥（权限 0600），绝不外传；FILE.pub 是公钥，交给账本的运营方登记。运营方的恢复密钥也这样生成，须在建立账本之前（init --recovery），并离线保管。

示例：
trustledger key new farm.key --party https://farm.example --passphrase
trustledger key new recovery.key --party https://shop.example --passphrase
""",
    ),
    "key rotate": Topic(
        """
Put a new key in the place of an old one, from the next entry on.
OLD is a .pub file, a vkey or a key ID. Signed by the party itself with a key it has, or by the operator. What the old key signed stays right. A recovery key is changed with a recovery key, and its successor is one too.
With --log a further key is made for the log itself (in the ledger's private/, or in the file named), and both sign; key revoke --log ends the old one.

Example:
trustledger key rotate lab.key.pub lab-2.key.pub --key lab.key
trustledger key rotate --log --key operator.key
""",
        """
以新密钥取代旧密钥，自下一条目起生效。
OLD 可以是 .pub 文件、vkey 或密钥 ID。由该方用自己的密钥签署，或由运营方签署。旧密钥此前签署的内容仍然有效。恢复密钥须由恢复密钥签署更换，新密钥仍是恢复密钥。
加 --log 时为日志自身生成另一把密钥（位于账本的 private/ 或所指明的文件），两把同时签名；再用 key revoke --log 终止旧的。

示例：
trustledger key rotate lab.key.pub lab-2.key.pub --key lab.key
trustledger key rotate --log --key operator.key
""",
    ),
    "key revoke": Topic(
        """
End a key, for good.
KEY is a .pub file, a vkey or a key ID. Signed by the party itself, or by the operator. Nothing is removed: what a compromised key signed since the time given is marked in every trace and audit. Times are RFC 3339, and what counts is when the ledger placed a record, not what its signer claimed; a time before the key was enrolled means its whole life.
With --log a key of the log itself is ended; another one must be listed (key rotate --log).

Example:
trustledger key revoke lab.key.pub --reason compromised --since 2026-11-01T00:00:00Z --key operator.key
trustledger key revoke --log 1a2b3c4d --key operator.key
""",
        """
永久终止一把密钥。
KEY 可以是 .pub 文件、vkey 或密钥 ID。由该方自己或运营方签署。不会删除任何内容：已泄露的密钥自所给时间起签署的内容，会在每次追溯和审计中标出。时间写成 RFC 3339，以账本入账时间为准，而非签署方自称的时间；早于密钥登记的时间即指其全部使用期。
加 --log 时终止日志自身的密钥；须先有另一把（key rotate --log）。

示例：
trustledger key revoke lab.key.pub --reason compromised --since 2026-11-01T00:00:00Z --key operator.key
trustledger key revoke --log 1a2b3c4d --key operator.key
""",
    ),
    "key recover": Topic(
        """
Bring the operator back with the recovery key, when its keys are stolen or lost.
Every other key of the operator ends as compromised, and the new ones begin; give as many as the operator's threshold asks for. Works only with the recovery key that the ledger was made with (init --recovery).

Example:
trustledger key new operator-2.key --party https://shop.example
trustledger key recover operator-2.key.pub --key recovery.key --since 2026-11-01T00:00:00Z
""",
        """
运营方的密钥被盗或遗失时，用恢复密钥恢复其权限。
运营方的其他密钥全部按泄露终止，新密钥启用；新密钥数量须达到运营方的签署门限。只能使用建立账本时登记的恢复密钥（init --recovery）。

示例：
trustledger key new operator-2.key --party https://shop.example
trustledger key recover operator-2.key.pub --key recovery.key --since 2026-11-01T00:00:00Z
""",
    ),
    "policy": Topic(
        """
The registration policy: the rules that every statement is held to.

Example:
trustledger policy show
trustledger policy check mine.toml
""",
        """
登记规则：每份声明都须遵守的规则。

示例：
trustledger policy show
trustledger policy check mine.toml
""",
    ),
    "policy show": Topic(
        """
The policy in force: which roles may sign which kinds, and what else is asked.

Example:
trustledger policy show
trustledger policy show --toml > mine.toml
""",
        """
显示现行规则：哪些角色可以签署哪类记录，以及其他要求。

示例：
trustledger policy show
trustledger policy show --toml > mine.toml
""",
    ),
    "policy check": Topic(
        """
Try a policy out, and change nothing.
Says what is wrong with the file; what it changes in the policy in force; and which parties could no longer sign what they signed, with the roles they have today: roles, numbers of signatures, cosigners, what must come first and signing times are asked, not who may touch other people's goods. “default” stands for the policy that comes with this program.

Example:
trustledger policy check mine.toml
trustledger policy check default
""",
        """
试用一份规则，不作任何更改。
指出文件中的错误、与现行规则的差异，以及按今天的角色，哪些参与方将不能再签署此前签署过的类型：核对角色、签署方数量、共同签署方、先后次序和签署时间，不核对谁可涉及他人的货物。“default” 表示本程序自带的规则。

示例：
trustledger policy check mine.toml
trustledger policy check default
""",
    ),
    "policy set": Topic(
        """
Put a policy in force, from the next entry on.
Signed by the operator. Its text stands in the ledger; what stands already stays right under the policy of its day. Asks what policy check asks; a policy that shuts somebody out needs --force.

Example:
trustledger policy set mine.toml --key operator.key
""",
        """
使一份规则自下一条目起生效。
由运营方签名。规则原文写入账本；此前的内容以当时的规则为准。核对内容同 policy check；如有参与方将不能再签署以往的内容，须加 --force。

示例：
trustledger policy set mine.toml --key operator.key
""",
    ),
}
