// What is new since the page was drawn is asked once a minute while somebody can see it, and said in a line at its foot:
// nothing moves, nothing that was typed is lost.  Who allowed it hears of a danger by a notice of the browser, seen or not.

const EVERY = 60_000;
const ASKED = "mamori.news.asked";
const CLOSED = "mamori.news.closed";
const SWITCH = "mamori.notices";
const NOTICED = "mamori.noticed";
const MOST = 50;

const box = document.querySelector("#news");
const list = box.querySelector("[aria-live]");
const close = box.querySelector("button");

const kept = (store, name) => JSON.parse(store.getItem(name) ?? "[]");
const keep = (store, name, value) => store.setItem(name, JSON.stringify([...kept(store, name), value].slice(-MOST)));

const canNotify = "Notification" in window;
const notifies = () => canNotify && Notification.permission === "granted" && localStorage.getItem(SWITCH) === "on";

let since = box.dataset.since;
let heard = since;
let shown = [];

const line = ({ text, number, way, href }) => {
  const item = document.createElement("p");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = way;
  item.append(number ? `${text} ${number} ` : `${text} `, link);
  return item;
};

// What is said already stays as it is, so that it is not read aloud again.
const say = (news) => {
  const same = news.map((one) => shown.findIndex((other) => other.text === one.text && other.href === one.href));
  const items = [...list.children];
  const lines = news.map((one, at) => (same[at] >= 0 ? items[same[at]] : line(one)));
  for (const item of items) if (!lines.includes(item) && !item.contains(document.activeElement)) item.remove();
  for (const item of lines) if (!item.isConnected) list.append(item);
  shown = news;
  close.hidden = list.children.length === 0;
};

// A number and no more: it stands on a screen that anybody may see.
const notify = ({ text, number, href }) => {
  if (kept(localStorage, NOTICED).includes(number)) return;
  keep(localStorage, NOTICED, number);
  try {
    const notice = new Notification(text, { body: number, tag: `mamori ${number}`, lang: document.documentElement.lang });
    notice.addEventListener("click", () => {
      window.open(href, "_blank");
      notice.close();
    });
  } catch {
    // Some browsers of telephones offer notices to services alone: the line at the foot says it.
  }
};

let over = false;
const ask = async () => {
  try {
    const answer = await fetch(`${box.dataset.address}&since=${encodeURIComponent(since)}`, { headers: { accept: "application/json" }, redirect: "manual" });
    over = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403; // nobody is signed in any more
    if (!answer.ok) return;
    const { at, news } = await answer.json();
    heard = at;
    say(news.filter(({ kind, href }) => kind !== "danger" || !kept(sessionStorage, CLOSED).includes(href)));
    if (notifies()) news.filter(({ kind }) => kind === "danger").forEach(notify);
  } catch {
    // Nothing answers, or the page is being left: it is asked again.
  }
};

const left = () => Number(sessionStorage.getItem(ASKED)) + EVERY - Date.now();
let next = 0;
const wait = () => {
  clearTimeout(next);
  if (!over && (!document.hidden || notifies())) next = setTimeout(turn, Math.max(left(), 0));
};
const turn = async () => {
  if (left() <= 0) {
    sessionStorage.setItem(ASKED, String(Date.now()));
    await ask();
  }
  wait();
};

close.addEventListener("click", () => {
  for (const { kind, href } of shown) if (kind === "danger") keep(sessionStorage, CLOSED, href);
  since = heard;
  list.replaceChildren();
  say([]);
  document.querySelector("#main").focus({ preventScroll: true });
});
document.addEventListener("visibilitychange", wait);
if (sessionStorage.getItem(ASKED) === null || left() > EVERY) sessionStorage.setItem(ASKED, String(Date.now()));
wait();

// Whether a danger gives a notice is for each person to say, in each browser; the browser is asked only upon a press.
for (const part of document.querySelectorAll("[data-notices]")) {
  const button = part.querySelector("button");
  const stopped = part.querySelector("[data-stopped]");
  part.hidden = !canNotify;
  const tell = () => {
    stopped.hidden = !canNotify || Notification.permission !== "denied";
    button.textContent = notifies() ? button.dataset.off : button.dataset.on;
  };
  button.addEventListener("click", async () => {
    if (notifies()) localStorage.removeItem(SWITCH);
    else if ((await Notification.requestPermission()) === "granted") localStorage.setItem(SWITCH, "on");
    tell();
    wait();
  });
  if (canNotify) tell();
}
