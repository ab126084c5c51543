// Shows on the page what `receipt.js` found: what was proven, what was not, and what to do where it cannot be checked.

import { isAble, Refuted, Unreadable, verify } from "./receipt.js";

const english = document.documentElement.lang === "en";
const say = (ja, en) => (english ? en : ja);
const box = document.getElementById("verdict");
const sentence = box.querySelector(".verdict-text");
const list = box.querySelector(".verdict-list");
const published = document.getElementById("published");
const kept = document.getElementById("kept-file");
let text = null;

function show(state, told, points = []) {
  box.dataset.state = state;
  box.classList.toggle("is-proved", state === "proved");
  box.classList.toggle("is-refuted", state === "refuted");
  sentence.textContent = told;
  list.replaceChildren(
    ...points.map((point) => {
      const line = document.createElement("li");
      line.textContent = point;
      return line;
    }),
  );
}

function proved(found) {
  const points = [
    say(
      `番号 ${found.number} は、署名された記録（全${found.size}件）の${found.index}番目にあります。`,
      `Act ${found.number} stands at place ${found.index} of a signed record of ${found.size}.`,
    ),
    say(`行われた日時は ${found.at} です。`, `It was done at ${found.at}.`),
    found.hasContent
      ? say("内容も、記録されたとおりです。", "Its content is the one that was recorded.")
      : say(
          "内容は、この受領証に含まれていません。証明されたのは、種類・日時・場所だけです。",
          "This receipt does not hold the content. Kind, moment and place are proved, and no more.",
        ),
    found.keyCompared
      ? say("鍵は、入力された公表の鍵と同じです。", "The key is the published one that you entered.")
      : say(
          "まだ確かめていないこと：鍵が、運営者の公表しているものと同じか。下で見比べてください。",
          "Not checked yet: whether the key is the one that the operator publishes. Please compare it.",
        ),
  ];
  show("proved", say("確かめました。改ざんは見つかりません。", "Checked: it has not been tampered with."), points);
}

async function check() {
  if (text === null) return;
  if (!(await isAble())) {
    const told = say(
      "このブラウザーは署名を確かめられません。受領証と検証プログラムを保存し、お手元で確かめてください。",
      "This browser cannot check signatures. Please save the receipt and the program, and check it on your own computer.",
    );
    show("unable", told);
    return;
  }
  try {
    proved(await verify(text, published.value.trim()));
  } catch (no) {
    if (!(no instanceof Refuted)) throw no;
    if (no instanceof Unreadable) {
      show("unreadable", say(`確かめられません。${no.ja}`, `It cannot be checked. ${no.en}`));
      return;
    }
    const warned = say(
      "この受領証を信じないでください。保存したうえで、相談窓口か第三者にお見せください。",
      "Do not trust this receipt. Keep it, and show it to the centre or somebody independent.",
    );
    show("refuted", say(`確かめた結果、誤りがあります。${no.ja}`, `It is refuted. ${no.en}`), [warned]);
  }
}

async function fetched(address) {
  show("busy", say("確かめています。", "Checking."));
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    text = answer.ok ? await answer.text() : null;
  } catch {
    text = null;
  }
  if (text === null) show("unreadable", say("受領証を読み込めませんでした。", "The receipt could not be loaded."));
  await check();
}

published?.addEventListener("input", check);
kept?.addEventListener("change", async () => {
  text = kept.files.length ? await kept.files[0].text() : null;
  await check();
});
if (box.dataset.receipt) await fetched(box.dataset.receipt);
else show("waiting", say("ファイルを選ぶと、ここに結果が出ます。", "Choose a file, and the result appears here."));
