// <mamori-help>: what the marketplace's own page offers its visitors, drawn beside the goods and answered by the house.
//
//   <script src="https://HOUSE/element.js" defer></script>
//   <mamori-help variant="report" listing="L-1"><a href="https://HOUSE/complaints/?listing=L-1">Report</a></mamori-help>
//
// variant: report | ask | display | mine.  listing, seller: references as the house knows them.  message, advertisement: what else is
// reported, by its reference or address.  lang: ja, en or zh; without one the page's own.  ask and mine lead where a signed link
// of the house (/in/…) inside leads.
// Nothing is sent anywhere but to the house, and nothing before somebody presses; without scripts the link inside stays.
(() => {
  "use strict";
  // The goods' own description may name things as parts of the document or of a form are called (<img name="currentScript">), which
  // shadows those: they are taken from the prototypes.
  const { get: currentScript } = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript");
  const { createElement } = Document.prototype;
  const { getAttribute } = Element.prototype;
  const house = new URL(currentScript.call(document).src).origin;

  // The reasons are those that the house declares, in ja and en (a test holds them to it); all else stands here alone.
  const WORDS = {
    report: ["この商品・お店を報告する", "Report this", "举报此商品或店铺"],
    what: ["どうしましたか", "What is wrong?", "有什么问题？"],
    next: [
      "選ぶと、次の画面で内容を書けます。サインインは要りません。",
      "Choose, and write what it is on the next page. No account is needed.",
      "选择后，可在下一页填写内容，无需登录。",
    ],
    close: ["閉じる", "Close", "关闭"],
    ask: ["お店に質問する", "Ask the shop", "向店铺提问"],
    display: ["お店の表示（特定商取引法）", "About the seller", "卖家信息（特定商交易法标示）"],
    loading: ["読み込んでいます", "Loading", "正在加载"],
    none: ["ここには出せません。リンクからご覧ください。", "It cannot be shown here. Please follow the link.", "此处无法显示，请点击链接查看。"],
    request: ["ご請求により開示します", "given on request", "应请求公开"],
    whole: ["表示の全体を見る", "See the whole display", "查看完整信息"],
    mine: ["問い合わせの状況を見る", "See your inquiries", "查看我的咨询"],
  };
  const REASONS = [
    ["dangerous", "危ない（けが・発火・体調が悪くなるなど）", "It is dangerous: injury, fire, somebody fell ill", "有危险（受伤、起火、身体不适等）"],
    ["counterfeit", "偽物だと思う", "It seems to be a counterfeit", "疑似假货"],
    ["prohibited", "売ってはいけない物だと思う", "It seems to be something that may not be sold", "疑似禁售品"],
    [
      "display",
      "お店の表示がない・うそがある（名前・住所・電話・返品の決まりなど）",
      "What the shop has to show is missing or untrue: name, address, telephone, returns",
      "店铺信息缺失或不实（名称、地址、电话、退货规定等）",
    ],
    ["unreachable", "お店と連絡がとれない", "The shop cannot be reached", "联系不上店铺"],
    ["price", "値段がおかしい", "Something is wrong with the price", "价格有问题"],
    ["fake-review", "うその、または頼まれて書いたレビューだと思う", "The review seems untrue, or paid for", "疑似虚假或受托评价"],
    ["scam", "詐欺・なりすましだと思う", "It seems to be a scam, or somebody pretending to be another", "疑似诈骗或冒充"],
    [
      "off-platform",
      "この通販サイトの外での支払いや取引に誘われた",
      "Somebody asked to be paid outside this marketplace",
      "被引导到本网站以外付款或交易",
    ],
    ["other", "そのほか", "Something else", "其他"],
  ];
  const NAMED = ["message", "advertisement", "listing", "seller"];
  const LANGS = ["ja", "en", "zh"];

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: inline-block; font: inherit; line-height: 1.6; }
    :host([hidden]) { display: none; }
    a, button, summary { font: inherit; cursor: pointer; }
    .link { display: inline-block; min-height: 44px; padding: 8px 14px; box-sizing: border-box; text-decoration: none;
      color: var(--mamori-accent, #0017c1); background: var(--mamori-paper, #fff);
      border: 1px solid currentColor; border-radius: var(--mamori-radius, 8px); }
    .link:hover { text-decoration: underline; }
    :focus-visible { outline: 3px solid var(--mamori-focus, #b78f00); outline-offset: 2px; }
    dialog { max-width: 32rem; width: calc(100vw - 32px); box-sizing: border-box; max-height: calc(100vh - 32px); overflow: auto;
      padding: 20px; border: 1px solid var(--mamori-line, #767676); border-radius: var(--mamori-radius, 8px);
      color: var(--mamori-ink, #1a1a1a); background: var(--mamori-paper, #fff); }
    dialog::backdrop { background: rgb(0 0 0 / 50%); }
    h2 { margin: 0 0 4px; font-size: 1.15em; }
    p { margin: 0 0 12px; }
    ul { list-style: none; margin: 0 0 16px; padding: 0; }
    a { color: var(--mamori-accent, #0017c1); }
    li a { display: block; padding: 10px 4px; min-height: 44px; box-sizing: border-box;
      border-bottom: 1px solid var(--mamori-line, #767676); }
    dl { margin: 8px 0; } dt { font-weight: 700; } dd { margin: 0 0 8px; overflow-wrap: anywhere; white-space: pre-line; }
    details { max-width: 40rem; color: var(--mamori-ink, #1a1a1a); } summary.link { display: inline-block; }
    @media (prefers-color-scheme: dark) {
      a, .link { color: var(--mamori-accent, #9db7f9); }
      .link, dialog { background: var(--mamori-paper, #1a1a1a); }
      dialog, details { color: var(--mamori-ink, #f2f2f2); }
    }`);

  const made = (name, told = {}, ...inside) => {
    const one = Object.assign(createElement.call(document, name), told);
    one.append(...inside);
    return one;
  };

  class MamoriHelp extends HTMLElement {
    static observedAttributes = ["variant", "lang", ...NAMED];

    #watch = new MutationObserver(() => /^(ask|mine)$/.test(this.getAttribute("variant")) && this.draw());

    connectedCallback() {
      this.#watch.observe(this, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"] });
      this.draw();
    }

    attributeChangedCallback() {
      if (this.shadowRoot) this.draw();
    }

    get place() {
      const near = this.closest("[lang]:not([lang=''])");
      const asked = near ? getAttribute.call(near, "lang") : "";
      return Math.max(0, LANGS.indexOf(asked.slice(0, 2).toLowerCase()));
    }

    say(name) {
      return WORDS[name][this.place];
    }

    to(path, told = {}) {
      const address = new URL(path, house);
      for (const [name, value] of Object.entries(told)) if (value) address.searchParams.set(name, value);
      return address.href;
    }

    draw() {
      const variant = this.getAttribute("variant") || "report";
      const draw = { report: this.report, ask: this.ask, display: this.display, mine: this.mine }[variant];
      const drawn = draw ? draw.call(this) : [made("slot")]; // before the link inside is hidden: it stays where this fails
      if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.shadowRoot.replaceChildren(...drawn);
    }

    link(path, told, words) {
      const href = this.signed || this.to(path, told);
      return made("a", { className: "link", part: "button", href, lang: LANGS[this.place] }, words);
    }

    get signed() {
      const links = [...this.querySelectorAll("a[href]")].map((one) => `${one.href}`);
      return links.find((href) => href.startsWith(`${house}/in/`));
    }

    get told() {
      const [message, advertisement, listing, seller] = NAMED.map((one) => this.getAttribute(one));
      return { message, advertisement, listing, shop: listing ? "" : seller };
    }

    report() {
      const lang = LANGS[this.place];
      const title = made("h2", { id: "title" }, this.say("what"));
      const reasons = REASONS.map(([why, ...words]) =>
        made("li", {}, made("a", { href: this.to("/complaints/", { ...this.told, why }) }, words[this.place])),
      );
      const close = made("button", { className: "link", type: "button" }, this.say("close"));
      const box = made("dialog", { lang }, title, made("p", {}, this.say("next")), made("ul", {}, ...reasons), close);
      box.setAttribute("aria-labelledby", "title");
      box.part = "dialog";
      const open = made("button", { className: "link", type: "button", lang }, this.say("report"));
      open.part = "button";
      open.setAttribute("aria-haspopup", "dialog");
      open.addEventListener("click", () => box.showModal());
      close.addEventListener("click", () => box.close());
      box.addEventListener("click", (event) => event.target === box && box.close());
      return [open, box];
    }

    ask() {
      return [this.link("/ask/", { listing: this.getAttribute("listing") }, this.say("ask"))];
    }

    mine() {
      return [this.link("/threads/", {}, this.say("mine"))];
    }

    display() {
      const lang = LANGS[this.place];
      const base = `/sellers/${encodeURIComponent(this.getAttribute("seller") || "")}/display/`;
      const summary = made("summary", { className: "link" }, this.say("display"));
      const body = made("div", { lang });
      const box = made("details", { lang }, summary, body);
      const whole = () => made("p", {}, made("a", { href: this.to(base) }, this.say("whole")));
      summary.part = "button";
      body.setAttribute("aria-live", "polite");
      box.addEventListener("toggle", async () => {
        if (!box.open || body.childElementCount) return;
        body.replaceChildren(made("p", {}, this.say("loading")));
        try {
          const answer = await fetch(this.to(`${base}display.json`), { credentials: "omit", referrerPolicy: "no-referrer" });
          if (!answer.ok) throw new Error(answer.status);
          const told = await answer.json();
          const rows = told.items.map((one) =>
            made("div", {}, made("dt", {}, one.title[lang === "en" ? "en" : "ja"]), made("dd", {}, one.said || this.say("request"))),
          );
          body.replaceChildren(made("dl", {}, ...rows), whole());
        } catch {
          body.replaceChildren(made("p", {}, this.say("none")), whole());
        }
      });
      return [box];
    }
  }

  if (!customElements.get("mamori-help")) customElements.define("mamori-help", MamoriHelp);
})();
