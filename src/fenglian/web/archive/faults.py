"""What can go wrong with a backup or with moving house, named by the fault."""

from fenglian.engine.errors import FenglianError


class ArchiveError(FenglianError):
    """A backup, a restore, an export or an import that was not done; nothing was changed."""


class NotSqlite(ArchiveError):
    """The database is another server's, which has tools of its own; takes ``vendor``."""

    zh = (
        "数据库是 {vendor}，请用它自己的工具备份：pg_dump --format=custom --file=fenglian.dump "
        '"$DATABASE_URL"；恢复用 pg_restore --clean --dbname="$DATABASE_URL" fenglian.dump。'
        "FENGLIAN_HOME 里的 secret-key 与 anchors.txt 请一并另存。"
    )
    en = (
        "The database is {vendor}; back it up with its own tools: pg_dump --format=custom "
        '--file=fenglian.dump "$DATABASE_URL", and restore with pg_restore --clean '
        '--dbname="$DATABASE_URL" fenglian.dump. Keep secret-key and anchors.txt of FENGLIAN_HOME too.'
    )


class AlreadyThere(ArchiveError):
    """What was to be written exists; takes ``place``."""

    zh = "“{place}”已经有东西，没有覆盖。请另选，或先移开。"
    en = "There is something at {place}; nothing was overwritten. Choose another place, or move it away."


class NotABackup(ArchiveError):
    """A file that is no backup of ours; takes ``place`` and ``reason``."""

    zh = "“{place}”不是完好的风链备份：{reason}。请换一份备份。"
    en = "{place} is not a sound backup of Fenglian: {reason}. Take another backup."


class HomeNotEmpty(ArchiveError):
    """The folder to restore into holds something; takes ``place``."""

    zh = "“{place}”不是空的。确要恢复到这里，请先停下服务，再加 --force：原来的会改名留在旁边。"
    en = (
        "{place} is not empty. To restore there, stop the server and add --force: what is there now is "
        "kept beside it under another name."
    )


class NewerVersion(ArchiveError):
    """The data come from a version that this one does not know; takes ``steps``."""

    zh = "这份数据来自更新的版本（本版没有：{steps}）。请先升级风链。"
    en = "The data come from a newer version (unknown here: {steps}). Upgrade Fenglian first."


class NotADump(ArchiveError):
    """A folder that is no whole export; takes ``place`` and ``reason``."""

    zh = "“{place}”不是完整的导出：{reason}。请重新导出。"
    en = "{place} is not a whole export: {reason}. Export again."


class OtherTables(ArchiveError):
    """The export and this version have other tables; takes ``tables``."""

    zh = "导出与本版的表不同（{tables}）。请用导出时的版本导入，再升级。"
    en = (
        "The export and this version differ in their tables ({tables}). Import with the version that "
        "exported, then upgrade."
    )


class NotEmpty(ArchiveError):
    """An import into an installation that already holds data; takes ``tables``."""

    zh = "这里已有数据（{tables}），只能导入空的安装。请另设 FENGLIAN_HOME。"
    en = "There are data here ({tables}); an import needs an empty installation. Set another FENGLIAN_HOME."
