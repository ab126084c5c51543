"""Companies: the reading, the corporate form and its place must agree."""

from __future__ import annotations

import pytest

from mamori.japan.names import Holder, Verdict, compare, cut
from mamori.japan.names.forms import FORMS, Form, in_account, written

GOLDEN = """
株式会社髙島屋 ｶ)ﾀｶｼﾏﾔ
㈱髙島屋 ｶ)ﾀｶｼﾏﾔ
㍿髙島屋 (ｶ)ﾀｶｼﾏﾔ
株式会社丸井 ｶﾌﾞｼｷｶﾞｲｼﾔﾏﾙｲ
株式会社丸井 ｶﾌﾞｼｷｶｲｼﾔﾏﾙｲ
丸井（株） ﾏﾙｲ(ｶﾌﾞ)
合同会社青空 ｺﾞｳﾄﾞｳｶﾞｲｼﾔ ｱｵｿﾞﾗ
山田商店株式会社千葉営業所 ﾔﾏﾀﾞｼﾖｳﾃﾝ(ｶ)ﾁﾊﾞ(ｴｲ
山田商店株式会社千葉営業所 ﾔﾏﾀﾞｼﾖｳﾃﾝｶﾌﾞｼｷｶﾞｲｼﾔﾁﾊﾞｴｲｷﾞﾖｳｼﾖ
株式会社アクメ大阪出張所 ｶ)ｱｸﾒｵｵｻｶ(ｼﾕﾂ
有限会社田中商店 ﾕ)ﾀﾅｶｼﾖｳﾃﾝ
合名会社松本酒造 ﾒ)ﾏﾂﾓﾄｼﾕｿﾞｳ
合資会社田中醤油店 ｼ)ﾀﾅｶｼﾖｳﾕﾃﾝ
山川合同会社 ﾔﾏｶﾜ(ﾄﾞ
医療法人社団慶葉会 ｲ)ｹｲﾖｳｶｲ
医療法人財団桜会 ｲ)ｻｸﾗｶｲ
社会医療法人桜会 ｲ)ｻｸﾗｶｲ
一般財団法人日本資料館 ｻﾞｲ)ﾆﾎﾝｼﾘﾖｳｶﾝ
公益社団法人青空協会 ｼﾔ)ｱｵｿﾞﾗｷﾖｳｶｲ
宗教法人東光寺 ｼﾕｳ)ﾄｳｺｳｼﾞ
学校法人桜学園 ｶﾞｸ)ｻｸﾗｶﾞｸｴﾝ
社会福祉法人光の園 ﾌｸ)ﾋｶﾘﾉｿﾉ
日本生命保険相互会社 ﾆﾎﾝｾｲﾒｲ(ｿ
日本生命保険相互会社 ﾆﾎﾝｾｲﾒｲﾎｹﾝ(ｿ
更生保護法人旭会 ﾎｺﾞ)ｱｻﾋｶｲ
特定非営利活動法人ABC ﾄｸﾋ)ｴ-ﾋﾞ-ｼ-
独立行政法人国民生活センター ﾄﾞｸ)ｺｸﾐﾝｾｲｶﾂｾﾝﾀ-
地方独立行政法人都立病院機構 ﾁﾄﾞｸ)ﾄﾘﾂﾋﾞﾖｳｲﾝｷｺｳ
弁護士法人中央法律事務所 ﾍﾞﾝ)ﾁﾕｳｵｳﾎｳﾘﾂｼﾞﾑｼﾖ
有限責任中間法人緑の会 ﾁﾕｳ)ﾐﾄﾞﾘﾉｶｲ
行政書士法人みなと ｷﾞﾖ)ﾐﾅﾄ
司法書士法人山手 ｼﾎｳ)ﾔﾏﾃ
税理士法人さくら ｾﾞｲ)ｻｸﾗ
国立大学法人東北大学 ﾀﾞｲ)ﾄｳﾎｸﾀﾞｲｶﾞｸ
農事組合法人大地 ﾉｳ)ﾀﾞｲﾁ
管理組合法人緑マンション ｶﾝﾘ)ﾐﾄﾞﾘﾏﾝｼﾖﾝ
社会保険労務士法人北 ﾛｳﾑ)ｷﾀ
株式会社DHC ｶ)ﾃﾞｲ-ｴｲﾁｼ-
株式会社DHC ｶ)DHC
A&B株式会社 ｴ-ｱﾝﾄﾞﾋﾞ-(ｶ
ＤＸ２１株式会社 ﾃﾞｲ-ｴﾂｸｽﾆｼﾞﾕｳｲﾁ(ｶ
ＴＯＹＯ株式会社 ﾄﾖ(ｶ
株式会社セブン-イレブン ｶ)ｾﾌﾞﾝ-ｲﾚﾌﾞﾝ
全国農業協同組合連合会 ｾﾞﾝｺｸﾉｳｷﾖｳﾚﾝ
みやぎ生活協同組合 ﾐﾔｷﾞｾｲｷﾖｳ
海山労働組合 ｳﾐﾔﾏﾛｳｸﾐ
大和市社会福祉協議会 ﾔﾏﾄｼｼﾔｷﾖｳ
東京都水道局 ﾄｳｷﾖｳﾄｽｲﾄﾞｳｷﾖｸ
"""


@pytest.mark.parametrize("line", GOLDEN.strip().splitlines())
def test_a_companys_name_is_its_own_in_the_spelling_of_banks(line: str) -> None:
    name, _, kana = line.partition(" ")

    answer = compare(name=name, kana=kana, kind=Holder.COMPANY)

    assert answer.verdict is Verdict.MATCH, answer.reason.en


@pytest.mark.parametrize(
    ("name", "kana", "why"),
    [
        ("有限会社アクメ", "ｶ)ｱｸﾒ", "form-other"),
        ("株式会社アクメ", "ｱｸﾒ(ｶ", "form-place"),
        ("アクメ株式会社", "ｶ)ｱｸﾒ", "form-place"),
        ("アクメ株式会社大阪", "ｱｸﾒｵｵｻｶ(ｶ", "form-place"),
        ("株式会社アクメ", "ｱｸﾒ", "form-missing"),
        ("アクメ", "ｶ)ｱｸﾒ", "form-added"),
        ("アクメ出張所", "ｱｸﾒ(ｴｲ", "branch"),
        ("アクメ営業所", "ｱｸﾒ", "branch"),
        ("株式会社丸井", "ｶ)ﾏﾙﾇ", "unexplained"),
        ("株式会社BEGIN", "ｶ)ﾋﾞｷﾞﾝ", "latin-word"),
        ("", "ｱ", "missing"),
        ("株式会社ЖЗЛ", "ｶ)ｱ", "letter"),
        ("株式会社アクメ", "ｶ)ｱｸﾒ社", "account-letter"),
    ],
)
def test_what_does_not_agree_goes_to_a_person_with_a_reason(name: str, kana: str, why: str) -> None:
    answer = compare(name=name, kana=kana, kind=Holder.COMPANY)

    assert (answer.verdict, answer.why) == (Verdict.REVIEW, why)
    assert answer.reason.ja.endswith("。")
    assert answer.reason.en.endswith(".")


@pytest.mark.parametrize(
    ("name", "kana"), [("アクメ株式会社", "ｱｸﾈ(ｶ"), ("株式会社東西", "ｶ)ﾅﾝﾎﾞｸ"), ("株式会社アクメ", "(ｶ)")]
)
def test_another_company_is_another(name: str, kana: str) -> None:
    assert compare(name=name, kana=kana, kind=Holder.COMPANY).verdict is Verdict.MISMATCH


def test_a_name_that_fills_thirty_bytes_may_be_cut_wherever_the_bank_cut_it() -> None:
    name, whole = "東日本国際流通情報システムサービス株式会社", "ﾋｶﾞｼﾆﾎﾝｺｸｻｲﾘﾕｳﾂｳｼﾞﾖｳﾎｳｼｽﾃﾑｻ-ﾋﾞｽ(ｶ"

    full = compare(name=name, kana=whole, kind=Holder.COMPANY)
    at_thirty = compare(name=name, kana=cut(whole), kind=Holder.COMPANY)
    shorter = compare(name=name, kana=cut(whole, 29), kind=Holder.COMPANY)

    assert (full.verdict, full.why) == (Verdict.MATCH, "company")
    assert (at_thirty.verdict, at_thirty.why) == (Verdict.MATCH, "cut")
    assert shorter.verdict is not Verdict.MATCH


@pytest.mark.parametrize("tail", ["(ｶ", "(", "(ﾄ"])
def test_a_form_that_the_cut_tore_is_not_asked_for(tail: str) -> None:
    name, kana = "ア" * (30 - len(tail)), "ｱ" * (30 - len(tail)) + tail

    assert (
        compare(
            name=name + "特定非営利活動法人" if tail == "(ﾄ" else name + "株式会社",
            kana=kana,
            kind=Holder.COMPANY,
        ).verdict
        is Verdict.MATCH
    )


def test_a_declared_furigana_must_be_the_accounts() -> None:
    same = compare(name="株式会社丸井", kana="ｶ)ﾏﾙｲ", furigana="カブシキガイシャ マルイ", kind=Holder.COMPANY)
    other = compare(
        name="株式会社丸井", kana="ｶ)ﾏﾙｲ", furigana="カブシキガイシャ マルイイ", kind=Holder.COMPANY
    )

    assert same.verdict is Verdict.MATCH
    assert (other.verdict, other.why) == (Verdict.REVIEW, "furigana")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.short)
def test_every_form_is_read_at_all_three_places(form: Form) -> None:
    for word in form.words:
        for name, kana in (
            (f"{word}緑", f"{form.short})ﾐﾄﾞﾘ"),
            (f"緑{word}", f"ﾐﾄﾞﾘ({form.short}"),
            (f"緑{word}東", f"ﾐﾄﾞﾘ({form.short})ﾋｶﾞｼ"),
        ):
            own, account = written(name), in_account(kana)
            assert (own.form, own.place) == (account.form, account.place)
            assert compare(name=name, kana=kana, kind=Holder.COMPANY).verdict is Verdict.MATCH
