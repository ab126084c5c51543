"""What this room does for those who buy, as everybody reads it."""

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law.requests import REQUEST_PLEDGE, REQUEST_STATUTE

OUTLINES = (
    Outline(
        practice="P11",
        does=Text(
            "行政機関からの要請や知らせは、専用の窓口で受けます。送り主は、機関の公式ページで確かめた番号に折り返して確かめます。"
            "要請の一覧を出品と照らし合わせ、対象を人が確かめ、{statute}のうちに対応して回答します（翌営業日を1日目とします）。"
            "要請の範囲を超える対応は、当サイトの規約にもとづく自分の判断として記録します。",
            "Requests and notices of authorities have a point of contact of their own. Who sent one is called back at a number "
            "from the agency's own page. Its list is held against our listings, a person confirms which are meant, and it is "
            "acted on and answered within {statute}, day 1 being the next business day. What goes beyond the request is recorded "
            "as our own decision on our own terms.",
        ),
        fills={"statute": REQUEST_STATUTE},
    ),
    Outline(
        practice="P16",
        does=Text(
            "商品の種類ごとに、安全な使い方を当サイトの言葉で知らせます。届いてしばらくのあと、季節のはじめ、知らせるべきことがあったときに、"
            "同じことは一人に一度だけ届きます。販売の案内は入れません。だれでも「安全な使い方」のページで読めます。",
            "For kinds of goods we tell buyers in our own words how to use them safely: some days after delivery, as a season "
            "begins, and upon news, each buyer once. It sells nothing. Everybody can read it on the page “Using goods safely”.",
        ),
    ),
    Outline(
        practice="P34",
        does=Text(
            "製品安全誓約の約束ごとに、何が動いているかを記録しています。誓約にもとづく要請には{pledge}のうちに対応し、"
            "要請を受けた月ごとに、対応した数を数えます。けがや火の知らせがあった商品は、販売を止め、買った人の全員に知らせます。",
            "Of each commitment of the product safety pledge it is recorded what runs. What is requested under it is acted on "
            "within {pledge}, and counted by the month of the request. When goods hurt somebody or burn, their sale is "
            "stopped and everybody who bought them is told.",
        ),
        fills={"pledge": REQUEST_PLEDGE},
    ),
)
