// Ctrl-K: what this page leads to, the steps of its matter, and what the search finds, in one list.

const palette = document.querySelector("#palette");
const finder = document.querySelector("form.find");
const box = palette.querySelector("input");
const list = palette.querySelector("[role=listbox]");
const none = palette.querySelector("[data-none]");

const spoken = (element) => element.textContent.replace(/\s+/g, " ").trim();

// The steps of the matter first: a page, or a panel or button on this one; one that is closed says why and leads nowhere.
const near = () => [
  ...[...document.querySelectorAll(".deeds > li")].map((step) => {
    const shut = step.querySelector(":scope > [aria-disabled]");
    if (shut) return { text: spoken(shut), why: spoken(step.querySelector("p")) };
    const way = step.querySelector(":scope > a[href]");
    return { text: spoken(way ?? step.querySelector("summary, button")), why: "", href: way?.href, step: way ? null : step };
  }),
  ...[...document.querySelectorAll("#menu a[href]")].map((place) => ({ text: spoken(place), why: "", href: place.href })),
];

const folded = (text) => text.normalize("NFKC").toLowerCase();

const steps = new WeakMap();

const entry = ({ text, why, href, step }, number) => {
  const item = document.createElement("li");
  item.id = `found-${number}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  if (href) item.dataset.href = href;
  else if (step) steps.set(item, step);
  else item.setAttribute("aria-disabled", "true");
  item.append(text);
  if (why) {
    const note = document.createElement("span");
    note.className = "sub";
    note.textContent = why;
    item.append(" ", note);
  }
  return item;
};

const draw = (found) => {
  list.replaceChildren(...found.map(entry));
  none.hidden = found.length > 0;
  choose(list.querySelector(":not([aria-disabled])"));
};

const choose = (item) => {
  for (const one of list.children) one.setAttribute("aria-selected", String(one === item));
  if (item) box.setAttribute("aria-activedescendant", item.id);
  else box.removeAttribute("aria-activedescendant");
  item?.scrollIntoView({ block: "nearest" });
};

const chosen = () => list.querySelector("[aria-selected=true]");

let asked = 0;
const look = async () => {
  const words = box.value.trim();
  const here = near().filter(({ text }) => folded(text).includes(folded(words)));
  draw(here);
  const turn = ++asked;
  if (words.length < 2) return;
  await new Promise((done) => setTimeout(done, 150));
  if (turn !== asked) return;
  try {
    const answer = await fetch(`${finder.action}?quick&q=${encodeURIComponent(words)}`, { headers: { accept: "application/json" } });
    const more = answer.ok ? await answer.json() : [];
    if (turn === asked) draw([...here, ...more]);
  } catch {
    // The page is being left, or nothing answers: what is on it is still listed.
  }
};

const go = (item) => {
  if (item?.dataset.href) location.assign(item.dataset.href);
  const step = steps.get(item);
  if (!step) return;
  palette.close();
  for (const panel of step.querySelectorAll(":scope > details")) panel.open = true;
  step.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
};

const open = () => {
  box.value = "";
  palette.showModal();
  look();
};

box.addEventListener("input", look);
list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
palette.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  go(chosen());
});
palette.addEventListener("keydown", (event) => {
  if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const all = [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  const at = all.indexOf(chosen()) + (event.key === "ArrowDown" ? 1 : -1);
  choose(all[Math.min(Math.max(at, 0), all.length - 1)]);
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  if (palette.open) palette.close();
  else open();
});
