"""The table of labels: by which words a display says which item follows.  A label is added here and nowhere else."""

from __future__ import annotations

from enum import StrEnum

from mamori.law.display import DisplayItem


class Aside(StrEnum):
    """What displays show beside what is asked, and must not be taken for it."""

    FAX = "fax"
    SHOP = "shop"
    CONTACT = "contact"
    OTHER = "other"


type Named = DisplayItem | Aside

_AND = r"(?:と|及び|および|並びに|ならびに|・|/|,|、|&|and|又は|または| )*"
_TIMES = r"(?:時期|時間|期限|期日|タイミング|日時|日程)"
_PAY = r"(?:代金|料金|商品代金|対価)?の?お?(?:支払い?|しはらい|払い|決済)"

# In this order, each taking its letters away from what follows: 返品送料 is about returns, メールアドレス no address.
TABLE: tuple[tuple[tuple[Named, ...], str], ...] = (
    (
        (Aside.OTHER,),
        r"(?:電話)?(?:営業|受付|対応|問い?合わ?せ)(?:時間|日|可能時間)|定休日|休業日|(?:business|opening|office"
        r"|support) hours"
        r"|.{0,6}許可(?:番号|証)?|免許(?:番号)?|登録番号|法人番号|インボイス|適格請求書.{0,12}|古物商.{0,8}|資本金"
        r"|設立|創業|従業員数?"
        r"|事業内容|取引(?:銀行|先)|口座(?:番号|名義)|振込(?:先|口座)|個人情報.{0,8}|プライバシー.{0,6}|著作権"
        r"|免責(?:事項)?|準拠法"
        r"|管轄(?:裁判所)?|(?:hp|ホームページ|サイト|ウェブサイト|web|ショップ|販売)?(?:の)?(?:url|サイトアドレス)"
        r"|ホームページ|website|web ?site"
        r"|商品名|(?:発送|出荷)(?:元|地)|配送(?:地域|エリア|可能地域)|(?:product|item|user|brand|domain|bank"
        r"|account|card) name|配送(?:業者|方法|会社)|(?:お?届け|発送)(?:方法|先)"
        r"|shipping method|商品説明|取扱(?:い)?商品|販売商品|特定商取引.{0,20}|会社概要|店舗概要|ショップ概要"
        r"|会社情報|よくある.{0,8}|faq"
        r"|legal notice.{0,30}|specified commercial.{0,30}|注意事項|備考|^項目$|^内容$|privacy.{0,10}"
        r"|terms of (?:service|use)|利用規約|最終更新.{0,2}",
    ),
    (
        (DisplayItem.DOCUMENT_CHARGE,),
        r"(?:請求|省略).{0,12}書面.{0,8}(?:費用|手数料|代金|料)|書面(?:の)?(?:交付)?(?:費用|手数料|代金|料)"
        r"|charge for (?:the )?document",
    ),
    (
        (DisplayItem.NAME,),
        r".{0,10}して(?:い)?る(?:人|会社|方|のは)|(?:いとなむ|営む|やって(?:い)?る|売(?:る|って(?:い)?る)|商[うふ]"
        r"|作る|作り)(?:人(?:たち)?|者|手)|(?:鑑定|講)師・販売者|工房主",
    ),
    (
        (DisplayItem.RETURNS,),
        r"返品.{0,8}(?:送料|費用|手数料|負担|期限|期間|条件|特約|可否|方法|連絡|送付先|住所|窓口|時期)|返送(?:先|料"
        r"|方法).{0,3}|返品特約"
        r"|return (?:shipping|postage|address|window|period)",
    ),
    (
        (DisplayItem.NONCONFORMITY,),
        r"(?:契約|品質)?不適合(?:責任)?|(?:不良|破損|汚損|いたみ|傷み|傷んで|こわれ|壊れ|不具合"
        r"|品違い)(?:[・、/](?:破損|不良|汚損|誤配送?|品違い))*(?:品|物)?(?:いた|た)?(?:とき|場合)?"
        r"|初めから傷.{0,6}|瑕疵(?:担保)?(?:責任)?|隠れた瑕疵|不良品?の?(?:場合|対応|取り?扱い?|交換)?"
        r"|初期不良(?:対応)?"
        r"|(?:品質|商品)?保証(?:期間|内容|制度)?|warranty|defects?(?:ive)?(?: products?| items?| goods)?"
        r"|non-?conformity|liability",
    ),
    (
        (DisplayItem.RECURRING_TERMS, DisplayItem.RETURNS),
        r"(?:(?:中途|途中)?解約)(?:の)?(?:条件|方法|手続き?|受付|期限|時期)?|退会(?:方法|手続き?)?",
    ),
    (
        (DisplayItem.RECURRING_TERMS,),
        r"autoship|つづけ方.{0,6}|契約の?期間.{0,8}|年会費その他の条件|継続(?:と|・|や)(?:解約|更新)|(?:契約期間"
        r"|更新)(?:・更新)?・?解約の?条件|会員期間|定期(?:購入|便|コース|お?届け|配送|購読)?(?:の)?(?:条件|内容"
        r"|契約|回数|休止)?|サブスク(?:リプション)?(?:の)?(?:契約)?(?:条件|内容)?"
        r"|(?:継続|連続)(?:期間|課金|購入|回数|契約|条件)|自動(?:更新|継続)|(?:最低|契約)(?:利用|継続)?(?:期間"
        r"|回数)|契約更新|更新(?:条件|料)"
        r"|subscriptions?(?: terms)?|auto-?renewal|recurring (?:terms|billing|payments?)|minimum (?:term|period)"
        r"|contract (?:term|period)",
    ),
    (
        (DisplayItem.OTHER_CHARGES,),
        r"(?:商品|サービス|役務|販売)?の?(?:代金|価格|料金|対価)?(?:及び|・|や|と)?(?:送料)?(?:以外|の外)(?:に|の"
        r"|で)?お?(?:客様(?:の|に|が)?)?(?:ご?負担)?"
        r"(?:いただく|頂く)?(?:必要|かかる|発生する|ご負担)?(?:な|となる)?(?:料金|費用|代金|諸費用|金額|負担金?"
        r"|経費|手数料)?(?:いただく(?:費用|料金|金額))?"
        r"|(?:必要|付帯|追加|付随|諸|その他)(?:の|な|に係る|かかる)?(?:料金|費用|手数料|経費|負担)|(?:振込|振り込み"
        r"|代引き?|代金引換|決済|取扱い?|支払い?|梱包|設置|後払い?|コンビニ)"
        r"(?:の)?手数料|手数料(?:等|など)?|(?:その他|そのほか|その外)(?:の?(?:料金|費用|お?金))?|(?:料金|代|代金"
        r"|価格|対価|料)の?(?:以外|ほか|他|別)(?:に|の|で)?(?:かかる|必要な|いる)?(?:もの|費用|負担|お?金|料金)?"
        r"|(?:ほか|他|別)に(?:かかる|必要な)(?:お?金|もの|費用)|(?:必要|諸)経費|(?:振込|ふりこみ|振り込み)(?:りょう"
        r"|料)|通信(?:料|費)|接続料|関税|(?:additional|other|extra|handling|transfer|cod) (?:fees?|charges?|costs?)"
        r"|(?:fees?|charges?|costs?) (?:other than|besides|in addition).{0,20}|customs(?: duties| duty)?|消費税|諸費用",
    ),
    (
        (DisplayItem.SHIPPING,),
        r"配?送料(?:金)?|おくりちん|运费|運費|versand(?:kosten)?|frais de (?:port|livraison)|배송비|そうりょう"
        r"|船積み|[送運]り?び?賃|soryo|送り方(?:のこと)?|配送(?:料金?|費用?|にかかる費用)|(?:配達|発送|送付|宅配"
        r"|輸送|運送)(?:料金?|費用?|代)|運賃|postage"
        r"|(?:shipping|delivery)(?: ?& ?handling)? (?:fees?|costs?|charges?|rates?|prices?)|(?:cost"
        r"|price) of (?:shipping|delivery)"
        r"|how much is (?:shipping|delivery)|shipping(?! ?(?:time|date|schedule|period|method|and|&))",
    ),
    (
        (DisplayItem.JAPAN_OFFICE,),
        r"(?:在日|日本)(?:国内)?(?:の|における|での)?(?:事務所|営業所|支店|支社|オフィス|拠点|代理人|窓口|連絡先"
        r"|住所|所在地|法人|連絡事務所)"
        r"(?:(?:の)?(?:所在地|住所|電話(?:番号)?)" + _AND + r"){0,3}"
        r"|(?:日本)?国内(?:の)?(?:事務所|連絡先|営業所|窓口|代理人|住所|拠点)(?:(?:の)?(?:所在地|住所|電話(?:番号)?)"
        + _AND
        + r"){0,3}"
        r"|(?:japan(?:ese)?|local) (?:office|branch|contact|address|representative office|agent)|(?:office|branch) in japan",
    ),
    (
        (DisplayItem.PAYMENT_METHOD, DisplayItem.PAYMENT_TIME),
        rf"どうやって.{{0,4}}払.{{0,6}}いつ|{_PAY}の?(?:方法|手段){_AND}(?:お?支払い?|決済)?の?{_TIMES}"
        rf"|{_PAY}の?{_TIMES}{_AND}(?:お?支払い?|決済)?の?(?:方法|手段)"
        r"|(?:payment )?(?:method|timing|time)s? (?:and|&|/) ?(?:payment )?(?:timing|time|due date|deadline"
        r"|method)s?(?: of payment)?"
        r"|payment methods? ?(?:and|&|/) ?(?:timing|time|due date|deadline)s?",
    ),
    (
        (DisplayItem.PAYMENT_TIME,),
        rf"{_PAY}の?(?:{_TIMES}|日|締め?切り?)|(?:ご?入金|お?振込|お?引き?落とし?|課金|ご?請求|お?支払)の?(?:{_TIMES}|日)"
        r"|payment (?:timing|time|due(?: date)?|deadline|date|period|terms?|schedule)s?|(?:timing|time"
        r"|date) of payment|when (?:is|to|do|will|am).{0,16}(?:pay|charged|payment)"
        r"|billing (?:date|cycle)|(?:お?支払い?|払[うふい])の?(?:時(?!期)|とき|際)|いつ.{0,4}払.{0,6}|^時期$"
        r"|お?支払い?はいつ|いつ.{0,6}支払.{0,6}|支払.{0,8}いつ",
    ),
    (
        (DisplayItem.PAYMENT_METHOD,),
        rf"{_PAY}の?(?:方法|手段|種類)|お?支払(?:い)?|決済|(?:accepted )?payment (?:methods?|options?|types?)"
        rf"|methods? of payment|how (?:to|can i|do i) pay"
        r"|^pay$|しはらい(?:ほうほう|かた)?|払い(?:方|かた)|はらいかた|付款(?:方式)?|支付方式|paiement"
        r"|zahlung(?:sarten|sweise)?|결제|payments?(?! ?(?:in))|(?:利用可能|使える"
        r"|ご利用いただける)(?:な)?(?:クレジット)?カード",
    ),
    (
        (DisplayItem.COMPUTER,),
        r"(?:推奨|必要|対応|利用|視聴|システム|動作|受講|プレイ|再生|閲覧|通信)(?:な|する|に必要な)?(?:動作"
        r"|システム|パソコン|pc)?"
        r"(?:環境|要件|スペック|機器|os|端末|機種|ブラウザ|デバイス)|system requirements?|(?:technical|device"
        r"|hardware|operating) (?:requirements?|environment)"
        r"|requirements|compatib(?:le|ility)(?: devices| os)?|operating systems?|必要なもの|使える環境|^環境$|動作確認",
    ),
    (
        (DisplayItem.PERIOD,),
        r"(?:申し?込み?|注文|受付|購入|予約|募集|キャンペーン)(?:の)?(?:有効)?(?:期限|期間|締め?切り?)|(?:販売|提供"
        r"|公開)期間|(?:商品|注文)?の?有効期限"
        r"|(?:order|application|sales?|offer) (?:period|deadline|window)|valid(?:ity)?(?: period)?",
    ),
    (
        (DisplayItem.LIMITS,),
        r"(?:販売|購入|注文)?(?:可能)?(?:数量|個数|点数)(?:の)?(?:制限|限定|上限)?|(?:ご?購入|販売|年齢|ご?利用"
        r"|会員)(?:の)?制限|(?:特別(?:な)?|販売|購入|ご?利用|その他の?特別?の?)(?:販売)?条件"
        r"|お?(?:一人|1人)様.{0,8}|最低注文.{0,4}|特記事項|(?:quantity|purchase|order|age) (?:limits?"
        r"|restrictions?)|special conditions|minimum order",
    ),
    (
        (DisplayItem.DELIVERY,),
        r"(?:(?:役務|商品|サービス)(?:または|又は|及び|および|・|や)(?:役務|商品|サービス)|商品|製品|役務|サービス|デジタル(?:商品|コンテンツ)|コンテンツ|ご?注文品|作品"
        r"|データ)?(?:の)?お?(?:引き?渡し?|届け|配送|発送|出荷|納品|納入|提供|送付|配信|到着|利用開始|受け?渡し"
        r"|視聴開始|受講開始|商品発送)"
        r"(?:または(?:提供|発送)|/|・|・?(?:提供|発送|引き?渡し?))?(?:の|までの|に関する|可能)?(?:時期|時間|日時"
        r"|日数|日|期日|期間|期限|目安|予定日?|開始日?|タイミング|スケジュール)"
        r"|納期|リードタイム|お?(?:引き?渡し?|届け|配送|発送|出荷|納品)|(?:役務|サービス|商品"
        r"|コンテンツ)(?:の)?提供(?!者|事業|業|元|会社|価格|料金|主)"
        r"|(?:delivery|shipping|dispatch|processing|handling|shipment) (?:time(?:frame)?|date|schedule|period"
        r"|lead ?time|terms|timing)s?"
        r"|(?:time|date|timing) of (?:delivery|shipment|service)|(?:delivery|shipping|shipment|dispatch)(?! ?(?:fee"
        r"|cost|charge|method))|lead time|when will.{0,24}"
        r"|service (?:start|provision)(?: date| time)?|いつ.{0,8}(?:届|発送|送[るり]|受け|受講|使え|もらえ|利用"
        r"|始ま).{0,6}|(?:届く|送る|着く)(?:時間|日|時期|とき|時)|(?:修理|製作|制作|作業|加工|施工|お仕立て)期間"
        r"|利用開始|使い始め|到着|(?:ツアーの?)?(?:実施|催行)|開始日|(?:作業|施術|鑑定|実施|開催|公演|宿泊|レッスン"
        r"|受講|撮影|納品|訪問)(?:日時|日程|日|の?時期|期間)|権利の(?:移転|付与)(?:の?時期)?"
        r"|お?渡し(?:する)?(?:時期|日)?|渡す(?:時期|日)|おとどけ|配達|いつ(?:届|とど)くか|发货(?:时间)?|發貨"
        r"|délai(?: de livraison)?|lieferzeit|livraison|배송|はっそう|^期間$|出荷(?:時期|日)",
    ),
    (
        (DisplayItem.RETURNS,),
        r"返品|返金|ご?キャンセル(?:料金?)?|クーリング.?オフ|へんぴん|退货|退貨|retours?|rückgabe"
        r"|widerruf(?:srecht)?|반품|환불|^戻り$|変更・(?:キャンセル|払い?戻し)|払い?戻し|(?:商品)?交換"
        r"|(?:申し?込み?の?)?撤回|契約の?(?:解除|取り?消し?)|取り?消し?|解除"
        r"|returns?|refunds?|cancell?ations?|exchanges?|cancell?ing|withdrawal",
    ),
    (
        (Aside.FAX,),
        r"fax(?: ?番号| ?number| ?no)?|ファックス(?:番号)?|ファクス(?:番号)?|ファクシミリ(?:番号)?|facsimile",
    ),
    (
        (DisplayItem.MAIL,),
        r"(?:連絡(?:先|用)|お?問い?合わ?せ(?:先|用)?|サポート|ショップ|代表|公開)?(?:の)?(?:e-?"
        r"|電子)?メール(?:アドレス)?|(?:contact |support )?e-?mail(?: address)?|mail(?: address)?(?! order)|メアド"
        r"|めーる|メルアド|courriel|邮箱|電郵|이메일|eメール(?:アドレス)?",
    ),
    (
        (DisplayItem.PHONE,),
        r"(?:連絡先|お?問い?合わ?せ(?:先)?|代表|固定|サポート|事業者の?|店舗の?)?(?:の)?お?電話(?:番号)?(?:連絡先)?"
        r"|でんわ(?:ばんごう)?|デンワ|电话|téléphone|telefon|연락처|전화"
        r"|(?<![a-z])tel(?:ephone)?(?![a-z])(?: ?(?:番号|number|no))?"
        r"|(?<![a-z])(?:tele)?phone(?: ?(?:number|no))?|携帯(?:番号)?|フリーダイヤル|ダイヤル|hotline|(?<![a-z])call(?: us)?",
    ),
    (
        (DisplayItem.RESPONSIBLE,),
        r"(?:運営|販売|通信販売|通販|店舗|ショップ|サイト|業務|営業|統括|総括|管理|事業|ストア|ネットショップ|ec"
        r"|web)*(?:の)?(?:業務の?)?(?:最高|統括|総括|管理)?責任者(?:の)?(?:氏名|名前|名|役職)?"
        r"|代表(?:者|取締役|社員|理事長?|役員|執行役員|店主)?(?:社長|会長)?(?:・?(?:責任者|店長))?(?:の)?(?:氏名"
        r"|名前|名)?|店長(?:名)?|店主(?:名)?|中の人|负责人|負責人|geschäftsführer|대표자?|理事長|院長|園長|gérante?"
        r"|(?:業務|販売|運営)?担当(?:者)?(?:名)?|社長(?:名)?|管理者(?:名)?"
        r"|(?:legal )?(?:representative|responsible)(?: director| person| name| party| manager)?"
        r"|(?:name of )?(?:the )?person (?:in charge|responsible)(?: of| for)?(?: operations?| sales?| mail order)?"
        r"|ceo|president|(?:store |operations? |general |site |managing )?(?:manager|director)|head of operations?"
        r"|responsible|representative",
    ),
    (
        (Aside.SHOP,),
        r"(?:店舗|ショップ|サイト|お店|ストア|ブランド|サービス|アカウント|教室|出店)(?:の)?(?:名称|名前|名)"
        r"|屋号(?:名)?|店名|店舗|ショップ|(?:shop|store|site|service|brand) ?name|(?<![a-z])shop(?![a-z])"
        r"|(?<![a-z])store(?! operator)(?![a-z])",
    ),
    (
        (DisplayItem.ADDRESS,),
        r"(?:本店|本社|主たる|会社|お店|事業所|事務所|営業所|店舗|会社|販売者|運営者|事業者|連絡先|登記|販売業者"
        r"|代表者)?(?:の)?(?:所在地|住所|場所|ところ)|住む所|居どころ|^どこ\W*$|本社|本店|事務所|営業所|所在"
        r"|(?:business |street |mailing |registered |company |office )?address"
        r"|(?:principal )?place of business|場所|ところ|ばしょ|じゅうしょ|住んでいる(?:ところ|場所)|地址|adresse"
        r"|anschrift|indirizzo|주소|宛先|(?:お店|店)の住所|アドレス|siège|location|headquarters|head office|〒"
        r"|郵便番号",
    ),
    (
        (DisplayItem.NAME,),
        r"(?:販売|提供|運営|サービス提供|出品|出店|事業|役務提供|広告|配信|発売|営業|店舗運営|サイト運営"
        r"|ショップ運営|通信販売)+(?:業者|事業者|会社|元|主体?|者|社|企業|法人|団体|母体)(?:の)?(?:氏名|名称|商号"
        r"|名前|名)?"
        r"|(?:(?<![式限同名資社])会社|(?<![団人療利校祉])法人|企業|事業者|業者|団体|組織|事業主|販売店|個人事業主"
        r"|登記)(?:の)?(?:名称|氏名|商号|名前|名)?|商号|氏名|名称|社名|名前|(?:鑑定者・)?販売人|売(?:る人|り手)"
        r"|(?:作って売る|売って(?:い)?る|予約を受ける|受ける)人|募集者|主催(?:者)?(?:[・/]販売)?|おなまえ|なまえ"
        r"|公司(?:名称)?|卖家|賣家|vendeur|verkäufer|anbieter|firma|판매자|상호|(?:どちら|どこ|どんな)の会社"
        r"|(?:運営|販売)して(?:い)?る(?:の|人|会社|方)|^だれ\W*$|^誰\W*$|^販売$|^運営$"
        r"|(?:販売業者|事業者)|(?:name of (?:the )?)?(?:seller|merchant|vendor|trader|distributor|company|business"
        r"|business operator|store operator|operator|retailer|service provider|provider|proprietor|owner|trade"
        r"|legal|business owner)(?:'s)?(?: name)?"
        r"|sold by|operated by|(?<![a-z])name(?![a-z])|about us|who (?:are you|we are)",
    ),
    (
        (Aside.CONTACT,),
        r"お?問い?合わ?せ(?:先|窓口|方法)?|ご?連絡(?:先|方法|窓口)?|カスタマー(?:サポート|センター|サービス)"
        r"|サポート(?:窓口|センター)?|contact(?: us| info(?:rmation)?| details)?|inquir(?:y|ies)"
        r"|customer (?:support|service)|窓口",
    ),
    (
        (DisplayItem.PRICE,),
        r"(?:商品|販売|役務|サービス|利用|受講|月額|年額|本体|税込|コース|講座|プラン|通常|提供"
        r"|商品代金)?(?:の)?お?(?:価格|価額|代金|料金|対価|値段|金額|代価|販売価格|定価)|(?:受講|利用|会|月|参加"
        r"|使用)料|会費|参加費|受講費|工賃|月謝|ねだん|かかく|价格|價格|prix|preise?|가격|お代"
        r"|(?:[一-龠々ァ-ヶー]{1,8}|の)(?:(?<![無有送材資])料|代|代金)(?![一-龠])|prices?|pricing"
        r"|(?<![a-z])costs?(?![a-z])|(?<![a-z])fees?(?![a-z])",
    ),
)
