"""What the vault keeps of people."""

from __future__ import annotations

from mamori.ground.declared.personal import ABOUT, KIND, SUBJECT, sealed, table

table(
    "vault_file",
    about=ABOUT,
    subject=SUBJECT,
    kind=KIND,
    wrapped=sealed(
        "ファイルの鍵（中身はディスクにこの鍵で暗号化）",
        "the file's key; its bytes lie encrypted on disk",
        whose="subject",
        along=False,
    ),
    sealed=sealed("もとの名と SHA-256", "original name and SHA-256", whose="subject"),
)
