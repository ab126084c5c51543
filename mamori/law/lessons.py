"""Texts for the education of consumers, ready to be made one's own: an article of the help begins from one of them.

They promise nothing of the marketplace and name no figure that has to be kept up: whoever publishes one answers for it.
"""

from __future__ import annotations

from mamori.grammar.helppage import HelpFor, Lesson
from mamori.grammar.text import Text

PAYMENT_FRAUD = Lesson(
    slug="payment-fraud",
    title=Text("支払いをめぐる詐欺にあわないために", "Do not be cheated when you pay"),
    body=Text(
        """通販の支払いにつけこむ詐欺があります。買う前に、家族や周りの人とも読んでください。

## こんなときは、支払わないでください

- このサイトの外で支払うよう、メッセージやメールで誘われた
- 「確認のため」と、カードの番号や、届いた認証番号を聞かれた
- コンビニで電子マネーを買い、番号を送るよう言われた
- 「返金する」と言われ、スマートフォンの決済アプリで操作を指示された
- 注文した覚えのない請求が届き、今日中にと急がされた

## 支払ってしまったら

1. カードで払ったときは、カード会社に、すぐ電話する
2. 振り込んだときは、振込先の銀行と警察に、すぐ連絡する
3. 電子マネーのときは、発行した会社に連絡する
4. やり取りの画面を残す。消さない

## 相談する

- 警察の相談専用電話：[#9110](tel:%239110)
- 消費者ホットライン：[188](tel:188)
- このサイトでの取引のこと：[困りごとを伝える](/report/)
""",
        """Some cheat people as they pay online. Please read this with your family before you buy.

## Do not pay when

- a message or mail asks you to pay outside this site
- somebody asks for your card number or a code that you received, "to confirm"
- you are told to buy prepaid money in a shop and send its number
- somebody "refunds" you and tells you what to press in a payment app
- a bill comes for what you did not order, and you are hurried

## If you have paid

1. By card: call the card company at once
2. By transfer: tell the receiving bank and the police at once
3. With prepaid money: tell the company that issued it
4. Keep the messages; delete nothing

## Ask for help

- The police, for advice: [#9110](tel:%239110)
- Consumer hotline: [188](tel:188)
- About an order on this site: [report a trouble](/report/)
""",
    ),
)
FAKE_SHOPS = Lesson(
    slug="fake-shops",
    title=Text("偽の通販サイトを見分ける", "Tell a fake shop from a real one"),
    body=Text(
        """有名なお店やこのサイトに似せた、偽の通販サイトがあります。お金を払っても商品は届かず、カードの情報を盗まれることもあります。

## 支払う前に見るところ

- **アドレス**：正しい名前か。文字が一つ多い、見慣れない終わり方をしていないか
- **値段**：ほかの店と比べて、安すぎないか
- **会社の情報**：名前・住所・電話番号があるか。住所を地図で、電話番号を検索で確かめる
- **支払い方法**：前払いの振込だけではないか。振込先が、会社と関係のない個人の名義ではないか
- **日本語**：不自然な文や、見たことのない漢字がないか

広告やSNS、メールのリンクからではなく、自分で検索したり、登録したページから開くと安全です。

## あやしいと思ったら

注文や入力をせずに、画面を閉じてください。入力してしまったら、カード会社に連絡し、同じパスワードを使うほかのサイトでも変えてください。

## 相談する

- 警察の相談専用電話：[#9110](tel:%239110)
- 消費者ホットライン：[188](tel:188)
- 海外の事業者とのトラブル：[国民生活センター越境消費者センター（CCJ）](https://www.ccj.kokusen.go.jp/)
""",
        """Some sites look like well-known shops, or like this one. You pay and nothing comes, or your card is stolen.

## Look before you pay

- **The address**: is it the right name? A letter too many, an unusual ending?
- **The price**: is it too low beside other shops?
- **Who it is**: are there a name, an address, a telephone number? Look for them on a map and in a search
- **How to pay**: only by transfer beforehand? To a person who has nothing to do with the shop?
- **The language**: odd sentences, strange characters?

Rather than by a link in an advertisement, a post or a mail, go there by your own search or bookmark.

## If you have doubts

Close the page without ordering or typing. If you did type something, tell your card company, and change that password
wherever else you use it.

## Ask for help

- The police, for advice: [#9110](tel:%239110)
- Consumer hotline: [188](tel:188)
- Sellers abroad: [Cross-border Consumer Center Japan (CCJ)](https://www.ccj.kokusen.go.jp/)
""",
    ),
)
RECALLS = Lesson(
    slug="recalls",
    title=Text("リコールの知らせを受けたら", "When a product is recalled"),
    body=Text(
        """買った商品に、火災やけがのおそれが見つかり、回収や修理のお知らせ(リコール)が出ることがあります。

## まず、すること

1. **使うのをやめる**。電池の入ったものは、充電もやめる
2. 型番や製造番号を確かめ、対象かどうかを、メーカーや出品者のお知らせで見る
3. 対象なら、案内に従って、返す、修理する、交換する。**捨てたり、人に譲ったり、売ったりしない**
4. けがや火災があったときは、商品を残したまま、まず119や病院へ。そのあとで出品者とこのサイトに知らせる

## 調べる

- [消費者庁リコール情報サイト](https://www.recall.caa.go.jp/)で、商品の名前や型番で探せます
- 中古で買ったもの、もらったものも対象になります

## 相談する

- 危険があったこと：[困りごとを伝える](/report/)。「危険がある」ことを書いてください
- 消費者ホットライン：[188](tel:188)
""",
        """Goods that you bought may turn out to be dangerous, and be taken back or repaired: a recall.

## First

1. **Stop using it.** Do not charge it either, where it has a battery
2. Look for the model and serial number, and see in the notice of the maker or seller whether yours is among them
3. If it is, return, repair or exchange it as the notice says. **Do not throw it away, give it away or sell it**
4. Where there was an injury or a fire, keep the product, and call 119 or see a doctor first. Then tell the seller and us

## Look it up

- The [recall site of the Consumer Affairs Agency](https://www.recall.caa.go.jp/) is searched by name or model
- Second-hand goods and gifts are recalled, too

## Ask for help

- Something dangerous: [report it](/report/), and say that it is dangerous
- Consumer hotline: [188](tel:188)
""",
    ),
)
MINORS = Lesson(
    slug="minors",
    title=Text("子どもが注文してしまったら", "When a child has ordered something"),
    body=Text(
        """18歳になる前の人が、親などの同意なしに結んだ契約は、取り消せることがあります(民法第5条)。

## 取り消せないことがある場合

- こづかいなど、自由に使ってよいと渡されたお金の範囲の買い物
- 「成年だ」「親の同意がある」と信じさせるために、うそをついたとき

画面の「18歳以上ですか」に「はい」を押しただけでも、うそに当たるとは限りません。迷ったら、188に相談してください。

## すること

1. いつ、だれのアカウントで、何を、いくらで注文したかを書き出す
2. カードで払ったときは、カード会社にも知らせる
3. 取り消すと決めたら、[取消しの通知](/guide/formal-notices/)を送る。本人からも、親などからも送れます
4. 届いた商品は、使わずに残す

## これから

- スマートフォンの購入に、パスワードや指紋の確認をつける
- 決済のカードを、子どもの端末に残さない
- 買う前に相談すると、家で決めておく

## 相談する

- 消費者ホットライン：[188](tel:188)
""",
        """A contract that somebody under 18 made without a parent's consent may be cancelled (Civil Code, article 5).

## When it may not be

- What was bought with pocket money, given to be spent freely
- Where the child deceived the other side to be taken for an adult, or for having consent

To press "yes" where a page asks whether one is 18 need not be such a deception. When in doubt, ask at 188.

## What to do

1. Write down when, by whose account, what and for how much it was ordered
2. Tell the card company, where it was paid by card
3. If you cancel, send the [notice of cancelling](/guide/formal-notices/): the child may, and so may a parent
4. Keep the goods unused

## From now on

- Let the telephone ask for a password or a fingerprint before it buys
- Do not leave a card on a child's device
- Agree at home to ask before buying

## Ask for help

- Consumer hotline: [188](tel:188)
""",
    ),
)
BUYING_WISELY = Lesson(
    slug="reviews-and-counterfeits",
    title=Text("うそのレビューと偽物に気づく", "Notice fake reviews and counterfeits"),
    body=Text(
        """買う前に少し見るだけで、避けられることがあります。家族や教室で、いっしょに読んでみてください。

## うそのレビューに気づく

- 同じ日に、似た言い回しの高い評価が続いていないか
- ほかの商品のことを書いたレビューが混ざっていないか
- 高い評価だけでなく、低い評価の理由も読む
- 「よい評価を書けば謝礼」と誘われたら、書かずに[知らせる](/complaints/)

## 偽物に気づく

- 値段が、ほかの店と比べて安すぎないか
- 写真が、どこかの写真の使い回しではないか
- 「正規品と同じ」「○○風」などの言葉で、ブランドを示していないか
- 出品者の名前・住所・電話番号が、きちんと表示されているか

届いた商品が偽物かもしれないときは、使わず、箱や説明書も残して、出品者とこのサイトに知らせてください。

## リコールされた商品を持っていたら

1. 使うのをやめる
2. [消費者庁リコール情報サイト](https://www.recall.caa.go.jp/)で、型番を確かめる
3. 案内に従って、返すか、直すか、取り替える。人に譲ったり、売ったりしない

## 相談する

- 取引のこと：[困りごとを伝える](/report/)
- 消費者ホットライン：[188](tel:188)
""",
        """A short look before you buy avoids much trouble. Please read this together, at home or in class.

## Notice fake reviews

- Do many high ratings in much the same words come on one day?
- Are some of them about quite another product?
- Read why others gave a low rating, too
- If somebody offers you a reward for a good rating, do not write it, and [tell us](/complaints/)

## Notice counterfeits

- Is the price far below that of other shops?
- Are the pictures taken from somewhere else?
- Do words such as "same as the original" or "in the style of" stand in place of the brand?
- Are the seller's name, address and telephone number there?

If what came may be a counterfeit, do not use it. Keep it with its box and papers, and tell the seller and us.

## If you own something that is recalled

1. Stop using it
2. Look for its model on the [recall site of the Consumer Affairs Agency](https://www.recall.caa.go.jp/)
3. Return, repair or exchange it as the notice says. Do not give it away or sell it

## Ask for help

- About an order: [report a trouble](/report/)
- Consumer hotline: [188](tel:188)
""",
    ),
)
SELLING_TO_JAPAN = Lesson(
    slug="selling-to-japan",
    title=Text("海外から日本の購入者に販売する方へ", "Selling to buyers in Japan from abroad"),
    body=Text(
        """海外の事業者にも、日本の購入者に売るときは、日本の法律が求めることがあります。

## 表示する（特定商取引法）

- 事業者の名前、住所、電話番号、責任者の名前
- 商品の価格と送料、支払いの時期と方法、届ける時期
- 返品できるか、できるときの条件と、送料をだれが負うか

本当の名前と、実際につながる連絡先を書いてください。

## 印を確かめる（製品の安全）

- 電源につなぐもの、電池のもの：電気用品安全法の対象なら**PSE**
- 乳幼児用の玩具やベッド、ヘルメットなど：消費生活用製品安全法の対象なら**PSC**
- 電波を出すもの：技適の印

対象かどうかは品目ごとに決まっています。印のないものは、売れません。

## 国内管理人を選ぶ

日本に拠点がなく、PSEやPSCの対象の商品を日本の購入者に直接売る事業者は、国に届け出て、日本にいる**国内管理人**を選びます。国や購入者からの連絡を受ける人です。

## 事故とリコール

1. けがや火のおそれを知ったら、すぐに販売を止め、このサイトに知らせる
2. 重大な事故は、国への報告が要ることがある。国内管理人といっしょに確かめる
3. 買った人の全員に、使うのをやめるよう知らせ、回収や返金をする

## このサイトから連絡するとき

購入者の困りごと、事実の確認、行政機関の要請などを、登録された連絡先に知らせます。**いつも読める連絡先**を保ち、期限のうちに答えてください。答えがないと、出品を止めることがあります。

## 購入者が相談する先

日本の購入者は、困ったときに消費者ホットライン（[188](tel:188)）に相談します。そこから問い合わせが来ることもあります。

ここに書いたのは、あらましです。自分の商品に何が要るかは、国の窓口や専門家に確かめてください。
""",
        """Japanese law asks something of sellers abroad, too, when they sell to buyers in Japan.

## Show who you are (Act on Specified Commercial Transactions)

- The name, address and telephone number of the business, and who is responsible
- The price and postage, when and how to pay, when it is delivered
- Whether goods may be returned, on what conditions, and who pays for sending them back

Please give your true name, and contacts that really reach you.

## See to the marks (product safety)

- What is plugged in or has a battery: **PSE**, where the Electrical Appliances and Materials Safety Act covers it
- Toys and beds for small children, helmets and others: **PSC**, where the Consumer Product Safety Act covers it
- What sends by radio: the technical conformity mark (giteki)

Which goods are covered is laid down item by item. What lacks its mark may not be sold.

## Choose a domestic administrator

A business without a place in Japan that sells goods covered by PSE or PSC directly to buyers there notifies the State and
chooses a **domestic administrator** (国内管理人) in Japan, who receives what the State and buyers write.

## Accidents and recalls

1. If you learn of a danger of injury or fire, stop selling at once and tell us
2. A grave accident may have to be reported to the State: look into it with your domestic administrator
3. Tell everybody who bought it to stop using it; take it back or refund it

## How we reach you

We write of buyers' troubles, questions of fact and requests of authorities to your registered contacts. Keep **contacts that
are read**, and answer in time. Where no answer comes, your listings may be stopped.

## Where buyers ask for help

Buyers in Japan who are in trouble call the consumer hotline ([188](tel:188)), which may turn to you.

This is an outline. What your own goods need, please ask the authorities in charge or an expert.
""",
    ),
    to=HelpFor.SELLERS,
)
LESSONS = (PAYMENT_FRAUD, FAKE_SHOPS, RECALLS, MINORS, BUYING_WISELY, SELLING_TO_JAPAN)
