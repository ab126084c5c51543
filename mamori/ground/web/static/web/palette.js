// Ctrl-K: what this page leads to, the steps of its matter, and what the search finds, in one list.

const palette = document.querySelector("#palette");
const finder = document.querySelector("form.find");
const box = palette.querySelector("input");
const list = palette.querySelector("[role=listbox]");
const none = palette.querySelector("[data-none]");

const spoken = (element) => element.textContent.replace(/\s+/g, " ").trim();

// The steps of the matter first; one that is closed says why and leads nowhere.
const near = () => [
  ...[...document.querySelectorAll(".deeds > li")].map((step) => {
    const way = step.querySelector("a[href]");
    return { text: spoken(way ?? step.querySelector("[aria-disabled]") ?? step), why: way ? "" : spoken(step.querySelector("p") ?? step), href: way?.href };
  }),
  ...[...document.querySelectorAll("#menu a[href]")].map((place) => ({ text: spoken(place), why: "", href: place.href })),
];

const folded = (text) => text.normalize("NFKC").toLowerCase();

const entry = ({ text, why, href }, number) => {
  const item = document.createElement("li");
  item.id = `found-${number}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  if (href) item.dataset.href = href;
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
  choose(list.querySelector("[data-href]"));
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
    const answer = await fetch(`${finder.action}quick/?q=${encodeURIComponent(words)}`, { headers: { accept: "application/json" } });
    const more = answer.ok ? await answer.json() : [];
    if (turn === asked) draw([...here, ...more]);
  } catch {
    // The page is being left, or nothing answers: what is on it is still listed.
  }
};

const go = (item) => {
  if (item?.dataset.href) location.assign(item.dataset.href);
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
  const all = [...list.querySelectorAll("[data-href]")];
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
