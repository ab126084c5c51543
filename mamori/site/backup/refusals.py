"""Why a backup is not written, or not restored: plain sentences."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text


class BackupStands(Refusal, code="backup.stands", status=409):
    """Given when the file to be written is there already."""

    text = Text(
        "{path} は既にあります。別の名前にしてください。", "{path} exists already. Choose another name."
    )


class NoBackupFolder(Refusal, code="backup.no-folder", status=404):
    """Given when the folder to write into is not there: a disk that is not mounted must not look like a backup."""

    text = Text(
        "{folder} というフォルダーがありません。ディスクがつながっているか確かめ、フォルダーを作ってから実行してください。",
        "There is no folder {folder}. See that the disk is mounted, make the folder, and run it again.",
    )


class BackupAbsent(Refusal, code="backup.absent", status=404):
    """Given when the file cannot be read."""

    text = Text("{path} を読めません（{why}）。", "{path} cannot be read ({why}).")


class BackupDamaged(Refusal, code="backup.damaged", status=422):
    """Given when a single byte of the archive is not what was written."""

    text = Text(
        "{path} は守りの控えではないか、壊れています。何も戻していません。別の控えをお使いください。",
        "{path} is not a backup of Mamori, or it is damaged. Nothing was restored. Use another one.",
    )


class HouseNotEmpty(Refusal, code="backup.house_not_empty", status=409):
    """Given when a restore would overwrite something."""

    text = Text(
        "{what} に既に中身があります。上書きはしません。空の MAMORI_HOME と空のデータベースに戻してください。",
        "{what} is not empty, and nothing is overwritten. Restore into an empty MAMORI_HOME and an empty database.",
    )


class HouseEmpty(Refusal, code="backup.house_empty", status=409):
    """Given when there is nothing to back up."""

    text = Text(
        "{what} に表がありません。MAMORI_HOME と MAMORI_DATABASE_URL を確かめてください。",
        "{what} has no tables. Look at MAMORI_HOME and MAMORI_DATABASE_URL.",
    )


class OtherEngine(Refusal, code="backup.other_engine", status=409):
    """Given when the archive was taken from the other kind of database."""

    text = Text(
        "この控えは {theirs} のものです。{ours} には戻せません。MAMORI_DATABASE_URL を確かめてください。",
        "This backup is of {theirs} and cannot be restored into {ours}. Look at MAMORI_DATABASE_URL.",
    )


class ContentDiffers(Refusal, code="backup.content_differs", status=422):
    """Given when what was restored is not what the manifest counted."""

    text = Text(
        "戻した内容が控えの目録と違います（{tables}）。このデータベースを使わないでください。",
        "What was restored differs from the manifest ({tables}). Do not use this database.",
    )


class ToolFailed(Refusal, code="backup.tool_failed", status=424):
    """Given when PostgreSQL's own program is missing or fails."""

    text = Text(
        "{tool} が働きませんでした：{why}。サーバーと同じか新しい版の postgresql-client を入れてください。",
        "{tool} did not succeed: {why}. Install a postgresql-client of the server's version or later.",
    )


class ErasedListUnreadable(Refusal, code="backup.erased_list_unreadable", status=422):
    """Given when the list of who was erased cannot be read: half of it would leave the others readable."""

    text = Text(
        "消去の一覧 {path} の{line}行目が読めません（{why}）。「buyer:B-1 日時」の形で書いてください。何も戻していません。",
        "Line {line} of the list {path} cannot be read ({why}). Write “buyer:B-1 MOMENT”. Nothing was restored.",
    )
