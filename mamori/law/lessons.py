"""Texts for the education of consumers, ready to be made one's own: an article of the help begins from one of them.

They promise nothing of the marketplace and name no figure that has to be kept up: whoever publishes one answers for it.
"""

from __future__ import annotations

from mamori.grammar.helppage import Lesson
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
LESSONS = (PAYMENT_FRAUD, FAKE_SHOPS, RECALLS, MINORS)
